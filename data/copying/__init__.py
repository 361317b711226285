"""Copying all records from one place to another: files, and teams on a server."""
