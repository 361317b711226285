"""One backend over a team file and its user's own file, which has what is private."""
