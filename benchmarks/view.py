"""How smoothly the interactive view moves: frames per second, beside those of the page at rest.

    python benchmarks/view.py [--people 5000] [--ties 40000]

In the system's headless Chromium, which mostly draws without a graphics card: that is the slow
case. Everybody is invented.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from netquality.graph.view import page

CIRCLE = 125
"""People in each circle, packed as the seeds of a sunflower are."""

MOVES = """async () => {
    const map = document.querySelector('.sigma-mouse'), box = map.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const mouse = (type, right = 0, down = 0) => map.dispatchEvent(new MouseEvent(
        type, {bubbles: true, clientX: x + right, clientY: y + down}));
    async function frames(act) {
        const began = performance.now();
        let count = 0;
        while (performance.now() - began < 3000) {
            act(count++);
            await new Promise(requestAnimationFrame);
        }
        return count / (performance.now() - began) * 1000;
    }
    const found = {'at rest': await frames(() => {})};
    found['looking around'] = await frames(
        n => mouse('mousemove', 200 * Math.cos(n / 9), 150 * Math.sin(n / 7)));
    mouse('mousedown');
    found['panning'] = await frames(
        n => mouse('mousemove', 120 * Math.cos(n / 12), 100 * Math.sin(n / 10)));
    mouse('mouseup');
    await new Promise(done => setTimeout(done, 600));
    found['zooming'] = await frames(n => map.dispatchEvent(new WheelEvent('wheel', {
        bubbles: true, cancelable: true, clientX: x, clientY: y,
        deltaY: Math.floor(n / 30) % 2 ? 100 : -100})));
    return found;
}"""


def invented(count: int, tie_count: int) -> dict[str, Any]:
    """Return a payload of so many people in circles of a hundred or so."""
    dice = random.Random(5)  # noqa: S311 - an invented network, no secret
    circles = max(count // CIRCLE, 1)
    side = math.ceil(math.sqrt(circles))
    step = 2000 / side
    centres = [
        (step * (at % side + 0.5) - 1000, step * (at // side + 0.5) - 1000) for at in range(circles)
    ]
    turns = [(number * 2.399963, number // circles) for number in range(count)]
    where = [number % circles for number in range(count)]
    reach = [0.42 * step * math.sqrt((place + 0.5) / CIRCLE) for _, place in turns]
    one = [dice.randrange(count) for _ in range(tie_count)]
    colours = {
        "paper": "#ffffff", "ink": "#1c2127", "muted": "#59616b", "grid": "#e3e6ea",
        "active": "#0072b2",
    }  # fmt: skip
    return {
        "title": "An invented network",
        "as_of": "20 November 2026",
        "caveat": "",
        "statuses": [{"key": "active", "label": "In touch"}],
        "colours": {"light": colours, "dark": colours},
        "communities": {
            "id": list(range(circles)),
            "name": [f"Circle {at}" for at in range(circles)],
            "x": [x for x, _ in centres],
            "y": [y for _, y in centres],
            "radius": [0.45 * step] * circles,
            "sentence": [""] * circles,
        },
        "people": {
            "id": [str(number) for number in range(count)],
            "name": [f"Ana Erfunden {number}" for number in range(count)],
            "x": [
                centres[at][0] + far * math.cos(turn)
                for at, far, (turn, _) in zip(where, reach, turns, strict=True)
            ],
            "y": [
                centres[at][1] + far * math.sin(turn)
                for at, far, (turn, _) in zip(where, reach, turns, strict=True)
            ],
            "radius": [2 + 6 * dice.random() for _ in range(count)],
            "status": [dice.choice([0, -1]) for _ in range(count)],
            "community": where,
            "is_broker": [0] * count,
            "lines": [["Analyst, Acme", "Connected 3 May 2019."]] * count,
        },
        "ties": {
            "one": one,
            "other": [(end + circles * dice.randrange(1, 20)) % count for end in one],
            "weight": [1.0] * tie_count,
            "why": [0] * tie_count,
        },
        "whys": ["were in 2 group conversations with you"],
        "left_out": [],
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--ties", type=int, default=40_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "view.html"
        path.write_text(page(invented(wanted.people, wanted.ties)), "utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        shown.goto(path.as_uri())
        shown.wait_for_selector("html[data-ready]")
        seconds = shown.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
            "() => done(performance.now() / 1000))))"
        )
        size = path.stat().st_size / 1e6
        print(f"{wanted.people:,} people, {wanted.ties:,} ties: {size:.1f} MB")
        print(f"drawn after {seconds:.1f} s")
        for what, frames in shown.evaluate(MOVES).items():
            print(f"{what:>15}: {frames:.0f} frames per second")
        browser.close()


if __name__ == "__main__":
    main()
