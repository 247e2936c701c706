"""The report under axe-core, the usual judge of accessibility: no violation, in any look.

It comes with the tools of the interactive view (``cd web && npm ci --ignore-scripts``); without it
these tests are skipped, and fail where CI is set, like those without a browser.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import IN_CI

import netquality as nq
from netquality.report import write_report

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ['violations'], iframes: false});
    return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]);
}"""

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def axe():
    if not AXE.is_file():
        reason = "axe-core is not here (cd web && npm ci --ignore-scripts)"
        (pytest.fail if IN_CI else pytest.skip)(reason)
    return AXE.read_text("utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory, sample_report):
    where, sample = tmp_path_factory.mktemp("axe"), nq.load_sample()
    return {
        "named": sample_report.as_uri(),
        "counts": write_report(sample, where / "counts.html", is_aggregate=True).as_uri(),
    }


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("kind", ["named", "counts"])
def test_axe_finds_no_violation(offline_page, axe, pages, kind, width):
    page = offline_page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(pages[kind])
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    if kind == "named":
        page.locator("#roll tbody tr").nth(9).wait_for()
        for frame in page.locator("iframe").all():
            inside = frame.element_handle().content_frame()
            inside.wait_for_selector("html[data-ready]", state="attached")
    assert len(page.frames) == {"named": 4, "counts": 1}[kind]
    for frame in page.frames:  # each by itself: they are shut off from one another
        frame.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if frame.parent_frame:  # out of sight nothing is painted: axe takes white for its paper
                frame.frame_element().scroll_into_view_if_needed()
            frame.evaluate(PAINTED)
            assert frame.evaluate(RUN) == [], scheme


def test_axe_would_find_a_fault(offline_page, axe, pages):
    page = offline_page
    page.goto(pages["counts"])
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    page.evaluate(axe)
    assert [name for name, _ in page.evaluate(RUN)] == ["color-contrast"]
