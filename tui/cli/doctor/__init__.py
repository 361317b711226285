"""`mentor doctor`: what is wrong with files, installation and terminal, and what to do about it."""
