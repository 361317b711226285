"""Documents, made of the example data and of records with something private in each place."""
