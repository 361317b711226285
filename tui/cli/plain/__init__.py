"""What all plain commands are made of: lines, questions, fields, lists, and what is kept of each.

They are for people who hear or feel the terminal, and for terminals without a screen: nothing but
lines of text is printed, and whatever is typed is saved before the next prompt.
"""
