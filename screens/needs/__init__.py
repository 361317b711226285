"""Screen 6: the needs map and knowledge."""
