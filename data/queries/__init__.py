"""Questions about several records that screens and commands ask of the store."""
