"""How moments are written for people."""

from datetime import UTC, datetime

from tatausaha.core.kernel import words


def test_a_deadline_at_midnight_is_said_as_the_end_of_the_day_before():
    midnight = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)

    assert words.until(midnight, "Asia/Jakarta") == "akhir Kamis, 26 November 2026"
    assert words.until(midnight, "Asia/Makassar") == "Jumat, 27 November 2026 01.00 WITA"
