"""What a mentor lets others of the workplace see: counts and dates, in a file of its own."""
