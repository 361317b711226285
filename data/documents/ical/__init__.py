"""The calendar file: which events it has, and how they are written (RFC 5545)."""
