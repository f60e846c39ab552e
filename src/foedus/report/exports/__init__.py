"""What a page shows, as a file: one small module per format, each naming where it comes from."""
