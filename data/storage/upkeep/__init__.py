"""Examining files, and bringing an earlier state back: what only commands need."""
