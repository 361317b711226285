"""The search in everything that has been written."""
