"""Charts that everybody can read: those who see, those who hear, in the dark and on paper."""

import re
import xml.etree.ElementTree as ET

import pytest

from tatausaha.core.web.charts import Chart, Scale, Series

MONTHS = ("Sep", "Okt", "Nov")


def _chart(*values: list[int]) -> Chart:
    names = ("Pendapatan", "Beban")
    return Chart("Uang <per> bulan", MONTHS, [Series(names[i], one) for i, one in enumerate(values)])


@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_a_chart_is_an_image_with_a_title_and_a_description(kind: str) -> None:
    svg = getattr(_chart([10_000_000, 30_000_000, 20_000_000], [5_000_000, 0, 1]), kind)()
    root = ET.fromstring(svg)
    parts = {part.get("id"): part.text for part in root if part.get("id")}

    assert root.get("role") == "img"
    assert [parts[name] for name in (root.get("aria-labelledby") or "").split()] == [
        "Uang <per> bulan",
        (
            "Pendapatan: paling sedikit Rp10.000.000 (Sep), paling banyak Rp30.000.000 (Okt). "
            "Beban: paling sedikit Rp0 (Okt), paling banyak Rp5.000.000 (Sep)."
        ),
    ]
    assert " style=" not in svg
    assert "#" not in re.sub(r"&#x?\w+;", "", svg)


def test_a_bar_stands_on_zero_and_is_as_high_as_its_amount() -> None:
    root = ET.fromstring(_chart([10_000_000, -20_000_000, 0]).bars())
    up, down, nothing = (
        [float(bar.get(name) or 0) for name in ("y", "height")] for bar in root.findall("rect")
    )

    assert down[1] == pytest.approx(up[1] * 2, abs=0.2)
    assert down[0] == pytest.approx(up[0] + up[1], abs=0.2)
    assert nothing[1] == 0


def test_the_axis_has_round_amounts_in_short_units_and_zero() -> None:
    svg = _chart([31_200_000, 42_350_000, 900_000]).bars()
    ticks = re.findall(r'text-anchor="end">([^<]+)<', svg)

    assert ticks == ["Rp0", "Rp10 jt", "Rp20 jt", "Rp30 jt", "Rp40 jt", "Rp50 jt"]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([0, 0, 0], 0, 1), ([1, 1, 1], 0, 1), ([-5, -3, -1], -5, 0), ([10**12, 5, 0], 0, 10**12)],
)
def test_a_scale_holds_every_figure(values: list[int], low: int, high: int) -> None:
    scale = Scale.over(_chart(values))

    assert (scale.low, scale.high) == (low, high)


def test_the_table_beside_has_the_same_figures() -> None:
    table = _chart([1, 2, 3], [4, 5, 6]).table()

    assert [list(row.cells) for row in table.rows] == [["Sep", 1, 4], ["Okt", 2, 5], ["Nov", 3, 6]]


@pytest.mark.parametrize("series", [[], [[1, 2]], [[1, 2, 3]] * 3])
def test_a_chart_that_cannot_be_read_is_our_mistake(series: list[list[int]]) -> None:
    with pytest.raises(AssertionError):
        Chart("Uang", MONTHS, [Series("x", one) for one in series])


def test_a_chart_without_a_month_is_still_drawn() -> None:
    assert ET.fromstring(Chart("Uang", [], [Series("Pendapatan", [])]).lines()).tag == "svg"


def test_few_labels_are_all_shown_on_a_narrow_screen_and_every_other_one_of_many() -> None:
    def halves(labels: int) -> set[str]:
        drawn = Chart("Uang", [str(i) for i in range(labels)], [Series("Pendapatan", [1] * labels)]).bars()
        return {
            one.get("class", "")
            for one in ET.fromstring(drawn).findall("text")
            if one.find("tspan") is not None
        }

    assert halves(2) == {"odd"}
    assert halves(12) == {"odd", "even"}


def test_a_year_stands_on_its_own_line_where_it_would_touch_the_next_month() -> None:
    root = ET.fromstring(Chart("Uang", ["Des", "Jan 26"], [Series("Pendapatan", [1, 2])]).bars())

    below = [
        [(part.get("x"), part.get("y"), part.text) for part in text.findall("tspan")]
        for text in root.findall("text")
        if text.get("text-anchor") == "middle"
    ]

    assert [[text for _x, _y, text in one] for one in below] == [["Des"], ["Jan", "26"]]
    (x, y, _month), (under, lower, _year) = below[1]
    assert x == under
    assert float(lower or 0) > float(y or 0)
