"""Every chart on the sample, as the page of docs/gallery.md shows it.

    python benchmarks/gallery.py [--write]

Runs the lines that the page prints, one chart after the other, in the light and in the dark; with
--write the pictures are kept in docs/_static. Without it, it only says how large they would be.
"""

from __future__ import annotations

import argparse
import io
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from pages import DOCS, read
from PIL import Image
from scipy.spatial import cKDTree

import netquality as nq

COLOURS = 128
DPI = (100, 85, 70)
"""The first at which a picture is small enough."""
MOST = 80_000
CHART = re.compile(
    r"^```python\n(.*?)^```\n\n!\[[^\]]*\]\(_static/(gallery-[a-z-]+\.png)\)",
    re.MULTILINE | re.DOTALL,
)


def charts() -> dict[str, str]:
    """Return the lines that draw each picture of the page."""
    return {name: lines for lines, name in CHART.findall(read("gallery.md"))}


def in_the_dark(lines: str) -> str:
    """Return the lines with the dark theme given to the call of the last one."""
    kept = lines.rstrip().removesuffix(")")
    return f"{kept}{'' if kept.endswith('(') else ', '}theme=nq.plot.dark)\n"


def picture(lines: str) -> bytes:
    """Run lines of the page, and return what the last one drew, in few colours."""
    names: dict = {"nq": nq}
    exec(lines, names)  # noqa: S102 - our own page
    for dpi in DPI:
        drawn, kept = io.BytesIO(), io.BytesIO()
        names["ax"].figure.savefig(drawn, dpi=dpi, metadata={"Software": None})
        few = in_few_colours(Image.open(drawn).convert("RGB"))
        few.save(kept, "png", optimize=True)
        if kept.tell() <= MOST:
            break
    plt.close(names["ax"].figure)
    return kept.getvalue()


def in_few_colours(whole: Image.Image) -> Image.Image:
    """Keep the colours that most of a picture has, exactly; the rest becomes the nearest of them.

    Pillow's own choice of colours turns a few green dots blue, and then they mean something else.
    """
    pixels = np.asarray(whole).reshape(-1, 3)
    colours, place, count = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-count, kind="stable")[:COLOURS]]
    _, nearest = cKDTree(kept).query(colours)
    few = Image.frombytes("P", whole.size, nearest.astype(np.uint8)[place].tobytes())
    few.putpalette(kept.tobytes())
    return few


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the pictures in docs/_static")
    write = parser.parse_args().write
    mpl.use("agg")
    for light, lines in charts().items():
        dark = light.replace(".png", "-dark.png")
        for name, drawn in ((light, lines), (dark, in_the_dark(lines))):
            made = picture(drawn)
            print(f"{name}: {len(made) / 1000:.0f} kB")
            if write:
                (DOCS / "_static" / name).write_bytes(made)


if __name__ == "__main__":
    main()
