"""The program for those who hear its screen, or feel it: said line by line instead of drawn."""
