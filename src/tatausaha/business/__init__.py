"""The businesses, one folder each; none knows another."""
