"""Money on its way in and out: channels, proofs, confirmation, refunds."""
