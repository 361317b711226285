"""One file for each format that a document is written in, loaded when it is used."""
