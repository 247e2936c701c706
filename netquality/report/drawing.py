"""A chart as inline SVG, once for wide screens and once for phones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.axes import Axes

__all__ = ["charts"]

# Wide screens and phones each get a drawing of their own: one scaled down could not be read.
_SIZES: Final = {"wide": (9.6, 4.6), "narrow": (4.3, 4.3)}


def charts(
    name: str,
    draw: Callable[[Axes], object],
    sizes: Mapping[str, tuple[float, float]] = _SIZES,
) -> dict[str, str]:
    """Return a chart as inline SVG, by the width it is for."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - loads when used

    from netquality.plot import inline, style  # noqa: PLC0415 - load when used

    drawn = {}
    for width, size in sizes.items():
        with style.styled(style.light):
            figure = Figure(figsize=size, layout="constrained")
            draw(figure.add_subplot())
        drawn[width] = inline.inline_svg(figure, f"{name}-{width}")
    return drawn
