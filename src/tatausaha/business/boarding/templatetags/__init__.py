"""Template tags of the boarding houses."""
