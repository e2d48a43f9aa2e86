"""The SOP engine: a procedure is a table that runs."""
