"""Accounts that only boarding houses need; registered with the chart in `apps.py`."""

from tatausaha.core.ledger.chart import Own

ROOM_RENT = "41101"

OWN = (Own(ROOM_RENT, "Pendapatan sewa kamar"),)
