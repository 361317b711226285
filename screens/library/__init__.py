"""What all mentors share, to read and to make the workplace's own; the guide and help."""
