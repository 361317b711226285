"""Screen 3: the series of talks, and the guided talk."""
