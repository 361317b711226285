"""What is about a workplace: all its mentors, made of what they publish."""
