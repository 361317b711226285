"""The records in a PostgreSQL server, behind the same `Backend` as those in a file.

The server keeps who may see what (`sql/rights.sql`); this room keeps the merging, and the line.
"""
