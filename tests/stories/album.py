"""Pictures of every page of a story, for eyes: each size, dark, printed, side by side in one sheet.

    STORY_PICTURES=/tmp/pages python -m tools.test --sqlite tests/stories/boarding

Nothing is written unless that folder is named.
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

FOLDER = os.environ.get("STORY_PICTURES", "")
SIZES = ((360, 740), (800, 600), (1024, 768), (1440, 900))
PAPER = (794, 1123)
TALLEST = 2600
GAP = 24
SCALE = 0.5


class Album:
    """The sheets of one person's way through a story, numbered."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.sheets = page, name, 0

    def keep(self) -> None:
        """Photograph the page as it stands, without loading it again."""
        if not FOLDER:
            return
        self.sheets += 1
        was = self.page.viewport_size
        shots = [self._shot(size) for size in SIZES]
        shots.append(self._shot(SIZES[1], color_scheme="dark"))
        shots.append(self._shot(PAPER, media="print"))
        self.page.emulate_media(color_scheme="light", media="screen")
        if was:
            self.page.set_viewport_size(was)
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        sheet(shots).save(Path(FOLDER) / f"{self.name.lower()}-{self.sheets:02d}.png")

    def _shot(self, size: tuple[int, int], **media: Any) -> Image.Image:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(**{"color_scheme": "light", "media": "screen"} | media)
        self.page.wait_for_timeout(200)  # colours fade
        return Image.open(BytesIO(self.page.screenshot(full_page=True))).convert("RGB")


def sheet(shots: list[Image.Image]) -> Image.Image:
    """The pictures beside each other, half their size."""
    small = [one.crop((0, 0, one.width, min(one.height, TALLEST))) for one in shots]
    small = [one.resize((int(one.width * SCALE), int(one.height * SCALE))) for one in small]
    width = sum(one.width + GAP for one in small)
    made = Image.new("RGB", (width, max(one.height for one in small)), "#888888")
    left = 0
    for one in small:
        made.paste(one, (left, 0))
        left += one.width + GAP
    return made
