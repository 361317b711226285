"""The command line: it works without a screen."""
