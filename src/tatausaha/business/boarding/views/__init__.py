"""Pages of the boarding houses: for everybody, and for those who keep the houses."""
