"""What pages show, as rows, graphs and pictures that can be exported: one module for each view."""
