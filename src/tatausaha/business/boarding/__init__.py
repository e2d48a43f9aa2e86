"""Boarding houses (kos): from the listing to the move-out."""
