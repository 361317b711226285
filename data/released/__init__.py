"""Status documents that a mentor releases to the managers of a team on a server."""
