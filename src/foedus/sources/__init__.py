"""Build time only: one module per publisher, from the publisher's own file to catalog tables."""
