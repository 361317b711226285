"""Screen 6: the needs map, and the knowledge that the mentee gains."""
