"""Bank statements: brought in, matched line by line with the books, and what explains the difference."""
