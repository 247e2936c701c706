"""The flags against messages labelled by hand, the statuses against the truth, and their pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
import borders
import flags
import pages


def test_the_pages_say_what_is_true_now():
    for name, made in (("flags.md", flags.tables()), ("borders.md", borders.tables())):
        assert pages.read(name) == pages.put(name, made), (
            f"python benchmarks/{name[:-3]}.py --write"
        )


def test_each_status_has_precision_and_recall_of_one_over_the_truth():
    rows = [line.split("|") for line in borders.tables().splitlines()[2:9]]
    assert len(rows) == 7
    assert all(float(share) == 1 for row in rows for share in row[5:7])


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("texts_unseen.jsonl", 0.98, 0.75), ("texts_known.jsonl", 0.99, 0.9)],
)
def test_hardly_anything_real_is_taken_for_a_set_phrase(name, precision, recall):
    pairs = flags.judged(flags.lines(name))
    right = pairs.count(("canned", "canned"))
    assert right / (right + pairs.count(("real", "canned"))) >= precision
    assert right / (right + pairs.count(("canned", "real"))) >= recall
