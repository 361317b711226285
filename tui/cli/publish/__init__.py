"""`mentor publish`: counts and dates for others of the workplace."""
