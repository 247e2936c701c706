"""Pages that may run one script of ours and nothing else, and the frame that shuts them in.

What is shown is given as a payload of plain values. The page asks for nothing from anywhere; in
another page, or in a notebook, it stands in a sandboxed frame, so that neither can touch the other.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from netquality.files import replace_file, writable

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Template

__all__ = [
    "MARK", "Kind", "as_json", "frame", "hash_of", "holder", "in_notebook", "keep", "showable",
]  # fmt: skip

MARK: Final = 'name="generator" content="netquality'
"""What tells a page of ours from any other file of that name."""

_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Kind:
    """What the pages of one kind are made of: three files of ours that stand side by side.

    Attributes
    ----------
    package : str
        Where they are.
    name : str
        What they are called: ``name.html.jinja``, a child of ``framed.html.jinja``; ``name.css``
        and ``name.js``.

    Examples
    --------
    >>> view = Kind("netquality.graph", "view")
    >>> sorted(view.sources()), view.sources()["script-src"][:8]
    (['script-src', 'style-src'], "'sha256-")
    """

    package: str
    name: str

    def page(self, payload: Mapping[str, Any], **texts: object) -> str:
        """Return a whole HTML document.

        Parameters
        ----------
        payload : mapping
            What the script finds, in plain values. Texts may hold anything.
        **texts
            What the template finds. Texts are escaped, unless they are `markupsafe.Markup`.

        Returns
        -------
        str
            It works offline from a file, and forbids itself every request, every other script and
            every other style.
        """
        from netquality import __version__  # noqa: PLC0415 - a text, there before any module

        allowed = "; ".join(f"{name} {source}" for name, source in self.sources().items())
        return _template(self).render(
            policy=f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
            version=__version__,
            style=_text(self.package, f"{self.name}.css"),
            script=_text(self.package, f"{self.name}.js"),
            payload=as_json(payload),
            **{name: showable(text) if type(text) is str else text for name, text in texts.items()},
        )

    def sources(self) -> dict[str, str]:
        """Return what a page must allow in its Content-Security-Policy to hold these in a frame.

        A frame that is given as text (``srcdoc``) inherits the policy of the page around it, and
        its own holds besides. A page with ``default-src 'none'`` must therefore name this script by
        its hash (``script-src``). The same goes for the style, unless the page has ``style-src
        'unsafe-inline'``: that is enough, and the hash must then not be added, for browsers ignore
        ``'unsafe-inline'`` beside a hash, and the page would lose its own style. Nothing else is
        needed: no ``frame-src``, ``img-src`` or ``connect-src`` (tried in Chromium 156).

        Returns
        -------
        dict
            Sources by directive, ``script-src`` and ``style-src``; the same for every payload.
        """
        return {
            f"{what}-src": hash_of(_text(self.package, f"{self.name}.{ending}"))
            for what, ending in (("script", "js"), ("style", "css"))
        }


@cache
def _template(kind: Kind) -> Template:
    """Return the template of a kind, compiled once."""
    from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415 - when used

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=DictLoader({"framed.html.jinja": _text("netquality", "framed.html.jinja")}),
    )
    return environment.from_string(_text(kind.package, f"{kind.name}.html.jinja"))


def frame(page: str, title: str, attributes: str) -> str:
    """Return a page as one element that can stand in a notebook or in another page.

    Parameters
    ----------
    page : str
        As `Kind.page` returned it.
    title : str
        What is in it, for those who cannot see it; it may hold anything.
    attributes : str
        Further attributes of ours, as ``height="300"``.

    Returns
    -------
    str
        An ``<iframe>`` that may run its script and nothing else: no forms, no windows, no storage.

    Examples
    --------
    >>> frame("<p>'&'</p>", "<b>", 'height="300"').split("srcdoc=")[1]
    "'<p>&#39;&amp;&#39;</p>'></iframe>"
    """
    # within single quotes only these two need escaping; the many double ones of JSON stay short
    inner = page.replace("&", "&amp;").replace("'", "&#39;")
    return (
        f'<iframe data-netquality title="{escape(showable(title))}" sandbox="allow-scripts" '
        'width="100%" '
        f"{attributes} frameborder=\"0\" srcdoc='{inner}'></iframe>"
    )


def holder() -> str:
    """Return the script of a page that holds such frames.

    It gives each the height it asks for, brings into view what was chosen in it, and tells it
    whether the page around is light or dark. Without it a frame keeps the height it was given.

    Examples
    --------
    >>> holder().startswith("// In a page that holds frames of ours")
    True
    """
    return _text("netquality", "holder.js")


def in_notebook(element: str) -> str:
    """Return a frame as a notebook shows it, with the script that looks after it.

    Examples
    --------
    >>> in_notebook("<iframe></iframe>").count("<script>")
    1
    """
    return f"{element}<script>{holder()}</script>"


def keep(page: str, path: str | os.PathLike[str], *, force: bool) -> Path:
    """Write a page to a file, readable by the owner alone.

    Raises
    ------
    NetQualityError
        When the file cannot be written, or another one is there that may not be replaced.
    """
    target = writable(path, mark=MARK, what="page of netquality", force=force)
    replace_file(target, page.encode())
    return target


def showable(text: str) -> str:
    r"""Return a text in which what no page can show is replaced.

    Examples
    --------
    >>> showable("bell\x07") == "bell\N{REPLACEMENT CHARACTER}"
    True
    """
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text("utf-8")


def hash_of(text: str) -> str:
    """Return what a policy names a script or a style by.

    Examples
    --------
    >>> hash_of("")[:15]
    "'sha256-47DEQpj"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def as_json(payload: Mapping[str, Any]) -> str:
    r"""Return plain values as ASCII in which nothing can end the script element or break a line.

    Examples
    --------
    >>> as_json({"name": "</script>"}) == r'{"name":"\u003c/script\u003e"}'
    True
    """
    text = json.dumps(payload, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
