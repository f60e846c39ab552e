"""Pure records and value types: no I/O, no reference data."""
