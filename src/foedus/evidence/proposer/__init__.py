"""Proposers of claims, and the one validation that all of their claims pass."""
