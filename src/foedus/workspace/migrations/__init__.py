"""Alembic's environment: how one revision of the workspace's schema becomes the next."""
