"""Fail when a built page would fetch a script, a style, a font or a picture from another host.

    python .ci/offline_pages.py docs/_build/html

Links that a reader may follow are fine; what a browser loads by itself is not.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LOADING = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "link": "href",
}  # fmt: skip
HARMLESS_LINKS = {"canonical", "author", "license", "next", "prev", "index", "search", "help"}
REMOTE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
REMOTE_STYLE = re.compile(
    r"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE
)


class Loads(HTMLParser):
    """Gather the addresses a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.remote: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        values = dict(attrs)
        address = values.get(LOADING.get(tag, ""))
        if address is None or not REMOTE.match(address):
            return
        if tag == "link" and set((values.get("rel") or "").split()) <= HARMLESS_LINKS:
            return
        self.remote.append(f"<{tag}> {address}")


def remote_loads(folder: Path) -> list[str]:
    """Return every remote load in the pages and styles under a folder, one line each."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            parser = Loads()
            text = path.read_text("utf-8")
            parser.feed(text)
            loads = parser.remote + REMOTE_STYLE.findall(text)
        elif path.suffix == ".css":
            loads = REMOTE_STYLE.findall(path.read_text("utf-8"))
        else:
            continue
        found += [f"{path.relative_to(folder)}: {load}" for load in loads]
    return found


if __name__ == "__main__":
    site = Path(sys.argv[1])
    if not (site / "index.html").is_file():
        raise SystemExit(f"{site}: no index.html; build the pages first")
    faults = remote_loads(site)
    sys.stdout.write("\n".join([*faults, f"{len(faults)} loads from other hosts in {site.name}"]))
    sys.stdout.write("\n")
    raise SystemExit(1 if faults else 0)
