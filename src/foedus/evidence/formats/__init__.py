"""One module per file format: bytes to extracted text."""
