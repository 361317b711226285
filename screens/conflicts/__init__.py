"""Conflicts: texts that two sessions wrote in the same field at the same time."""
