"""The first screen: the mentees, and Today."""
