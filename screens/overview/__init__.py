"""Screen 1: the mentorship at a glance."""
