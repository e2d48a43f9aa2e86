"""Reports and books."""
