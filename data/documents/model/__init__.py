"""A document as a value, what it is made of, and its lines; this knows no kind and no format."""
