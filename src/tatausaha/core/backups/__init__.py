"""Backups: made by themselves, sealed, rotated, and proven by restoring them (SYS-05); and the export (SYS-10)."""
