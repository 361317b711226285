"""Commands about where the records lie: backups, folding, copying, a login name that changes."""
