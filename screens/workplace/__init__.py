"""What is about a whole workplace: its mentors, by what they publish, and its library."""
