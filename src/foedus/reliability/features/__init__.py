"""Features of a case as of the day before its call, in groups of one query each."""
