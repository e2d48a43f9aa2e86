"""Persons, organisations, business units, roles, logins, identity papers."""
