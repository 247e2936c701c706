"""The flags against messages labelled by hand, and the page that tells how often they are right."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def flags():
    spec = importlib.util.spec_from_file_location("flags", ROOT / "benchmarks" / "flags.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_says_what_the_flags_are_now(flags):
    made = flags.tables()
    assert flags.PAGE.read_text("utf-8") == flags.page(made), "python benchmarks/flags.py --write"


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("texts_unseen.jsonl", 0.98, 0.75), ("texts_known.jsonl", 0.99, 0.9)],
)
def test_hardly_anything_real_is_taken_for_a_set_phrase(flags, name, precision, recall):
    pairs = flags.judged(flags.lines(name))
    right = pairs.count(("canned", "canned"))
    assert right / (right + pairs.count(("real", "canned"))) >= precision
    assert right / (right + pairs.count(("canned", "real"))) >= recall


def test_an_interval_is_that_of_the_books(flags):
    # Brown, Cai and DasGupta 2001: Wilson's interval of 0 of 10 ends at z²/(n + z²)
    low, high = flags.wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(1.959964**2 / (10 + 1.959964**2))
