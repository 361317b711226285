"""Screen 5: introductions, actions, case systems and doubts."""
