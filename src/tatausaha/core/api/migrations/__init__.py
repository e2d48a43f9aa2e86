"""Migrations of the API kit."""
