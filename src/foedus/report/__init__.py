"""One list of blocks, rendered to terminal, HTML and JSON."""
