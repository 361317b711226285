"""Screen 5: people to meet (introductions), actions, case systems and doubts."""
