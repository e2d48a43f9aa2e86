"""What the house says to people: inbox, e-mail and the outbox that sends after the commit."""
