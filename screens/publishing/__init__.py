"""What others of the workplace may see: counts and dates, on, off and shown."""
