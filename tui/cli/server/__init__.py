"""`mentor server`: what an administrator does to a database server with the records of teams."""
