"""The commands that make a mentorship a file for another mentor, and take such a file in."""
