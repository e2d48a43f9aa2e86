"""Pages of money: bills, paying, receipts, cash, expenses."""
