"""A chart that says what its marks mean: to the pointer, the finger, the keyboard and the ear.

The drawing is the chart's own, as SVG; the words come from the chart (`netquality.plot.meaning`).
The script, ``hover.js``, is ours and committed as it runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netquality import framed
from netquality.errors import SettingError
from netquality.plot import figures
from netquality.plot.inline import inline_svg
from netquality.plot.meaning import Meaning
from netquality.words import plural

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from netquality.plot.meaning import Told

__all__ = ["HoverView", "hover", "policy_sources"]

SCHEMA_VERSION: Final = 1
_KIND: Final = framed.Kind("netquality.plot", "hover")
_STRIP: Final = 26.0
"""Points below the drawing in a frame, for one line that says how to use it."""
_UPRIGHT: Final = 1.2
"""Times as wide as high a frame is at the most that shows a drawing for narrow places; those that
show one for wide places are more, and ``hover.css`` tells them apart in between."""
_LYING: Final = 1.3
_PIXELS: Final = 96 / 72
"""Of a page, per point."""


@dataclass(frozen=True)
class HoverView:
    """A chart that says what the mark under the pointer means; a notebook shows it by itself.

    It stands in a frame that may run its one script and nothing else: no request is made. A tap or
    the arrow keys do the same as the pointer; without its script it is the drawing alone.

    Attributes
    ----------
    payload : dict
        What the marks mean and where they stand, in plain values, with its `schema_version`.
    drawings : tuple of str
        The chart as SVG, and as it is drawn for phones where that was given.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> nq.plot.hover(nq.plot.strength_map(people))
    HoverView(Strength map, 211 marks)
    """

    payload: Mapping[str, Any] = field(repr=False)
    drawings: tuple[str, ...] = field(repr=False)

    def __repr__(self) -> str:
        """Say how much it shows; no name."""
        marks = plural(len(self.payload["names"]), "line" if self.payload["ticks"] else "mark")
        return f"HoverView({self.payload['title']}, {marks})"

    def _repr_html_(self) -> str:
        return framed.in_notebook(self.frame())

    def page(self) -> str:
        """Return it as a whole HTML document that asks for nothing from anywhere."""
        return self._page(is_framed=False)

    def frame(self) -> str:
        """Return it as one element that can stand in another page, as wide as its place.

        It has the shape of the first drawing. A page that has room for the second only gives it
        ``--shape: var(--narrow)`` in its style: by its shape the frame knows which one to show.
        """
        (wide, high), *others = (drawing["size"] for drawing in self.payload["drawings"])
        shapes = [f"{wide:g}/{high + _STRIP:g}"]
        shapes += [f"{one:g}/{max(other + _STRIP, one / _UPRIGHT):g}" for one, other in others]
        looks = (
            f"--wide:{shapes[0]};--narrow:{shapes[-1]};display:block;"
            f"max-width:{wide * _PIXELS:.0f}px;"
            "height:auto;aspect-ratio:var(--shape,var(--wide))"
        )
        return framed.frame(self._page(is_framed=True), self.payload["title"], f'style="{looks}"')

    def write(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write the page to a file, readable by you alone: it may hold names.

        Parameters
        ----------
        path : str or path-like
        force : bool
            Whether a file that is no page of netquality may be replaced.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        NetQualityError
            When the file cannot be written, or another one is there.
        """
        return framed.keep(self.page(), path, force=force)

    def _page(self, *, is_framed: bool) -> str:
        told = self.payload
        return _KIND.page(
            told,
            is_framed=is_framed,
            drawings=self.drawings,
            what="a line" if told["ticks"] else "a mark",
            is_bare=not told["names"],
            **{name: told[name] for name in ("title", "finding", "keys")},
        )


def hover(ax: Axes, *, narrow: Axes | None = None) -> HoverView:
    """Return a chart that says what its marks mean when one points at them, offline.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        As `netquality.plot.strength_map` or `netquality.plot.barcodes` returned it. Whatever else
        is in its figure is shown as well.
    narrow : matplotlib.axes.Axes, optional
        The same chart, drawn anew for narrow places such as phones. `ax` must then be clearly wider
        than high. A chart that made its own figure draws it by itself, where that is so and as long
        as you add nothing to it and change neither its words nor its limits: it would know nothing
        of that. Then draw the narrow one as well, and give it.

    Returns
    -------
    HoverView
        It shows itself in a notebook; ``write(path)`` keeps it as a page. It names those whom the
        chart may name, and as the chart does (``names=``): nobody hidden is named. Light or dark
        is as the reader's system is, whatever the chart's theme. A figure that the chart made
        itself is not shown by a notebook once more; `ax` stays as it was.

    Raises
    ------
    SettingError
        When `ax` holds no such chart, or several, or `narrow` does not go with it.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> view = nq.plot.hover(nq.plot.barcodes(network, nq.assess(network), names="pseudonyms"))
    >>> with tempfile.TemporaryDirectory() as home:
    ...     view.write(f"{home}/barcodes.html").name
    'barcodes.html'
    """
    meaning = Meaning.kept_in(ax)
    told = meaning.tell()
    drawings = [_drawn(ax, told, "a")]
    is_ours = narrow is None and meaning.is_as_left(ax)
    if is_ours:
        narrow = _drawn_again(meaning, *drawings[0][1]["size"])
    if narrow is not None:
        if _words(Meaning.kept_in(narrow).tell()) != _words(told):
            raise SettingError("narrow: is another chart. Draw the same once more, narrower.")
        drawings.append(_drawn(narrow, told, "b"))
        wide, high = drawings[0][1]["size"]
        if wide < _LYING * (high + _STRIP):
            raise SettingError("ax: is too high to have a narrow one beside it. Draw it wider.")
    if is_ours and not told.names:
        drawings = drawings[-1:]  # one sentence, which is read at the narrow one's size anywhere
    texts: dict[str, int] = {"": 0}
    payload = {
        "schema_version": SCHEMA_VERSION,
        "title": told.title,
        "finding": told.finding,
        "keys": told.keys,
        "noun": told.tick_noun,
        "names": list(told.names),
        "lines": [_numbered(line, texts) for line in told.lines],
        "ticks": [_numbered(line, texts) for line in told.tick_words],
        "texts": list(texts),
        "drawings": [numbers for _, numbers in drawings],
    }
    if meaning.again is not None:
        _put_away(ax)
    return HoverView(payload, tuple(svg for svg, _ in drawings))


def _drawn_again(meaning: Meaning, wide: float, high: float) -> Axes | None:
    """Return a chart as it is for narrow places, where it can say how and its own is wide."""
    if meaning.again is None or wide < _LYING * (high + _STRIP):
        return None
    return meaning.again.draw(ax=figures.axes_for_a_page(meaning.again.size))


def _put_away(ax: Axes) -> None:
    """Take a figure that a chart made from what a notebook shows at the end of a cell."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only where the chart took it from there

    plt.close(ax.get_figure(root=True))


def policy_sources() -> dict[str, str]:
    """Return what a page must allow in its Content-Security-Policy to hold such charts in a frame.

    Returns
    -------
    dict
        As `netquality.framed.Kind.sources` says.

    Examples
    --------
    >>> policy_sources()["script-src"][:8]
    "'sha256-"
    """
    return _KIND.sources()


def _words(told: Told) -> tuple[object, ...]:
    """Return what does not depend on how a chart is drawn."""
    return told.title, told.finding, told.names, told.lines, told.tick_words


def _numbered(words: Sequence[str], texts: dict[str, int]) -> list[int]:
    """Return the number of each text; most are said of many."""
    return [texts.setdefault(text, len(texts)) for text in words]


def _drawn(ax: Axes, told: Told, prefix: str) -> tuple[str, dict[str, Any]]:
    """Return a chart as SVG, and where its marks are in it."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise SettingError("ax: was taken out of its figure. Draw the chart anew.")
    svg = inline_svg(
        figure, prefix
    )  # which also lays the figure out: only now all have their place
    wide, high = (float(inches) * 72 for inches in figure.get_size_inches())

    def places(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
        pixels = ax.transData.transform(np.column_stack([x, y]).reshape(-1, 2))
        share = figure.transFigure.inverted().transform(pixels)
        return (share[:, 0] * wide).round(1).tolist(), ((1 - share[:, 1]) * high).round(1).tolist()

    x, y = places(told.x, told.y)
    numbers: dict[str, Any] = {"size": [round(wide, 2), round(high, 2)], "x": x, "y": y}
    if told.ticks:
        rows = [places(line, [told.y[at]] * len(line))[0] for at, line in enumerate(told.ticks)]
        (left, right), _ = places(ax.get_xlim(), (told.y[0], told.y[0]))
        _, (upper, lower) = places((told.x[0], told.x[0]), (0.0, 1.0))
        numbers |= {"ticks": rows, "span": [left, right], "half": round(abs(lower - upper) / 2, 2)}
    return svg, numbers
