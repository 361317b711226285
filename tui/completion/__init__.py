"""What Tab offers in a shell: commands, options, and names of mentees.

A shell asks at every Tab, so nothing here loads click or Textual.
"""
