"""Pages of assets: the register, a new entry, the report of a day, labels, depreciation, what stands in a place."""
