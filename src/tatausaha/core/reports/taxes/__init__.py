"""Taxes on what the company earns: rules of the law as data, turnover, months, deposits (rules/ledger 16)."""
