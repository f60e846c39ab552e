"""Reference data that ships with the package: derived tables, their vintages and citations."""
