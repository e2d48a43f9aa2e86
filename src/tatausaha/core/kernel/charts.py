"""Charts drawn on the server as SVG: no script, right in the dark and in print.

Colours come from classes in kit.css. Every chart has a title and a description for those
who hear the page, an axis in short rupiah, and a table of the same figures to stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tatausaha.core.kernel import ids, money
from tatausaha.core.kernel.parts import Column, Kind, Row, Table

WIDTH, HEIGHT = 560, 290
LEFT, RIGHT, TOP, BOTTOM = 86, 8, 16, 46
TICKS = 5
SPARSE = 36
"""Points of a line that have room for a full dot each."""
FEW = 6
"""Labels that have room on the narrowest screen; of more, every other one goes there."""
CLASSES = ("a", "b")
"""One class a series; two series are what a reader can tell apart without effort."""


@dataclass(frozen=True)
class Series:
    """A name and its figures in rupiah, one for each label of the chart."""

    name: str | Promise
    values: Sequence[int]


@dataclass(frozen=True)
class Chart:
    """What is drawn: at most two series over the same labels (months, mostly)."""

    title: str | Promise
    labels: Sequence[str]
    series: Sequence[Series]
    label_name: str | Promise = ""

    def __post_init__(self) -> None:
        assert 1 <= len(self.series) <= len(CLASSES), "one or two series"
        assert all(len(one.values) == len(self.labels) for one in self.series), "a figure for each label"

    def table(self) -> Table:
        """The same figures as a table."""
        head = [Column(self.label_name or _("Bulan"), rank=1)]
        head += [Column(one.name, Kind.MONEY, rank=2 if i == 0 else 0) for i, one in enumerate(self.series)]
        figures = zip(self.labels, *(one.values for one in self.series), strict=True)
        return Table(head, [Row(list(line)) for line in figures], caption=self.title)

    def bars(self) -> SafeString:
        """Bars side by side, for what belongs to a month."""
        scale = Scale.over(self)
        slot = (WIDTH - LEFT - RIGHT) / max(1, len(self.labels))
        width = min(26.0, slot * 0.72 / len(self.series))
        marks = []
        for s, one in enumerate(self.series):
            for i, value in enumerate(one.values):
                x = LEFT + slot * (i + 0.5) + (s - len(self.series) / 2) * width
                top, foot = sorted((scale.y(value), scale.y(0)))
                marks.append((CLASSES[s], f"{x + 1:.1f}", f"{top:.1f}", f"{width - 2:.1f}",
                              f"{foot - top:.1f}", self.labels[i], one.name, money.rupiah(value)))  # fmt: skip
        bar = '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}, {}: {}</title></rect>'
        return self._drawn(scale, format_html_join("", bar, marks))

    def lines(self) -> SafeString:
        """A line for each series, for what is carried from month to month."""
        scale = Scale.over(self)
        slot = (WIDTH - LEFT - RIGHT) / max(1, len(self.labels))
        drawn = SafeString("")
        for css, one in zip(CLASSES, self.series, strict=False):
            points = [(LEFT + slot * (i + 0.5), scale.y(value)) for i, value in enumerate(one.values)]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            drawn += format_html('<polyline class="{} stroke" points="{}"/>', css, path)
            dots = [
                (css, f"{x:.1f}", f"{y:.1f}", label, one.name, money.rupiah(value))
                for (x, y), label, value in zip(points, self.labels, one.values, strict=True)
            ]
            dot = '<circle class="{}" cx="{}" cy="{}" r="%s"><title>{}, {}: {}</title></circle>' % (
                "3.5" if len(points) <= SPARSE else "1.5"
            )
            drawn += format_html_join("", dot, dots)
        return self._drawn(scale, drawn)

    def _drawn(self, scale: "Scale", marks: SafeString) -> SafeString:
        name = f"c{ids.token()[:8]}"
        return format_html(
            '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
            '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}</svg>',
            WIDTH, HEIGHT, name, name, name, self.title, name, self.said(), scale.drawn(), marks, self._labels(),
        )  # fmt: skip

    def _labels(self) -> SafeString:
        slot = (WIDTH - LEFT - RIGHT) / max(1, len(self.labels))
        every = max(1, -(-len(self.labels) // 12))
        many = len(self.labels) > FEW
        shown = [
            ("even" if (i // every) % 2 and many else "odd", f"{LEFT + slot * (i + 0.5):.1f}", label)
            for i, label in enumerate(self.labels)
            if i % every == 0
        ]
        return format_html_join("", '<text class="{}" text-anchor="middle">{}</text>', (
            (css, format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', _words(label, x)))
            for css, x, label in shown
        ))  # fmt: skip

    def said(self) -> str:
        """The chart in a sentence for each series: the lowest, the highest, the last."""
        sentences = []
        for one in self.series:
            if not one.values:
                continue
            low, high = min(one.values), max(one.values)
            sentences.append(
                _("%(name)s: paling sedikit %(low)s (%(low_at)s), paling banyak %(high)s (%(high_at)s).")
                % {
                    "name": one.name,
                    "low": money.rupiah(low),
                    "low_at": self.labels[list(one.values).index(low)],
                    "high": money.rupiah(high),
                    "high_at": self.labels[list(one.values).index(high)],
                }
            )
        return " ".join(sentences)


@dataclass(frozen=True)
class Scale:
    """From rupiah to the height on the drawing, with round ticks; zero is always on it."""

    low: int
    high: int
    step: int

    @classmethod
    def over(cls, chart: Chart) -> "Scale":
        """A scale that holds every figure of the chart and zero."""
        figures = [value for one in chart.series for value in one.values] or [0]
        low, high = min(0, *figures), max(0, *figures)
        step = _round_step((high - low) / TICKS)
        if low == high:
            return cls(0, step, step)
        return cls(low // step * step, -(-high // step) * step, step)

    def y(self, value: int) -> float:
        """The height of a figure on the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def drawn(self) -> SafeString:
        """Grid lines with their amounts."""
        ticks = [
            (
                "zero" if value == 0 else "grid", LEFT, f"{self.y(value):.1f}", WIDTH - RIGHT, f"{self.y(value):.1f}",
                LEFT - 8, f"{self.y(value) + 4:.1f}", money.short_rupiah(value),
            )
            for value in range(self.low, self.high + 1, self.step)
        ]  # fmt: skip
        line = '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>'
        return format_html_join("", line, ticks)


def _words(label: str, x: str) -> list[tuple[str, int, str]]:
    """A label below its bar; a second word (the year) goes on a line of its own, where it has room."""
    first, _space, rest = label.partition(" ")
    lines = [(x, HEIGHT - BOTTOM + 18, first)]
    return [*lines, (x, HEIGHT - BOTTOM + 37, rest)] if rest else lines


def _round_step(rough: float) -> int:
    power = 1
    while power * 10 <= rough:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
