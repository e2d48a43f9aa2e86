"""The procedures of money: payments, titipan, refunds, expenses."""
