"""Pages of documents, and the form that writes them."""
