"""Make the checkout importable and its command available in the environment, without a build step."""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = """#!{python}
import sys
from tatausaha.config.cli import main
sys.exit(main())
"""


def main() -> None:
    site = Path(sysconfig.get_path("purelib"))
    (site / "tatausaha.pth").write_text(f"{ROOT / 'src'}\n")
    command = Path(sysconfig.get_path("scripts")) / "tatausaha"
    command.write_text(COMMAND.format(python=sys.executable))
    command.chmod(0o755)


main()
