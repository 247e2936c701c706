"""The card itself: whose turn it is, and what a key does. It knows no browser."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netquality.errors import NetQualityError, SettingError
from netquality.journal import keep_word
from netquality.journal.lines import LABELS
from netquality.words import plural, visible

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from netquality.network import Network

__all__ = ["Face", "LabelCard"]

_MOST: Final = 300
"""Characters of a name, company or position that are shown."""
_AGAIN: Final = "Run this cell once more for others, and the cells below to see what comes of it."


class Face(NamedTuple):
    """All that is known here of somebody: nothing that was counted is within reach."""

    person_id: str
    name: str
    company: str
    position: str


class LabelCard:
    """Some people to label, one at a time; `netquality.label_card` makes it.

    A notebook shows it. Without one, ``press`` does what the keys do.

    Parameters
    ----------
    faces : sequence of Face
        Whom to ask about, in this order.
    path : str or path-like
        The journal.
    network : Network
        The owner's.

    Examples
    --------
    >>> import netquality as nq
    >>> nq.label_card(nq.load_sample(), "not-there-yet.csv", n=40)
    LabelCard(0 of 40 people seen, 0 labelled)
    """

    def __init__(
        self, faces: Sequence[Face], path: str | os.PathLike[str], network: Network
    ) -> None:
        self._faces = tuple(faces)
        self._path, self._network = path, network
        self._said: list[str | None] = []  # of those seen, in their order; None where skipped
        self._is_open = False
        self._fault = ""

    def __repr__(self) -> str:
        """Say how much there is, and about nobody."""
        seen, people = len(self._said), plural(len(self._faces), "person", "people")
        return f"LabelCard({seen:,} of {people} seen, {self._count():,} labelled)"

    @property
    def shown(self) -> dict[str, Any]:
        """Return all that the card shows at the moment, in plain values.

        Returns
        -------
        dict
            `state` (``begin``, ``asking``, ``stopped`` or ``done``), `at` (how many were seen),
            `of`, `progress` and `said` in words, `can_undo`, and while it asks `name`, `company`
            and `position`; nothing of what is on record.
        """
        seen, total = len(self._said), len(self._faces)
        said: dict[str, Any] = {"at": seen, "of": total, "can_undo": seen > 0}
        kept = f"{plural(self._count(), 'label')} kept"
        if self._is_open and seen < total:
            face = self._faces[seen]
            texts = {name: _text(getattr(face, name)) for name in ("name", "company", "position")}
            progress = f"{seen + 1:,} of {total:,}"
            return said | {"state": "asking", "progress": progress, "said": self._fault, **texts}
        if not total:
            words = "Nobody is left to ask about: all have your word already."
            return said | {"state": "done", "progress": "", "said": words}
        if seen == total:
            return said | {"state": "done", "progress": f"{kept}.", "said": _AGAIN}
        progress = f"{plural(total - seen, 'person', 'people')}, one at a time."
        if seen:
            progress = f"{kept}, {plural(total - seen, 'person', 'people')} to go."
        return said | {"state": "stopped" if seen else "begin", "progress": progress, "said": ""}

    def press(self, word: str, at: int | None = None) -> None:
        """Do what a key does.

        Parameters
        ----------
        word : str
            ``begin``, one of the four labels, ``skip``, ``undo`` or ``stop``.
        at : int, optional
            How many had been seen when the key was pressed: what was meant for a card that is gone
            does nothing.

        Raises
        ------
        SettingError
            When it is another word.
        """
        if word not in {"begin", "skip", "undo", "stop", *LABELS}:
            raise SettingError(f"{word!r}: no key of the card does that.")
        if at is not None and at != len(self._said):
            return
        self._fault = ""
        if word in {"begin", "stop"}:
            self._is_open = word == "begin"
        elif word == "undo":
            self._undo()
        elif self._is_open and len(self._said) < len(self._faces):
            label = None if word == "skip" else word
            if label is None or self._keep(len(self._said), label):
                self._said.append(label)

    def _undo(self) -> None:
        """Go back to the one before, and take back what was said of them."""
        if self._said and (self._said[-1] is None or self._keep(len(self._said) - 1, "")):
            self._said.pop()
            self._is_open = True

    def _keep(self, number: int, label: str) -> bool:
        """Write to the journal; False, and why on the card, where that cannot be done."""
        try:
            keep_word(self._faces[number].person_id, self._path, self._network, label=label)
        except NetQualityError as error:
            self._fault = f"Not kept. {error}"
            return False
        return True

    def _count(self) -> int:
        return sum(label is not None for label in self._said)

    def _ipython_display_(self) -> None:
        """Show it where somebody can press a key; else say that it waits."""
        people = plural(len(self._faces), "person", "people")
        if not _is_attended():
            print(f"This card waits for you: in JupyterLab it shows {people}, one at a time.")  # noqa: T201
        elif find_spec("anywidget") is None:
            print("The card needs the package anywidget: install netquality[notebooks].")  # noqa: T201
        else:
            from netquality.labelling.widget import show  # noqa: PLC0415 - needs the extra

            show(self)


def _is_attended() -> bool:
    """Tell whether this cell was run by a program that could ask its user something."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    request = kernel.get_parent() if kernel else {}
    return bool(request.get("content", {}).get("allow_stdin"))


def _text(text: str) -> str:
    """Return a text to be shown, in one line, not too long, with nothing hidden in it."""
    seen = visible(text)
    return seen if len(seen) <= _MOST else f"{seen[: _MOST - 1]}…"
