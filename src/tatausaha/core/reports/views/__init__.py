"""Pages of reports and books."""
