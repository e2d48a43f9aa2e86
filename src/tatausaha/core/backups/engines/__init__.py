"""How a database is caught while people write, and built again: Litestream for SQLite, PostgreSQL's own programs."""
