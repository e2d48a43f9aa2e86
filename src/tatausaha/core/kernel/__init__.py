"""Money, time, errors and names of things; no Django models, no database."""
