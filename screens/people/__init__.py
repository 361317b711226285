"""Screen 5: the people and networks whom the mentee should meet."""
