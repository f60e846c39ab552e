"""Long work, done by a process of its own that takes jobs from the workspace's table."""
