"""What a mentor gives to the library of the workplace: lines without names, each of them read."""
