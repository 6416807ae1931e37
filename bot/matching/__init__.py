"""Matching on more than one core."""
