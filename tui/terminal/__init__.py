"""What touches the real terminal: input, output, signals, and the user's own editor."""
