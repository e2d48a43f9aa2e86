"""What is owed: invoices, receipts, deposits, allocation."""
