"""Stress tests: many simulated futures of the network of commitments."""
