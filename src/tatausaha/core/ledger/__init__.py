"""The books: one door, sealed journals, balances that never drift."""
