"""What the marks of a chart mean: all that `netquality.plot.hover` knows of a chart.

The contract between the two. A chart that can say it calls ``Meaning.of_chart(ax, tell)``, where
``tell`` is a function without arguments that returns `Told`; it is called when somebody asks, so
that a chart that nobody asks costs nothing. `Told` must come from the tables that drew the
chart, each mark at the place where it was drawn; then card and figure cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.artist import Artist

from netquality.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

__all__ = ["Again", "Meaning", "Told", "employers", "short", "who"]

LONGEST: Final = 80
"""Letters of a name or an employer that a card shows."""


@dataclass(frozen=True)
class Told:
    """What each mark of a chart means, the marks in the order in which one steps through them.

    Attributes
    ----------
    title : str
        What the chart is, in few words.
    finding : str
        What it shows, in a sentence, for those who cannot see it.
    keys : str
        What the arrow keys do in it, in few words.
    x, y : sequence of float
        Where each mark stands, as data of the axes. Where there are `ticks`, a mark is a line from
        the left to the right of the axes.
    names : sequence of str
        Who each mark is, as the chart may say it.
    lines : sequence of sequence of str
        The lines of the card beneath the name: for each line the words of every mark, of which an
        empty text is no line.
    ticks : sequence of sequence of float
        Where each tick of each mark stands from left to right, as data of the axes, in order; empty
        where marks have none.
    tick_words : sequence of sequence of str
        What each tick says.
    tick_noun : str
        What several of them are called.
    """

    title: str
    finding: str
    keys: str
    x: Sequence[float] = ()
    y: Sequence[float] = ()
    names: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    ticks: Sequence[Sequence[float]] = ()
    tick_words: Sequence[Sequence[str]] = ()
    tick_noun: str = ""


class Again(NamedTuple):
    """How the same chart is drawn once more, for narrow places."""

    draw: Callable[..., Axes]
    """Draws it into the `ax` given."""
    size: tuple[float, float]
    """Inches."""


class Meaning(Artist):
    """What a chart means, kept in its axes like whatever is drawn there, but never drawn.

    It goes where the axes go, into whatever figure they were given from, and it goes when they are
    cleared: then it would be wrong.
    """

    def __init__(self, tell: Callable[[], Told], again: Again | None, left: _State) -> None:
        super().__init__()
        self.tell = tell
        self.again = again
        self.left = left
        self.set_in_layout(False)

    def is_as_left(self, ax: Axes) -> bool:
        """Tell whether nothing was added since, no words were changed, and no limits."""
        return self.left == _state(ax)

    def draw(self, renderer: RendererBase) -> None:
        """Draw nothing."""

    @classmethod
    def of_chart(cls, ax: Axes, tell: Callable[[], Told], again: Again | None) -> None:
        """Keep in axes how to tell what their marks mean, once all is drawn in them.

        Parameters
        ----------
        ax : matplotlib.axes.Axes
        tell : function
        again : Again or None
            How to draw it for phones, if the chart made the figure itself; else None. A notebook
            that shows what the marks mean need not show such a figure once more.
        """
        ax.add_artist(cls(tell, again, _state(ax)))

    @classmethod
    def kept_in(cls, ax: Axes) -> Meaning:
        """Return what the chart in axes keeps there.

        Raises
        ------
        SettingError
            When there is no such chart in it, or more than one.
        """
        kept = [one for one in getattr(ax, "artists", ()) if isinstance(one, cls)]
        if not kept:
            raise SettingError(
                "ax: holds no chart that says what its marks mean. Give the Axes that "
                "netquality.plot.strength_map or netquality.plot.barcodes returned."
            )
        if len(kept) > 1:
            raise SettingError(
                "ax: holds several charts, one upon the other. Give each Axes of its own."
            )
        return kept[0]


_State = tuple[object, ...]


def _state(ax: Axes) -> _State:
    """Return what tells whether somebody added to a chart, or moved in it."""
    kept = [one for one in ax.get_children() if not isinstance(one, Meaning)]
    figure, legend = ax.get_figure(root=True), ax.get_legend()
    around = len(figure.get_children()) if figure is not None else 0
    texts = [*ax.texts, ax.xaxis.label, ax.yaxis.label, *(legend.get_texts() if legend else [])]
    words = [one.get_text() for one in texts]
    words += [ax.get_title(side) for side in ("left", "center", "right")]
    return len(kept), around, *words, *ax.get_xlim(), *ax.get_ylim()


def who(people: pd.DataFrame, names: str, numbers: Sequence[int] | None = None) -> list[str]:
    """Return how a card calls people: by name where the chart may name them.

    Parameters
    ----------
    people : pandas.DataFrame
        With the names that the chart is to show (`netquality.plot.marks.shown_as`).
    names : str
        As the chart's.
    numbers : sequence of int, optional
        What the chart calls them where it does not name them.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame(
    ...     {"name": ["Ana Erfunden", "Ben", None], "is_hidden": [False, True, False]}
    ... )
    >>> who(people, "real")
    ['Ana Erfunden', 'Somebody you hide', 'No name']
    >>> who(people.assign(name=None), "none", [1, 2, 3])
    ['Number 1', 'Somebody you hide (number 2)', 'Number 3']
    """
    found = []
    for place, (name, is_hidden) in enumerate(
        zip(people["name"], people["is_hidden"], strict=True)
    ):
        number = numbers[place] if numbers is not None else None
        if is_hidden:
            found.append("Somebody you hide" + (f" (number {number})" if number else ""))
        elif names == "none":
            found.append(f"Number {number}" if number else "Somebody")
        else:
            found.append(short(name) or "No name")
    return found


def short(text: object) -> str:
    r"""Return a text of others in one line that a card can bear; empty where there is none.

    Examples
    --------
    >>> short("two\nlines"), short(None), len(short("n" * 200))
    ('two lines', '', 81)
    """
    if not isinstance(text, str):
        return ""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"


def employers(people: pd.DataFrame, names: str) -> list[str]:
    """Return where people work, of those whom the chart names by their real name.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"company": ["Acme", "Acme"], "is_hidden": [False, True]})
    >>> employers(people, "real"), employers(people, "pseudonyms")
    (['Acme', ''], ['', ''])
    """
    known = people["company"] if "company" in people and names == "real" else [None] * len(people)
    return [
        "" if is_hidden else short(company)
        for company, is_hidden in zip(known, people["is_hidden"], strict=True)
    ]
