"""Which backups are kept, and for how long."""
