"""How a database is caught while people write, and built again: by the means of SQLite and of PostgreSQL themselves."""
