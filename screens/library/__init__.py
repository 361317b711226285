"""The library that all mentors share, and that a workplace can adapt; the guide; and help."""
