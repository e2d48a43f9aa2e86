"""The state diagram of a procedure as plain shapes; the template draws them as SVG, the style sheet colours them.

The way that is meant runs down the middle. States beside it stand at the right. Steps are
drawn as numbered arrows; the numbers are those of the table of steps. What leads back or
skips ahead runs at the left. The arrows of time and money are dashed.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst

from tatausaha.core.procedures.spec import Procedure, Step
from tatausaha.core.web import route

WIDE, HIGH, GAP = 220, 52, 44
LEFT, BETWEEN, RIM = 150, 130, 14
LINE = 24
MOST_LANES = 3

Lanes = dict[str, list[tuple[int, int, int]]]
"""At each side the lanes that are taken: which, and from which height to which."""


@dataclass(frozen=True)
class Box:
    """A state: where it stands, its name in at most two lines, and what it is."""

    x: int
    y: int
    lines: tuple[str, ...]
    kind: str
    own: str = ""

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + HIGH // 2

    @property
    def centre(self) -> int:
        """The middle of its width."""
        return self.x + WIDE // 2

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """Each line of the name with its height."""
        first = self.middle + 5 - (len(self.lines) - 1) * 9
        return tuple((first + 18 * number, line) for number, line in enumerate(self.lines))


@dataclass(frozen=True)
class Arrow:
    """One or several steps between two states: the path, and the numbers in a circle."""

    path: str
    x: int
    y: int
    numbers: str
    by_machine: bool
    titles: str

    @property
    def wide(self) -> int:
        """The width of the pill around the numbers."""
        return max(LINE, 10 + 8 * len(self.numbers))

    @property
    def left(self) -> int:
        """Where the pill begins."""
        return self.x - self.wide // 2


@dataclass
class Drawing:
    """All shapes, and the size of the paper."""

    width: int
    height: int
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    begins: int = 0
    """Where the shapes begin: what lies to the left of it is empty."""

    @property
    def span(self) -> int:
        """The width of what is drawn."""
        return self.width - self.begins


def draw(procedure: Procedure) -> Drawing:
    """The diagram of a procedure."""
    spine = [procedure.initial, *route.ahead(procedure, procedure.initial)]
    rows, columns = _places(procedure, spine)
    boxes = {value: _box(procedure, value, columns[value], rows[value]) for value in rows}
    drawing = Drawing(
        width=LEFT + WIDE * 2 + BETWEEN + 2 * RIM + 40,
        height=(max(rows.values()) + 1) * (HIGH + GAP) - GAP + 2 * RIM,
    )
    drawing.boxes = list(boxes.values())
    lanes: Lanes = {"left": [], "right": []}
    for (source, target), steps in _edges(procedure).items():
        ends = (columns[source], columns[target], rows[source], rows[target])
        drawing.arrows.append(_arrow(boxes[source], boxes[target], ends, steps, lanes))
    drawing.begins = 0 if lanes["left"] else LEFT
    drawing.width = max(drawing.width, *(one.left + one.wide + RIM for one in drawing.arrows))
    return drawing


def _places(procedure: Procedure, spine: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Row and column of every state: the spine in column 0, the others beside where they come from."""
    rows = {value: row for row, value in enumerate(spine)}
    columns = dict.fromkeys(spine, 0)
    taken: set[int] = set()
    for state in procedure.states:
        if state.value in rows:
            continue
        come = [
            rows[s]
            for step in procedure.steps
            if step.target == state.value
            for s in step.sources
            if s in rows
        ]
        row = min(come, default=0)
        while row in taken:
            row += 1
        taken.add(row)
        rows[state.value], columns[state.value] = row, 1
    return rows, columns


def _box(procedure: Procedure, value: str, column: int, row: int) -> Box:
    numbers = [
        n for n, step in _numbered(procedure) if step.target in (None, value) and value in step.sources
    ]
    kind = "lost" if procedure.is_lost(value) else "end" if procedure.is_over(value) else "way"
    return Box(
        x=RIM + LEFT + column * (WIDE + BETWEEN),
        y=RIM + row * (HIGH + GAP),
        lines=_wrapped(capfirst(str(procedure.label_of(value)))),
        kind="start" if value == procedure.initial else kind,
        own=said(numbers),
    )


def said(numbers: list[int]) -> str:
    """Numbers in few signs: `1, 4–7, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = (run if len(run) < 3 else [f"{run[0]}–{run[-1]}"] for run in runs)
    return ", ".join(str(one) for part in parts for one in part)


def _wrapped(text: str, most: int = 24) -> tuple[str, ...]:
    if len(text) <= most:
        return (text,)
    cut = text.rfind(" ", 0, most + 1)
    if cut <= 0:
        return (text[: most - 1] + "…",)
    rest = text[cut + 1 :]
    return (text[:cut], rest if len(rest) <= most else rest[: most - 1] + "…")


def _numbered(procedure: Procedure) -> list[tuple[int, Step]]:
    return list(enumerate(procedure.steps, start=1))


def _edges(procedure: Procedure) -> dict[tuple[str, str], list[tuple[int, Step]]]:
    edges: dict[tuple[str, str], list[tuple[int, Step]]] = {}
    for number, step in _numbered(procedure):
        for source in step.sources:
            if step.target and step.target != source:
                edges.setdefault((source, step.target), []).append((number, step))
    return edges


def _arrow(
    a: Box, b: Box, ends: tuple[int, int, int, int], steps: list[tuple[int, Step]], lanes: Lanes
) -> Arrow:
    from_column, to_column, from_row, to_row = ends
    if from_column == to_column == 0 and to_row == from_row + 1:
        path, x, y = f"M{a.centre} {a.y + HIGH} V{b.y - 3}", a.centre, (a.y + HIGH + b.y) // 2
    elif from_column == to_column:
        side = "left" if from_column == 0 else "right"
        path, x, y = _around(a, b, side, lanes)
    else:
        path, x, y = _across(a, b, to_right=to_column > from_column)
    return Arrow(
        path=path,
        x=x,
        y=y,
        numbers=said([number for number, _step in steps]),
        by_machine=all(step.who.machine for _number, step in steps),
        titles="; ".join(f"{number}. {step.label}" for number, step in steps),
    )


def _around(a: Box, b: Box, side: str, lanes: Lanes) -> tuple[str, int, int]:
    """Out at one side, along a lane of its own, and in again at the same side."""
    top, low = sorted((a.middle, b.middle))
    lane = next(n for n in range(len(lanes[side]) + 1) if _is_free(lanes[side], n, top, low))
    lanes[side].append((lane, top, low))
    away = 30 + 28 * min(lane, MOST_LANES)
    down = 10 if b.middle > a.middle else -10
    edge, x = (a.x, a.x - away) if side == "left" else (a.x + WIDE, a.x + WIDE + away // 2)
    into = edge - 3 if side == "left" else edge + 3
    path = f"M{edge} {a.middle + down} H{x} V{b.middle - down} H{into}"
    return path, x, (a.middle + b.middle) // 2


def _is_free(lanes: list[tuple[int, int, int]], lane: int, top: int, low: int) -> bool:
    return all(taken != lane or low < begins or top > ends for taken, begins, ends in lanes)


def _across(a: Box, b: Box, *, to_right: bool) -> tuple[str, int, int]:
    """A curve from one column to the other; the number stands near its beginning."""
    start, end = (a.x + WIDE, b.x - 3) if to_right else (a.x, b.x + WIDE + 3)
    lift = 0 if to_right else 14
    bend = (end - start) // 2
    high, low = a.middle + lift, b.middle + lift
    path = f"M{start} {high} C{start + bend} {high} {end - bend} {low} {end} {low}"
    share = 0.22 if a.middle == b.middle else 0.42
    x = int(start + (end - start) * share)
    y = int(a.middle + lift + (b.middle - a.middle) * (3 * share**2 - 2 * share**3))
    return path, x, y
