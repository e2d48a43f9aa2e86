"""Statement files as banks give them: which bank's it is, its rows in order of time, and whether they add up."""

from tatausaha.core.banking.reading.files import read
from tatausaha.core.banking.reading.rows import Reading, Row

__all__ = ["Reading", "Row", "read"]
