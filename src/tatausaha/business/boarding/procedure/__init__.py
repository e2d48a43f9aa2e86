"""The SOPs of a boarding house: a booking and a stay, one page each."""
