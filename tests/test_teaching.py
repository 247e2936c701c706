"""The notebooks, copied to where somebody works: all of them, and over nobody's own."""

from __future__ import annotations

import pytest

import netquality as nq
from netquality.errors import NetQualityError


def test_all_are_copied_and_again_changes_nothing(tmp_path):
    copied = nq.copy_notebooks(tmp_path / "mine")
    assert [path.name[:2] for path in copied] == sorted(path.name[:2] for path in copied)
    assert len(copied) > 5
    assert all(path.stat().st_size > 1_000 for path in copied)
    assert nq.copy_notebooks(tmp_path / "mine") == copied


def test_a_changed_one_is_replaced_only_when_asked(tmp_path):
    first, second, *_ = nq.copy_notebooks(tmp_path)
    kept = first.read_bytes()
    first.write_text("mine", "utf-8")
    second.unlink()
    with pytest.raises(NetQualityError, match=rf"{first.name}: is there already, and was changed"):
        nq.copy_notebooks(tmp_path)
    assert first.read_text("utf-8") == "mine"
    assert not second.exists()  # all or none
    nq.copy_notebooks(tmp_path, force=True)
    assert first.read_bytes() == kept
    assert second.exists()


@pytest.mark.parametrize("name", ["a file/below", "file", "no/such/folder"])
def test_where_none_can_be_it_says_so(tmp_path, name):
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(NetQualityError, match="notebooks cannot be put there") as caught:
        nq.copy_notebooks(tmp_path / name)
    assert str(tmp_path) not in str(caught.value)
