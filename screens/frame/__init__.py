"""What every screen stands on: the base screen, its keys, its places, its unfinished forms."""
