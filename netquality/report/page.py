"""The pages of the report: templates in which every value is escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from netquality.report.texts import about, joined, short, showable
from netquality.words import day_text, plural, share_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

__all__ = ["SCHEMA_VERSION", "page_of"]

SCHEMA_VERSION: Final = 1


def page_of(template: str, facts: Mapping[str, Any]) -> str:
    """Return a whole HTML document: a template of this package, filled in."""
    from netquality import __version__  # noqa: PLC0415 - a text, there before any module
    from netquality.plot import dark, inline, light  # noqa: PLC0415 - load when used

    return (
        _environment()
        .get_template(template)
        .render(
            version=__version__,
            schema_version=SCHEMA_VERSION,
            palette=inline.css_colours(light),
            dark_palette=inline.css_colours(dark),
            **facts,
        )
    )


@cache
def _environment() -> Environment:
    """Return what reads the templates: each is compiled once, however many pages are made."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - when used

    environment = Environment(
        autoescape=True,
        finalize=showable,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "about": about,
        "joined": joined,
        "count": "{:,}".format,
        "day": day_text,
        "plural": plural,
        "share": share_text,
        "short": short,
        "times": "{:.1f} times".format,
    }
    return environment


def _template(name: str) -> str:
    return files("netquality.report").joinpath(name).read_text("utf-8")
