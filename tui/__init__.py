"""Builds the store, opens the first screen, and owns what touches the real terminal."""
