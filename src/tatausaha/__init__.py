"""Tatausaha runs a small Indonesian company with several businesses by its own SOPs."""
