"""The interactive view: what it is made of, and how it does in a browser with the network off."""

from __future__ import annotations

import hashlib
import html
import json
import math
import random
import re
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import netquality as nq
from netquality import viewing
from netquality.graph.naming import short_names
from netquality.graph.view import frame, page, policy_sources

ROOT = Path(__file__).resolve().parent.parent
VIEW = ROOT / "netquality" / "graph"
WEB = ROOT / "web"

HOSTILE = [
    "<script>document.title='hacked'</script>",
    "</script><script>document.title='hacked'</script>",
    "<!--<script>",
    "\"'><svg onload=\"document.title='hacked'\">",
    "</style><style>*{display:none}",
    "&lt;b&gt; &amp;",
    "line\u2028and\u2029paragraph",
    "\u202egro.live <b>",
    "\ud800 half of a letter",
    "W" * 10_000,
    "👩‍👩‍👧‍👦 שלום " + "n" * 80,
]
STATUSES = ["In touch", "Resting", "Brief", "No talk on record"]
KEYS = ["active", "dormant", "brief", "feather"]
LIGHT = {
    "active": "#0072b2", "dormant": "#e69f00", "brief": "#56b4e9", "feather": "#c9cdd3",
    "paper": "#ffffff", "ink": "#1c2127", "muted": "#59616b", "grid": "#e3e6ea",
}  # fmt: skip
DARK = LIGHT | {
    "feather": "#4a525c", "paper": "#15181c", "ink": "#eceff2", "muted": "#a9b1ba",
    "grid": "#333a42",
}  # fmt: skip


def invented(count: int = 300, extra: tuple[str, ...] = ()) -> dict:
    """Invent a network: three circles, and some people in none. The first is the largest disc."""
    dice = random.Random(20261120)  # noqa: S311 - an invented network, no secret
    given = ["Ana", "Ben", "Carla", "Dario", "Elif", "Goran", "Hana", "Igor", "Łucja", "Zoë"]
    family = ["Erfunden", "Imaginari", "Fiktiva", "Beispiel", "Inventado", "Nessuno"]
    names = [f"{dice.choice(given)} {dice.choice(family)}" for _ in range(count)]
    names[: len(extra)] = extra
    names[-4] = "Quim Alleinig"  # nobody else is called so, and nobody's disc lies on this one
    centres = [(0, 0, 400), (-650, 300, 250), (500, -500, 250)]
    people = {
        key: []
        for key in ("id", "name", "x", "y", "radius", "status", "community", "is_broker", "lines")
    }
    for number, name in enumerate(names):
        circle = number % 4 if number % 4 < 3 else -1
        x, y, radius = centres[circle] if circle >= 0 else (0, 0, 950)
        angle, far = dice.random() * math.tau, radius * (0.9 * math.sqrt(dice.random()))
        status = number % 5 if number % 5 < 4 else -1
        people["id"].append(f"p{number}")
        people["name"].append(name)
        people["x"].append(round(x + far * math.cos(angle), 1))
        people["y"].append(round(y + far * math.sin(angle), 1))
        people["radius"].append(round(30 * 0.99**number + 6, 2))
        people["status"].append(status)
        people["community"].append(circle)
        people["is_broker"].append(int(number % 50 == 0))
        people["lines"].append(
            [f"Analyst, {dice.choice(['Acme', 'Nowhere'])}", "Connected 3 May 2019."]
        )
    ties = {
        "one": [0] * 14,
        "other": list(range(4, 18)),
        "weight": [2.0] * 14,
        "why": [0] * 12 + [1] * 2,
    }
    for _ in range(count * 4):
        one, other = sorted(dice.sample(range(1, count), 2))
        for key, value in {"one": one, "other": other, "weight": dice.random(), "why": 1}.items():
            ties[key].append(value)
    return {
        "schema_version": 2,
        "title": "Your network, as far as the export shows it",
        "as_of": "20 November 2026",
        "caveat": "Ties between others are inferred and not known.",
        "statuses": [{"key": k, "label": w} for k, w in zip(KEYS, STATUSES, strict=True)],
        "colours": {"light": LIGHT, "dark": DARK},
        "communities": {
            "id": [1, 2, 3],
            "name": ["Acme", extra[0] if extra else "Choir", "Nowhere Ltd"],
            "short": ["Acme", extra[0] if extra else "Choir", "Nowhere"],
            "x": [c[0] for c in centres],
            "y": [c[1] for c in centres],
            "radius": [c[2] for c in centres],
            "sentence": ["People of one employer."] * 3,
        },
        "people": people,
        "ties": ties,
        "whys": ["were in 2 group conversations with you", "both name Acme as employer today"],
        "left_out": ["12,000 people without any tie or talk are not drawn."],
    }


NAMES = invented()["people"]["name"]


# -- what it is made of ---------------------------------------------------------------------------


def test_the_committed_script_is_built_from_the_committed_source():
    names = ["build.js", "package-lock.json", "package.json"]
    names += [f"src/{path.name}" for path in (WEB / "src").iterdir()]
    source = hashlib.sha256()
    for name in sorted(names):
        text = (WEB / name).read_text("utf-8")
        source.update(f"{name}\n{text}\n".encode())
    banner = (VIEW / "view.js").read_text("utf-8")[:600]
    assert f"source sha256:{source.hexdigest()}" in banner, "web/ changed: run `make view`"


def test_what_is_bundled_is_named_with_its_version_and_licence():
    banner = (VIEW / "view.js").read_text("utf-8")[:600]
    licences = (VIEW / "view.licenses.txt").read_text("utf-8")
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    bundled = re.findall(r"([\w-]+) (\d+\.\d+\.\d+)", banner.split(" with ")[1])
    assert {name for name, _ in bundled} >= {"sigma", "graphology"}
    for name, version in bundled:
        assert packages[f"node_modules/{name}"]["version"] == version
        assert f"\n{name} {version} (MIT)\n" in licences
    assert licences.count("Permission is hereby granted") == len(bundled)


def test_versions_are_exact_and_no_address_is_locked():
    wanted = json.loads((WEB / "package.json").read_text("utf-8"))
    assert wanted["private"] is True
    assert all(re.fullmatch(r"[\d.]+", version) for version in wanted["devDependencies"].values())
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert '"integrity": "sha512-' in lock


def test_the_script_asks_for_nothing_and_keeps_nothing():
    script = (VIEW / "view.js").read_text("utf-8")
    for word in (
        "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "eval(", "new Function",
        "localStorage", "sessionStorage", "indexedDB", "document.cookie", "://", "innerHTML",
        "</script", "<!--",
    ):  # fmt: skip
        assert word not in script, word
    assert script.isascii()


@pytest.mark.parametrize("whole", [page, frame])
def test_no_text_breaks_out(whole):
    payload = invented(40, tuple(HOSTILE)) | {"title": HOSTILE[1], "left_out": HOSTILE}
    text = whole(payload)
    text.encode()
    if whole is frame:
        assert text.count("'") == 2
        text = html.unescape(text.split("srcdoc='")[1].split("'")[0])
    assert text.count("<script") == 2
    assert text.count("</script>") == 2
    assert text.count("<style") == 1
    assert "<!--" not in text
    assert "\u2028" not in text
    held = text.split('id="payload">')[1].split("</script>")[0]
    assert json.loads(held) == payload


def test_the_policy_names_what_stands_in_the_page():
    text = page(invented(40))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    for directive, source in policy_sources().items():
        assert f"{directive} {source}" in policy


# -- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    where = tmp_path_factory.mktemp("views")
    sources = policy_sources()
    policy = (
        f"default-src 'none'; script-src {sources['script-src']}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    inner = frame(invented(), height=600)
    written = {
        "sample": page(invented()),
        "hostile": page(invented(40, tuple(HOSTILE)) | {"title": HOSTILE[1], "left_out": HOSTILE}),
        "nobody": page(empty()),
        "report": f"<!doctype html>{head}<title>Report</title><h1>Report</h1>{inner}",
    }
    for name, text in written.items():
        (where / f"{name}.html").write_text(text, "utf-8")
    return {name: (where / f"{name}.html").as_uri() for name in written}


def empty() -> dict:
    payload = invented(20)
    for columns in ("people", "ties", "communities"):
        payload[columns] = {key: [] for key in payload[columns]}
    return payload


@pytest.fixture
def shown(offline_page, pages):
    """Open a view in the size and light asked for; it may ask for nothing but itself."""
    requests = []
    offline_page.on("request", lambda request: requests.append(request.url))

    def show(kind: str = "sample", *, width: int = 1280, scheme: str = "light", **media: str):
        offline_page.set_viewport_size({"width": width, "height": 800})
        offline_page.emulate_media(color_scheme=scheme, reduced_motion="reduce", **media)
        offline_page.goto(pages[kind])
        if kind != "report":
            offline_page.wait_for_selector("html[data-ready]")
        assert requests[0] == pages[kind]
        assert all(url.startswith("about:") for url in requests[1:])
        return offline_page

    return show


DRAWN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""


def colours_of(page) -> int:
    """Count the colours of the picture, as it is on the screen."""
    picture = page.locator("#stage").screenshot()
    return page.evaluate(
        """async bytes => {
            const file = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
            const bitmap = await createImageBitmap(new Blob([file]));
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
            const context = canvas.getContext('2d');
            context.drawImage(bitmap, 0, 0);
            const all = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
            return new Set(new Uint32Array(all.buffer)).size;
        }""",
        b64encode(picture).decode(),
    )


def difference(page, one: bytes, other: bytes) -> int:
    """Count the points of two pictures that differ by more than a shade, as the eye tells them."""
    return page.evaluate(
        """async pictures => {
            const [one, other] = await Promise.all(pictures.map(async bytes => {
                const all = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
                const bitmap = await createImageBitmap(new Blob([all]));
                const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
                const context = canvas.getContext('2d');
                context.drawImage(bitmap, 0, 0);
                return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
            }));
            let count = 0;
            for (let at = 0; at < one.length; at += 4)
                if ([0, 1, 2].some(by => Math.abs(one[at + by] - other[at + by]) > 16)) count += 1;
            return count;
        }""",
        [b64encode(one).decode(), b64encode(other).decode()],
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_and_draws(shown, scheme):
    page = shown(scheme=scheme)
    assert page.title() == "Your network, as far as the export shows it, 20 November 2026"
    assert page.locator("#count").inner_text() == "Showing 300 of 300 people"
    assert page.get_by_text("Ties between others are inferred").is_visible()
    assert page.get_by_text("12,000 people without any tie").is_visible()
    assert page.get_by_text("As of 20 November 2026").is_visible()
    page.evaluate(DRAWN)
    assert colours_of(page) > 100
    paper = page.evaluate("getComputedStyle(document.getElementById('stage')).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 24, 28)"}[scheme]


@pytest.mark.browser
def test_a_change_of_light_is_followed(shown):
    page = shown()
    before = page.locator("#stage").screenshot()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(DRAWN)
    assert page.locator("#stage").screenshot() != before
    assert page.evaluate("document.documentElement.style.getPropertyValue('--ink')") == DARK["ink"]


@pytest.mark.browser
def test_search_finds_and_the_panel_shows_the_evidence(shown):
    page = shown()
    field = page.get_by_role("combobox", name="Search for a person")
    field.press_sequentially("zoe")  # the people are called Zoë
    options = page.locator("#matches [role=option]")
    assert options.count() == 12
    assert all("Zoë" in words for words in options.all_inner_texts())
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") == "match-0"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "match-1"
    wanted = options.nth(1).locator("bdi").first.inner_text()
    field.press("Enter")
    assert page.get_by_role("listbox").count() == 0
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == wanted
    assert "Connected 3 May 2019." in panel.inner_text()
    assert page.evaluate("document.activeElement.id") == "person"
    page.keyboard.press("Escape")
    assert panel.locator("h2").inner_text() == "Nobody chosen"
    assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.browser
def test_ties_stand_by_reason_and_lead_on(shown):
    page = shown()
    page.locator("#map").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    people = invented()["people"]["name"]
    assert panel.locator("h2").inner_text() == people[0]
    assert "Tied to 14 people here" in panel.inner_text()
    reasons = panel.locator("h4").all_inner_texts()
    assert reasons == [
        "Were in 2 group conversations with you:",
        "Both name Acme as employer today:",
    ]
    first = panel.locator("section").first
    assert first.get_by_role("button").count() == 9
    first.get_by_role("button", name="and 4 others").click()
    assert first.get_by_role("button").count() == 12
    first.get_by_role("button").first.click()
    assert panel.locator("h2").inner_text() == people[4]


@pytest.mark.browser
def test_filters_change_who_is_shown(shown):
    page = shown()
    count = page.locator("#count")
    page.get_by_label("Resting 60").uncheck()
    assert count.inner_text() == "Showing 240 of 300 people"
    page.get_by_label("Circle").select_option(label="Choir (75)")
    assert count.inner_text() == "Showing 60 of 300 people"
    page.get_by_text("As a list").click()
    page.locator("#list li").nth(59).wait_for()  # the list is made when it is opened
    assert page.locator("#list li").count() == 60
    page.get_by_role("button", name="Show all").click()
    assert count.inner_text() == "Showing 300 of 300 people"
    assert page.locator("#list li").count() == 200
    assert page.locator("#list-more").inner_text() == "… and 100 more; narrow by search or filters."
    page.locator("#list button").nth(3).click()
    assert page.locator("#panel h2").inner_text() == NAMES[3]


@pytest.mark.browser
def test_somebody_filtered_out_can_still_be_found(shown):
    page = shown()
    name = NAMES[0]
    page.get_by_label("In touch 60").uncheck()
    page.locator("#search").fill(name)
    page.locator("#search").press("Enter")
    assert page.locator("#panel h2").inner_text() == name
    assert page.locator("#count").inner_text() == "Showing 300 of 300 people"


def bring(page, number: int) -> dict[str, float]:
    """Bring somebody into the middle of the picture by search; say where that is."""
    page.locator("#search").fill(NAMES[number])
    page.locator("#search").press("Enter")
    page.keyboard.press("Escape")
    page.evaluate(DRAWN)
    assert page.locator("#panel h2").text_content() == "Nobody chosen"
    box = page.locator("#canvas").bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


@pytest.mark.browser
def test_a_click_on_a_disc_opens_it_and_beside_it_closes(shown):
    page = shown()
    place = bring(page, -4)
    page.mouse.move(place["x"], place["y"])
    page.mouse.click(place["x"], place["y"])
    assert page.locator("#panel h2").inner_text() == NAMES[-4]
    page.get_by_role("button", name="The whole picture").click()
    page.wait_for_timeout(350)  # or it would be a double click
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert page.locator("#panel h2").inner_text() == "Nobody chosen"


@pytest.mark.browser
def test_the_keyboard_does_all(shown):
    page = shown()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert reached == [
        "search", "circle", *["INPUT"] * 5, "map", "nearer", "farther", "whole", "SUMMARY", "BODY",
        "search",
    ]  # fmt: skip
    stage = page.locator("#stage")
    page.locator("#map").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator("#keys").is_visible()
    pictures = [stage.screenshot()]
    for key in ("+", "ArrowLeft", "ArrowUp", "]", "[", "-", "0"):
        page.keyboard.press(key)
        page.evaluate(DRAWN)
        pictures.append(stage.screenshot())
    assert all(difference(page, *two) > 100 for two in pairwise(pictures))
    said = f"{NAMES[-1]}. Neither connected nor in talk. 300 of 300."
    assert page.locator("#said").text_content() == said
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)  # ties may rest while the picture moves
    assert difference(page, pictures[0], stage.screenshot()) < 10


@pytest.mark.browser
def test_pan_and_zoom_with_the_mouse(shown):
    page = shown()
    page.evaluate(DRAWN)
    stage = page.locator("#stage")
    box = page.locator("#canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    pictures = [stage.screenshot()]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    pictures.append(stage.screenshot())
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    pictures.append(stage.screenshot())
    page.get_by_role("button", name="Farther away").click()
    page.wait_for_timeout(200)
    pictures.append(stage.screenshot())
    assert all(difference(page, *two) > 100 for two in pairwise(pictures))


@pytest.mark.browser
def test_hostile_names_do_nothing(shown):
    page = shown("hostile")
    page.get_by_text("As a list").click()
    page.locator("#map").focus()
    for _ in HOSTILE:
        page.keyboard.press("n")
    page.locator("#search").fill("script")
    assert page.locator("#matches [role=option]").count() == 3
    page.locator("#search").press("Enter")
    page.wait_for_timeout(200)
    assert page.locator("#panel h2").inner_text() == HOSTILE[0]
    assert page.locator("script").count() == 2
    assert page.locator("svg, img, iframe, body style").count() == 0
    assert page.evaluate("document.title").startswith("</script>")
    assert page.locator("#left-out li").all_text_contents()[:3] == HOSTILE[:3]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sample", "hostile", "nobody"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_is_wider_than_the_window(shown, kind, width):
    page = shown(kind, width=width)
    page.get_by_text("As a list").click()
    if kind != "nobody":
        page.locator("#list button").first.click()
        page.locator("#search").fill("a")
    wider = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)
                && !element.closest('#canvas');
        }).map(element => element.outerHTML.slice(0, 80))"""
    )
    assert wider == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(shown, scheme):
    from test_report_browser import CONTRASTS  # noqa: PLC0415 - the arithmetic stands there

    page = shown(scheme=scheme)
    page.get_by_text("As a list").click()
    page.locator("#list button").first.click()
    page.locator("#search").fill("ana")
    found = page.evaluate(CONTRASTS)
    assert len(found) > 100
    assert [words for ratio, words in found if ratio < 4.5] == []


@pytest.mark.browser
def test_without_webgl_the_list_is_there(offline_page, pages):
    offline_page.add_init_script(
        """const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.includes('webgl') ? null : get.call(this, kind, ...rest);
        };
        delete window.WebGLRenderingContext;
        delete window.WebGL2RenderingContext;"""
    )
    offline_page.goto(pages["sample"])
    offline_page.wait_for_selector("html[data-ready]")
    assert offline_page.get_by_text("This browser cannot draw the picture").is_visible()
    assert offline_page.locator("#list li").count() == 200
    offline_page.locator("#list button").first.click()
    assert "Tied to 14 people here" in offline_page.locator("#panel").inner_text()


@pytest.mark.browser
def test_a_picture_taken_away_can_be_drawn_again(shown):
    page = shown()
    page.evaluate(
        "document.querySelector('.sigma-nodes').getContext('webgl2')"
        ".getExtension('WEBGL_lose_context').loseContext()"
    )
    page.get_by_role("button", name="Draw it again").click()
    page.evaluate(DRAWN)
    assert not page.get_by_text("put this picture aside").is_visible()
    assert colours_of(page) > 100


@pytest.mark.browser
def test_nobody_to_draw_is_said(shown):
    page = shown("nobody")
    assert page.get_by_text("There is nobody to draw.").is_visible()
    assert page.locator("#count").inner_text() == "Showing 0 of 0 people"


@pytest.mark.browser
def test_it_works_in_a_frame_within_a_page_of_its_own_policy(shown):
    page = shown("report")
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    assert inner.locator("#count").inner_text() == "Showing 300 of 300 people"
    inner.locator("#search").fill("hana")
    inner.locator("#search").press("Enter")
    assert "Hana" in inner.locator("#panel h2").inner_text()
    # the page around it scrolls on, until the picture was chosen
    before = inner.locator("#stage").screenshot()
    box = inner.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(200)
    assert inner.locator("#hint").is_visible()
    inner.locator("#hint").wait_for(state="hidden")
    assert difference(page.frames[1], before, inner.locator("#stage").screenshot()) < 10


@pytest.mark.browser
def test_a_finger_chooses_too(chromium, pages):
    context = chromium.new_context(
        offline=True, viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(pages["sample"])
    page.wait_for_selector("html[data-ready]")
    page.evaluate(DRAWN)
    page.locator("#stage").scroll_into_view_if_needed()
    place = bring(page, -4)
    page.touchscreen.tap(place["x"], place["y"])
    page.locator("#panel.open").wait_for()
    assert page.locator("#panel h2").inner_text() == NAMES[-4]
    context.close()


@pytest.mark.browser
def test_five_thousand_people(offline_page, tmp_path):
    path = tmp_path / "large.html"
    path.write_text(page(invented(5_000)), "utf-8")
    offline_page.goto(path.as_uri())
    offline_page.wait_for_selector("html[data-ready]")
    assert offline_page.locator("#count").inner_text() == "Showing 5,000 of 5,000 people"
    assert colours_of(offline_page) > 100
    box = offline_page.locator("#canvas").bounding_box()
    offline_page.mouse.move(box["x"] + 300, box["y"] + 200)
    offline_page.mouse.wheel(0, -100)
    offline_page.get_by_label("Resting 1,000").uncheck()
    assert offline_page.locator("#count").inner_text() == "Showing 4,000 of 5,000 people"
    offline_page.wait_for_timeout(500)
    assert colours_of(offline_page) > 100


# -- what is put into it from a graph -------------------------------------------------------------


@pytest.fixture(scope="module")
def sample():
    network = nq.load_sample()
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    return people, graph, nq.graph_measures(graph)


def test_the_payload_is_plain_and_says_what_the_tables_say(sample):
    people, graph, measures = sample
    payload = nq.graph_view(graph, measures).payload
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    shown = payload["people"]
    assert len({len(column) for column in shown.values()}) == 1
    assert len(set(shown["id"])) == len(shown["id"])
    told = people.set_index("person_id")
    for at, key in enumerate(shown["id"]):
        status = shown["status"][at]
        said = payload["statuses"][status]["key"] if status >= 0 else None
        assert said == (told["status"][key] if isinstance(told["status"][key], str) else None)
        if said is not None:
            assert told["status_reason"][key] in shown["lines"][at]
    number = dict(zip(payload["communities"]["id"], payload["communities"]["name"], strict=True))
    named = measures.communities.set_index("community_id")["name"].to_dict()
    assert number == named | {0: "Talked with, in no circle"}
    member = measures.members.set_index("node_id")["community_id"]
    for key, at in zip(shown["id"], shown["community"], strict=True):
        place = payload["communities"]["id"][at] if at >= 0 else 0
        assert place == (member[key] if member[key] is not pd.NA else 0)


def test_a_circle_says_as_many_people_as_can_be_picked_and_whom_you_hide(sample):
    people, _, measures = sample
    talked = people[people["status"].isin(["active", "dormant"])]
    member = measures.members.set_index("node_id")["community_id"].reindex(talked["person_id"])
    key = [member[member.isna()].index[0], member[member.notna()].index[0]]
    network = nq.load_sample()
    changed = people.assign(is_hidden=people["person_id"].isin(key))
    payload = nq.graph_view(nq.to_graph(network, changed)).payload
    for at, said in enumerate(payload["communities"]["sentence"]):
        count = payload["people"]["community"].count(at)
        number = payload["communities"]["id"][at]
        if number == 0:
            assert said.startswith(f"{count} people you talked with, and 1 you hide, of whom")
        elif number == member[key[1]]:
            assert said.startswith(f"{count} people and 1 you hide, ")
        else:
            assert said.startswith(f"{count} people, ")


def test_the_two_kinds_of_nobody_are_told_apart_and_the_ring_is_explained(sample):
    _, graph, measures = sample
    view = nq.graph_view(graph, measures)
    assert "Talked with, in no circle" in view.payload["communities"]["name"]
    script = (WEB / "src" / "filters.js").read_text("utf-8")
    assert "Never talked with, in no circle (" in script
    assert "The ring of dots around all circles: connections in no circle" in view.page()
    inside = [at for at, one in enumerate(view.payload["people"]["community"]) if one >= 0]
    people = {
        name: [column[at] for at in inside] for name, column in view.payload["people"].items()
    }
    assert "ring of dots" not in page(view.payload | {"people": people}).split("<script")[0]


@pytest.mark.parametrize(
    ("status", "shown", "said"),
    [
        ("one_way", "In touch, you say so",
         "In touch by your word; counted here by what is on record: One-sided."),
        ("active", "In touch, you say so", "In touch by your word, and on record."),
        ("brief", "No conversation on record",
         "A stranger by your word; counted here by what is on record: One short exchange."),
        ("feather", "No conversation on record", None),
        ("one_way", "One-sided (you wrote)", None),
    ],
)  # fmt: skip
def test_your_word_and_what_is_counted_stand_in_one_sentence(sample, status, shown, said):
    people, _, _ = sample
    network = nq.load_sample()
    key = people.loc[people["status"] == status, "person_id"].iloc[0]
    words = people["status_shown"].mask(people["person_id"] == key, shown)
    payload = nq.graph_view(nq.to_graph(network, people.assign(status_shown=words))).payload
    lines = payload["people"]["lines"][payload["people"]["id"].index(key)]
    assert not [line for line in lines if "Shown as" in line]
    assert [line for line in lines if "your word" in line] == ([said] if said else [])


def test_every_tie_says_why(sample):
    _, graph, measures = sample
    payload = nq.graph_view(graph, measures).payload
    ids, ties = payload["people"]["id"], payload["ties"]
    between = {
        frozenset((one, other)): said
        for one, other, said in graph.edges(data=True)
        if "owner" not in {one, other} and {one, other} <= set(ids)
    }
    assert len(ties["one"]) == len(between)
    for one, other, why in zip(ties["one"], ties["other"], ties["why"], strict=True):
        said = between.pop(frozenset((ids[one], ids[other])))
        words = payload["whys"][why]
        assert ("group conversation" in words) == ("group_thread" in said["kinds"].split(","))
        assert ("burst" in words) == ("same_event" in said["kinds"].split(","))
    assert not between


def test_of_too_many_ties_the_strongest_of_each_person_stay(sample, monkeypatch):
    _, graph, measures = sample
    monkeypatch.setattr(viewing, "MOST_TIES", 3000)
    monkeypatch.setattr(viewing, "MOST_PEOPLE", 500)
    payload = nq.graph_view(graph, measures).payload
    ties = payload["ties"]
    assert 1000 < len(ties["one"]) <= 3000
    # the strongest tie of each person shown is there
    ids = payload["people"]["id"]
    kept = {frozenset((ids[a], ids[b])) for a, b in zip(ties["one"], ties["other"], strict=True)}
    for key in ids:
        near = [
            (said["weight"], other)
            for other, said in graph[key].items()
            if other in set(ids) and other != "owner"
        ]
        if near:
            best = max(near)[0]
            assert any(frozenset((key, other)) in kept for weight, other in near if weight == best)
    assert any(
        re.fullmatch(r"Not shown: [\d,]+ weaker ties.", said) for said in payload["left_out"]
    )
    ring = [said for said in payload["left_out"] if "connections in no circle" in said]
    assert len(ring) == 1


def test_a_page_is_written_for_the_owners_eyes_and_over_no_other_file(sample, tmp_path):
    view = nq.graph_view(*sample[1:])
    path = view.write(tmp_path / "network.html")
    assert view.write(path) == path  # ours may be written again
    other = tmp_path / "other.html"
    other.write_text("mine", "utf-8")
    with pytest.raises(nq.NetQualityError, match="is no page of netquality"):
        view.write(other)
    assert view.write(other, force=True) == other
    assert view._repr_html_().startswith("<iframe ")
    assert "Erfunden" not in repr(view)


@pytest.mark.browser
def test_the_sample_opens_in_a_browser(sample, offline_page, tmp_path):
    faults = []
    offline_page.on("pageerror", lambda error: faults.append(str(error)))
    path = nq.graph_view(*sample[1:]).write(tmp_path / "network.html")
    offline_page.goto(path.as_uri())
    offline_page.get_by_text("Showing 889 of 889 people").wait_for()
    offline_page.get_by_role("combobox").first.fill("Larkfield")
    offline_page.get_by_label("Circle").select_option(label="Around Larkfield Instruments (56)")
    offline_page.get_by_text("Showing 56 of 889 people").wait_for()
    assert not faults


# -- names in the picture -------------------------------------------------------------------------

WRITTEN = """(() => {
    const own = CanvasRenderingContext2D.prototype, {clearRect, fillText, arc} = own;
    window.texts = []; window.arcs = [];
    own.clearRect = function (...box) {
        if (this.canvas.classList.contains('sigma-words')) window.texts = [];
        if (this.canvas.classList.contains('sigma-circles')) window.arcs = [];
        return clearRect.apply(this, box);
    };
    own.arc = function (...how) {
        if (this.canvas.classList.contains('sigma-circles')) window.arcs.push(how);
        return arc.apply(this, how);
    };
    own.fillText = function (text, x, y) {
        const is_circle = this.font.startsWith('600');
        window.texts.push({text, x, y, is_circle, wide: this.measureText(text).width});
        return fillText.call(this, text, x, y);
    };
})()"""


def written(page, path, width):
    """Return what is written in the picture, and where its circles are drawn."""
    page.add_init_script(WRITTEN)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate(DRAWN)
    return page.evaluate("texts"), page.evaluate("arcs")


def test_a_short_name_keeps_what_tells_one_circle_from_another(sample):
    circles = nq.graph_view(*sample[1:]).payload["communities"]
    short = dict(zip(circles["name"], circles["short"], strict=True))
    assert short["Met around 14 September 2015"] == "September 2015"
    assert short["Around Larkfield Instruments"] == "Around Larkfield Instruments"
    assert short["Käthe Falkendorner and 36 others"] == "Käthe Falkendorner + 36"
    assert short["Connected 29 August to 7 September 2024"] == "August to September 2024"
    assert len(set(short.values())) == len(short)


def test_short_names_stay_different():
    names = [
        "Met around 3 July 2023", "Met around 9 July 2023", "Met around 9 July 2023 (2)",
        "Around Acme", "Acme", "Around the Corner", "Ana and 1 other", "Ana and 1 other (2)",
    ]  # fmt: skip
    kinds = ["event"] * 3 + ["employer"] * 3 + ["members"] * 2
    assert short_names(names, kinds) == [
        "3 July 2023", "9 July 2023", "9 July 2023 (2)",
        "Around Acme", "Acme", "Around the Corner", "Ana + 1", "Ana + 1 (2)",
    ]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(("width", "least"), [(1280, 13), (375, 6)])
def test_circles_are_named_by_what_tells_them_apart(sample, offline_page, tmp_path, width, least):
    view = nq.graph_view(*sample[1:])
    texts, arcs = written(offline_page, view.write(tmp_path / "network.html"), width)
    said = " ".join(one["text"] for one in texts if one["is_circle"])
    circles = view.payload["communities"]
    named = [one in said for one in circles["short"]]
    order = sorted(range(len(named)), key=lambda at: -circles["radius"][at])
    assert all(named[at] for at in order[:least])  # the largest
    assert "…" not in said
    assert len(arcs) == len(named)


@pytest.mark.browser
def test_a_name_lies_over_nobody_else_where_there_is_room(offline_page, tmp_path):
    # Ana's name has no room to the right, for Ben stands there; above and below there is
    payload = invented(4)
    people = payload["people"]
    people |= {
        "name": ["Ana Erfunden", "Ben Beispiel", "Far Away", "Near By"],
        "x": [0.0, 140.0, 0.0, 0.0], "y": [0.0, 0.0, 380.0, -380.0],
        "radius": [50.0, 50.0, 4.0, 4.0], "community": [0, 0, 0, 0],
    }  # fmt: skip
    payload["communities"] = {key: part[:1] for key, part in payload["communities"].items()}
    payload["ties"] = {key: [] for key in payload["ties"]}
    path = tmp_path / "few.html"
    path.write_text(page(payload), "utf-8")
    texts, [(x, y, radius, *_)] = written(offline_page, path, 1280)
    scale = radius / payload["communities"]["radius"][0]
    for own, other in ((0, 1), (1, 0)):
        [text] = [one for one in texts if one["text"] == people["name"][own]]
        middle = x + people["x"][other] * scale
        far_x = max(abs(text["x"] - middle) - text["wide"] / 2, 0)
        far_y = max(abs(text["y"] - y) - 7, 0)
        assert math.hypot(far_x, far_y) >= people["radius"][other] * scale - 1


# -- in a page, or a notebook, that looks after its frame -----------------------------------------


def holding(view, path, attributes=""):
    """Write a page that holds a view as a notebook does, and return its address."""
    path.write_text(
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Notebook</title><body {attributes}><h1>Notebook</h1>{view._repr_html_()}</body>",
        "utf-8",
    )
    return path.as_uri()


def comes_true(frame, expression: str) -> None:
    """Wait, asking from outside: the frame's own policy lets nothing evaluate a text in it."""
    for _ in range(200):
        if frame.evaluate(expression):
            return
        frame.page.wait_for_timeout(25)
    pytest.fail(f"not so after five seconds: {expression}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_a_frame_is_as_high_as_what_is_in_it(sample, offline_page, tmp_path, width):
    offline_page.set_viewport_size({"width": width, "height": 800})
    offline_page.emulate_media(reduced_motion="reduce")
    offline_page.goto(holding(nq.graph_view(*sample[1:]), tmp_path / "a.html"))
    inner = offline_page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    offline_page.wait_for_function("document.querySelector('iframe').style.height")
    fits = "document.documentElement.scrollHeight <= innerHeight"
    comes_true(offline_page.frames[1], fits)
    before = inner.locator("#stage").bounding_box()["height"]
    inner.get_by_role("combobox").first.fill("Quarrwick")
    inner.locator("#matches li").first.click()
    comes_true(offline_page.frames[1], fits)
    # the picture did not grow with its frame
    assert inner.locator("#stage").bounding_box()["height"] == before


@pytest.mark.browser
def test_on_a_phone_whom_one_chooses_comes_into_view(sample, offline_page, tmp_path):
    offline_page.set_viewport_size({"width": 375, "height": 800})
    offline_page.emulate_media(reduced_motion="reduce")
    offline_page.goto(holding(nq.graph_view(*sample[1:]), tmp_path / "a.html"))
    inner = offline_page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    inner.get_by_role("combobox").first.fill("Quarrwick")
    inner.locator("#matches li").first.click()
    offline_page.wait_for_function("scrollY > 0")
    offline_page.wait_for_timeout(300)
    heading = inner.locator("#person").bounding_box()
    assert 0 <= heading["y"] <= 600
    stage = inner.locator("#stage").bounding_box()
    assert stage["y"] + stage["height"] > 200  # some of the picture is in sight


@pytest.mark.browser
def test_it_is_light_or_dark_as_the_page_around_says(offline_page, tmp_path):
    view = nq.GraphView(invented(4))
    address = holding(view, tmp_path / "a.html", 'data-jp-theme-light="false"')
    offline_page.emulate_media(color_scheme="light")
    offline_page.goto(address)
    inner = offline_page.frame_locator("iframe")
    inner.locator("html[data-theme=dark]").wait_for(state="attached")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert offline_page.frames[1].evaluate(paper) == "rgb(21, 24, 28)"
    offline_page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    inner.locator("html[data-theme=light]").wait_for(state="attached")
    assert offline_page.frames[1].evaluate(paper) == "rgb(255, 255, 255)"
    # a page of documentation that leaves it to the reader's system
    offline_page.evaluate("delete document.body.dataset.jpThemeLight")
    offline_page.evaluate("document.body.dataset.theme = 'auto'")
    inner.locator("html[data-theme='']").wait_for(state="attached")
    offline_page.emulate_media(color_scheme="dark")
    comes_true(offline_page.frames[1], f"{paper} == 'rgb(21, 24, 28)'")


@pytest.mark.browser
def test_only_a_frame_of_ours_is_given_another_height(offline_page, tmp_path):
    view = nq.GraphView(invented(4))
    offline_page.goto(holding(view, tmp_path / "a.html"))
    offline_page.wait_for_function("document.querySelector('iframe').style.height")
    before = offline_page.evaluate("document.querySelector('iframe').style.height")
    stranger = (
        "<script>parent.postMessage({netquality: 'height', pixels: 5000}, '*');"
        "parent.postMessage({netquality: 'show', pixels: 5000}, '*')</script>"
    )
    offline_page.evaluate(
        "text => { const frame = document.createElement('iframe'); frame.srcdoc = text; "
        "document.body.append(frame) }",
        stranger,
    )
    offline_page.wait_for_timeout(300)
    heights = "[...document.querySelectorAll('iframe')].map((one) => one.style.height)"
    assert offline_page.evaluate(heights) == [before, ""]
    assert offline_page.evaluate("scrollY") == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 736, 375])
def test_no_two_names_touch(sample, offline_page, tmp_path, width):
    view = nq.graph_view(*sample[1:])
    texts, _ = written(offline_page, view.write(tmp_path / "network.html"), width)
    boxes = [(one["x"] - one["wide"] / 2, one["x"] + one["wide"] / 2, one["y"]) for one in texts]
    close = [
        (texts[one]["text"], texts[other]["text"])
        for one, (left, right, y) in enumerate(boxes)
        for other, (left2, right2, y2) in enumerate(boxes[:one])
        # the lines of one name are 13 pixels apart, and stand around one middle
        if abs(y - y2) < 13 and left < right2 + 4 and left2 < right + 4
    ]
    assert close == []
    assert len(texts) > 8
