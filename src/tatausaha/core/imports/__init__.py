"""Tables that people bring along: preview, agreement, row by row, and what was refused with its reason."""
