"""Puts the house together: settings, addresses, the command line. Holds no rule."""
