"""Pages about accounts, oneself, and the owner's settings."""
