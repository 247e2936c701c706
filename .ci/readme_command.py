"""Print one of the two commands of the README, so that CI runs what users type.

In `README.md` a comment ``<!-- command: report -->`` (or ``test``) stands before the block that
holds it. Nothing but the standard library: this runs before anything is installed.
"""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = r"<!-- command: {name} -->\s*```\w*\n(?P<command>[^\n]+)\n```"


def readme_command(name: str, text: str) -> str:
    """Return the one line that the README prints under this name."""
    found = re.findall(BLOCK.format(name=re.escape(name)), text)
    if len(found) != 1:
        raise SystemExit(f"README.md: {len(found)} one-line blocks marked 'command: {name}', not 1")
    return str(found[0])


if __name__ == "__main__":
    sys.stdout.write(readme_command(sys.argv[1], README.read_text("utf-8")) + "\n")
