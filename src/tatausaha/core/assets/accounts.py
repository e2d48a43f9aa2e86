"""The accounts of assets: what stands on them is the register, to the rupiah (rules/ledger 12 and 14)."""

from tatausaha.core.ledger.chart import Own

EQUIPMENT = "15101"
BUILDINGS = "15201"
VEHICLES = "15301"
LAND = "15401"
ACCUMULATED = "15901"
"""Accumulated depreciation of all assets of a unit; a credit."""
DEPRECIATION = "62101"
GAIN = "49501"
LOSS = "69401"

OWN = (Own(GAIN, "Laba pelepasan aset"), Own(LOSS, "Rugi pelepasan aset"))
"""Accounts that the chart does not bring itself."""
