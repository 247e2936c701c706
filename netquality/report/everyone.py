"""Person by person in the report: two charts that say who each mark is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["Everyone", "everyone_of"]

DEEPEST: Final = 20
_MAP: Final = {"wide": (9.6, 5.6), "narrow": (4.3, 5.0)}
_LINE: Final = 0.26
"""Inches that a relationship takes."""


@dataclass(frozen=True)
class Chart:
    """One of the charts.

    Attributes
    ----------
    finding : str
        What it shows.
    reading : str
        How to read it.
    frame : Markup
        The chart, as an element.
    """

    finding: str
    reading: str
    frame: Markup


@dataclass(frozen=True)
class Everyone:
    """What the page shows of each person with whom there is a real message.

    Attributes
    ----------
    charts : list of Chart
    script : str
        What the page's policy must allow for them.
    named : frozenset of str
        Whom they name, by `person_id`.
    """

    charts: list[Chart]
    script: str
    named: frozenset[str]


def everyone_of(network: Network, people: pd.DataFrame) -> Everyone | None:
    """Return what is shown of each person; None where there is no real message."""
    from netquality.plot import barcodes, strength_map  # noqa: PLC0415 - load when used
    from netquality.plot.hover import policy_sources  # noqa: PLC0415

    there = people[people["silent_days"].notna()]
    if there.empty:
        return None
    charts = [
        _chart(
            partial(strength_map, people), _MAP,
            "Each mark is a person: the further right, the longer silent; the higher, the more "
            "days each of you wrote (the lesser of your days and theirs).",
        )
    ]  # fmt: skip
    related = int(people["status"].isin(("active", "dormant")).sum())
    if related:
        lines = min(related, DEEPEST)
        sizes = {
            "wide": (9.6, 1.4 + _LINE * max(lines, 5)),
            "narrow": (4.3, 1.2 + _LINE * max(lines, 6)),
        }
        reading = (
            "Each line is a relationship, each tick a day on which one of you wrote. In touch "
            "above, resting below, the latest talk first."
        )
        charts.append(_chart(partial(barcodes, network, people, DEEPEST), sizes, reading))
    named = there.loc[~there["is_hidden"].fillna(value=False).astype(bool), "person_id"]
    return Everyone(charts, policy_sources()["script-src"], frozenset(named))


def _chart(draw: Callable[..., Axes], sizes: dict[str, tuple[float, float]], reading: str) -> Chart:
    """Draw a chart for wide screens and for phones."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - loads when used

    from netquality.plot import hover, light, styled  # noqa: PLC0415

    drawn = []
    for size in sizes.values():
        with styled(light):
            figure = Figure(figsize=size, layout="constrained")
        drawn.append(draw(ax=figure.add_subplot(), captioned=False))
    view = hover(drawn[0], narrow=drawn[1])
    frame = Markup(view.frame())  # noqa: S704 - every text in it is escaped by netquality.framed
    return Chart(view.payload["finding"].removesuffix("."), reading, frame)
