"""The whole program as its user has it: the real command on a real terminal."""
