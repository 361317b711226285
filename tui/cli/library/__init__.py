"""`mentor library`: the library of the workplace, for who uses it and who looks after it."""
