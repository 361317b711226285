"""Filled-in forms that come back: what was given out (`base`) tells who has changed it since."""
