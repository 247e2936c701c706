"""Figures that charts make themselves: they alone may be made lower, and drawn once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["axes_for_a_page", "new_axes", "shrink"]

_OURS: Final[WeakSet[Figure]] = WeakSet()


def new_axes(size: tuple[float, float] | None = None) -> Axes:
    """Return axes of a new figure of so many inches, which a notebook shows by itself."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only where no axes are given

    figure, ax = plt.subplots(figsize=size)
    _OURS.add(figure)
    return ax


def axes_for_a_page(size: tuple[float, float]) -> Axes:
    """Return axes of a new figure of so many inches, which no notebook shows."""
    figure = Figure(figsize=size)
    _OURS.add(figure)
    return figure.add_subplot()


def shrink(ax: Axes, points: float) -> None:
    """Make a figure so high that a chart made for these axes; another's figure stays as it is."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Figure) and figure in _OURS:
        figure.set_size_inches(figure.get_size_inches()[0], points / 72)
