"""Screen 4: the role matrix and the page written to the newcomer."""
