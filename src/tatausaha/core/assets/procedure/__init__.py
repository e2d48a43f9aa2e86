"""The procedure of assets."""
