"""One module per section of an assessment report."""
