"""What stands on the screen before Textual is loaded."""
