"""What templates of reports may use."""
