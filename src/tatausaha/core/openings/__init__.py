"""Moving in from paper: the day of it, opening balances, months of former years, and the way through the steps."""
