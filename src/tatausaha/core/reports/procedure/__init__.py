"""Procedures of the books."""
