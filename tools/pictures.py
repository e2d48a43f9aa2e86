"""Take the pictures of the README from a running demonstration: real pages in a real browser.

python -m tools.pictures            makes a demonstration in a folder of its own and photographs it
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.bench_system import running

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
COMMAND = Path(sys.executable).parent / "tatausaha"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
OWNER, PASSWORD = "pemilik@contoh.id", "peragaan-2026"
PUBLIC = (("cari", "/kos/?dekat=kampus&kosong=1"), ("rumah", "/kos/kos-putri-melati/"))
WORK = (("hari-ini", "/hari-ini/"), ("laporan", "/laporan/"), ("sop", "/sop/boarding.booking/"))


def main() -> None:
    """Make, serve, photograph, stop."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tatausaha-pictures-") as home:
        environment = os.environ | {"TATAUSAHA_HOME": home}
        subprocess.run([COMMAND, "demo"], env=environment, check=True)
        with running([COMMAND, "serve"], ROOT, Path(home)) as served:
            photograph(served.address)


def photograph(base: str) -> None:
    """The public pages as a visitor, the others as the owner."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        page = browser.new_page(base_url=base, viewport={"width": 1024, "height": 768}, locale="id-ID")
        for name, path in PUBLIC:
            take(page, name, path)
        page.goto("/akun/login/")
        page.fill("[name=login]", OWNER)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/hari-ini/")
        for name, path in WORK:
            take(page, name, path)
        browser.close()


def take(page: Page, name: str, path: str) -> None:
    """One picture, with few colours so that it stays small."""
    file = FOLDER / f"{name}.png"
    page.goto(path)
    page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(file, optimize=True)


if __name__ == "__main__":
    main()
