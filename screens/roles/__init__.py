"""Screen 4: the role matrix, and the page "who does what" for the newcomer."""
