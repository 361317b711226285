"""The mentorship as a whole: phases, closing, gaps, pointers, needs and roles."""
