"""One file for each format of documents: a document in, bytes out. `formats` is the table."""
