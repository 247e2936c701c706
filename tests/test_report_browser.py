"""The report in a real browser with the network off: it loads, fits, can be read and reached."""

from __future__ import annotations

import os
from itertools import pairwise, product
from pathlib import Path

import pytest
from exports import connection, files, message, write_folder

import netquality as nq
from netquality.report import write_report

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>document.title='hacked'</script>",
    "</title><img src=x onerror=\"document.title='hacked'\">",
    "\"'><svg onload=\"document.title='hacked'\">",
    "<iframe src=\"javascript:parent.document.title='hacked'\">",
    "<meta http-equiv=refresh content=0;url=https://203.0.113.1/>",
    "</style><style>*{display:none}",
    "\u202egro.live <b>",
    "W" * 10_000,
    "👩‍👩‍👧‍👦 שלום " + "n" * 80,
]


def talk(who: str, year: int) -> list[list[str]]:
    days = ((1, False), (3, True), (20, False), (22, True))
    return [message(who, f"{year}-06-{day:02d}", sent=sent) for day, sent in days]


def hostile_tables():
    people = [(f"h{number}", name) for number, name in enumerate(HOSTILE)]
    return {
        "connections": [
            connection(slug, given=name, family=name, company=name, position=name)
            for slug, name in people
        ],
        "messages": [
            *(row for slug, _ in people for row in talk(slug, 2015)),
            message("h0", "2015-07-01", thread="2-group", to=[slug for slug, _ in people[1:]]),
        ],
    }


@pytest.fixture(scope="module")
def reports(sample_report, tmp_path_factory):
    """Write each kind of report once; give the address of each."""
    where = tmp_path_factory.mktemp("reports")
    hostile = hostile_tables()
    names = "<script>document.title='hacked'<&\"_11-20-2026" if os.name != "nt" else "x"
    kinds = {
        "hostile": write_folder(where / "h", files(**hostile), names),
        "growth": write_folder(where / "g", files(connections=hostile["connections"])),
        "nobody": write_folder(where / "n", files(messages=talk("ana", 2026))),
    }
    return {"sample": sample_report.as_uri()} | {
        kind: write_report(nq.read_linkedin(folder), where / f"{kind}.html").as_uri()
        for kind, folder in kinds.items()
    }


@pytest.fixture
def shown(offline_page, reports):
    """Open a report in the size and light asked for."""
    requests = []
    offline_page.on("request", lambda request: requests.append(request.url))

    def show(kind: str, *, width: int = 1280, scheme: str = "light", media: str = "screen"):
        offline_page.set_viewport_size({"width": width, "height": 900})
        offline_page.emulate_media(color_scheme=scheme, media=media)
        offline_page.goto(reports[kind])
        assert requests == [reports[kind]]
        return offline_page

    return show


WIDER_THAN_THE_WINDOW = """() => {
    const edge = document.documentElement.clientWidth + 1, found = [];
    for (const element of document.querySelectorAll('body *')) {
        if (element.closest('svg')) continue;
        const box = element.getBoundingClientRect();
        if (box.width && (box.right > edge || box.left < -1))
            found.push(element.tagName + '.' + element.className + ' ' + box.right);
    }
    return found;
}"""

CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    function rgba(colour) {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    }
    function luminance([r, g, b]) {
        const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
        const [x, y, z] = [r, g, b].map(v => linear(v / 255));
        return .2126 * x + .7152 * y + .0722 * z;
    }
    function paper(element) {
        for (let e = element; e; e = e.parentElement) {
            const colour = rgba(getComputedStyle(e).backgroundColor);
            if (colour[3] === 255) return colour;
            if (colour[3]) throw new Error('half transparent: ' + e.outerHTML.slice(0, 80));
        }
        return [255, 255, 255, 255];
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        const a = luminance(rgba(getComputedStyle(element).color)), b = luminance(paper(element));
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        found.push([ratio, walker.currentNode.data.trim().slice(0, 40)]);
    }
    return found;
}"""


@pytest.mark.parametrize("width", [1280, 768, 375, 320])
@pytest.mark.parametrize("kind", ["sample", "hostile", "growth", "nobody"])
def test_nothing_is_wider_than_the_window(shown, kind, width):
    page = shown(kind, width=width)
    for is_open in (False, True):
        if is_open:
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, scheme
            assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], scheme


@pytest.mark.parametrize("kind", ["sample", "growth"])
def test_all_text_can_be_read(shown, kind):
    page = shown(kind)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    for look in product(("light", "dark"), ("screen", "print")):
        page.emulate_media(color_scheme=look[0], media=look[1])
        found = page.evaluate(CONTRASTS)
        assert len(found) > 40, look
        assert [words for ratio, words in found if ratio < 4.5] == [], look


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_in_the_chart_can_be_read(shown, scheme):
    """They are drawn as shapes; the darkest rule of all, 4.5 to 1, holds for each colour used."""
    page = shown("sample", scheme=scheme)
    colours = page.evaluate(
        """() => { const style = getComputedStyle(document.documentElement);
        return ['ink', 'muted', 'active-text', 'dormant-text', 'sheet', 'gap'].map(
            name => style.getPropertyValue('--' + name).trim()); }"""
    )
    assert all(len(colour) == 7 for colour in colours)
    from test_plot import contrast  # noqa: PLC0415 - the arithmetic stands there

    *words, sheet, gap = colours
    assert min(contrast(colour, sheet) for colour in words) >= 4.5
    assert contrast(colours[1], gap) >= 4.5


@pytest.mark.parametrize("kind", ["sample", "hostile", "growth"])
def test_headings_in_order_and_pictures_described(shown, kind):
    page = shown(kind)
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for picture in page.locator("svg, img").all():
        parent = picture.locator("xpath=ancestor-or-self::*[@role='img']")
        label = parent.get_attribute("aria-label")
        said = ("connections", "were expected, and how many came", "still awake three years")
        assert any(word in label for word in said)
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_keyboard_reaches_and_opens_the_details(shown):
    page = shown("sample")
    count = page.locator("details").count()
    # figures, smaller circles, who stands between two, where ties come from, files not opened,
    # files not there
    assert count == 6
    reached = set()
    for _ in range(count + 60):  # and the list of everybody, and what stands in the frames
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            words = page.evaluate("document.activeElement.textContent")
            if words in reached:  # once round
                break
            reached.add(words)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert float(outline.removesuffix("px")) >= 2
            page.keyboard.press("Enter")
    assert len(reached) == count
    assert page.locator("details[open]").count() == count


@pytest.mark.parametrize(("width", "wide"), [(1280, True), (375, False)])
def test_phones_and_wide_screens_each_get_one_drawing(shown, width, wide):
    page = shown("sample", width=width)
    figures = page.locator("figure").all()
    assert len(figures) == 3
    for figure in figures:
        drawn = [svg.is_visible() for svg in figure.locator("svg").all()]
        assert drawn == [wide, not wide]
        assert figure.locator("svg").nth(0 if wide else 1).bounding_box()["height"] > 250


@pytest.mark.parametrize("width", [1280, 769, 768, 375, 320])
@pytest.mark.parametrize("kind", ["sample", "growth"])
def test_the_figures_behind_the_chart_are_all_in_sight(shown, kind, width):
    page = shown(kind, width=width)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    table = page.locator(".figures")
    assert table.evaluate(
        """table => { const edge = table.getBoundingClientRect(), lines = one => {
            const range = document.createRange(); range.selectNodeContents(one);
            return [...range.getClientRects()]; };
        return [...table.querySelectorAll('caption, tbody th, tbody td')].every(one =>
            lines(one).every(box => box.width && box.left >= edge.left - 1
                && box.right <= edge.right + 1)
            && (one.tagName === 'CAPTION' || lines(one).length === 1)); }"""
    )  # dates and numbers stand in one line each, none beyond the edge
    heads = table.locator("thead th.n").all_inner_texts()
    first = table.locator("tbody tr").first.locator("td")
    said = first.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    is_carded = width <= 768
    assert said == [f'"{head}"' if is_carded else "none" for head in heads]
    assert table.locator("thead").bounding_box()["width"] == (
        1 if is_carded else pytest.approx(table.bounding_box()["width"], abs=1)
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_black_on_white(shown, scheme):
    page = shown("sample", scheme=scheme, media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('section')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.locator("#statuses").is_visible()
    assert page.locator("figure svg").first.is_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"


@pytest.mark.parametrize("kind", ["hostile", "growth"])
def test_hostile_names_do_nothing(shown, kind):
    page = shown(kind)
    page.wait_for_timeout(200)
    assert "hacked" not in page.title()
    own = {"growth": 0}.get(kind, 2)  # the list of everybody: what it shows, and its script
    holding = page.locator(".picture iframe").count()  # that of the frame of circles
    assert page.locator("script").count() == own + holding
    assert page.locator("img, body style, body meta, body title").count() == 0
    assert page.locator("section:not(.paper) h2").first.is_visible()
    for frame in page.frames[1:]:
        assert frame.locator("img, iframe, body style").count() == 0
        assert frame.evaluate("document.title").startswith(
            ("Your network, as far as the export", "Strength map", "Barcodes of relationships")
        )
    assert "<script>document.title='hacked'</script>" in page.locator("main").inner_text()


def test_the_circles_can_be_walked_about_in(shown):
    page = shown("sample")
    frame = page.frame_locator(".picture iframe")
    frame.get_by_text("Showing 889 of 889 people").wait_for()
    frame.get_by_label("Circle").select_option(label="Around Norrbeck Logistics (63)")
    frame.get_by_text("Showing 63 of 889 people").wait_for()


@pytest.mark.parametrize(
    ("width", "wide"),
    [(1280, True), (768, True), (641, True), (640, False), (375, False), (320, False)],
)
def test_each_chart_of_people_has_room_and_says_who_it_is(shown, width, wide):
    page = shown("sample", width=width)
    for frame, count in zip(page.locator(".chart iframe").all(), (211, 20), strict=True):
        frame.scroll_into_view_if_needed()
        box, held = frame.bounding_box(), frame.element_handle().content_frame()
        held.wait_for_selector("html[data-ready]", state="attached")
        drawn = [svg.is_visible() for svg in held.locator("#drawings svg").all()]
        assert drawn == [wide, not wide]
        assert held.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert held.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picture = held.locator("#drawings svg").nth(0 if wide else 1).bounding_box()
        assert picture["width"] == pytest.approx(box["width"], abs=1)
        assert picture["height"] < box["height"] - 15  # and room for a line that says how
        names = held.evaluate("JSON.parse(document.getElementById('payload').textContent).names")
        assert len(names) == count
        held.locator("#chart").focus()
        page.keyboard.press("End")
        held.get_by_text(names[-1], exact=True).wait_for()
        page.keyboard.press("Escape")
        held.locator("#card").wait_for(state="hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_charts_of_people_print_in_the_light(shown, scheme):
    page = shown("sample", width=720, scheme=scheme, media="print")
    for frame in page.locator(".chart iframe").all():
        assert frame.is_visible()
        held = frame.element_handle().content_frame()
        held.wait_for_selector("html[data-ready]", state="attached")
        paper = held.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"
        assert [svg.is_visible() for svg in held.locator("#drawings svg").all()] == [True, False]
        assert held.evaluate(
            "document.querySelector('svg').getBoundingClientRect().bottom <= innerHeight"
        )


def test_the_command_line_writes_what_the_browser_shows(offline_page, first_command):
    path = Path(first_command["path"])
    assert path.name == "a report & more #1.html"
    offline_page.goto(path.as_uri())
    assert "connections in touch" in offline_page.title()
    assert offline_page.locator("main section").count() == 11
