"""Who was called, what was owed, who came: calls and commitments joined, under named rules."""
