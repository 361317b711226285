"""`mentor publish`."""
