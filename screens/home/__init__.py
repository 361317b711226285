"""The first screen: the mentees, and Today, the list of what may need attention now."""
