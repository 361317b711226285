"""What screens and commands ask of the store across records. Knows no screen."""
