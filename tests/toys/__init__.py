"""Two businesses that exist only here, shaped like the request desk and the repair shop."""
