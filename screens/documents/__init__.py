"""Documents on the screen: pages that show them, and the form that writes them to a file."""
