"""Pages of the house that belong to no single part."""
