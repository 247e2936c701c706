"""The card in a notebook: an anywidget whose script is ours, so that it works offline."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Protocol

import anywidget
import traitlets
from IPython.display import display

__all__ = ["show"]


class _Card(Protocol):
    """What is needed of a `LabelCard`."""

    @property
    def shown(self) -> dict[str, Any]: ...

    def press(self, word: str, at: int | None = None) -> None: ...


def _text(name: str) -> str:
    return files("netquality.labelling").joinpath(name).read_text("utf-8")


class CardWidget(anywidget.AnyWidget):
    """What the browser knows of the card: what it shows, and no more."""

    _esm = _text("card.js")
    _css = _text("card.css")
    shown = traitlets.Dict().tag(sync=True)


def show(card: _Card) -> None:
    """Show the card below the cell, and do what its keys say.

    Parameters
    ----------
    card : LabelCard
    """
    widget = CardWidget(shown=card.shown)

    def hear(_: object, content: Any, __: object) -> None:
        card.press(str(content.get("word")), int(content.get("at", -1)))
        widget.shown = card.shown

    widget.on_msg(hear)
    display(widget)
