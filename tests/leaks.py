"""What of an original network could be recognised, and where it stands in what is shown of another.

There is no dictionary on a machine that is bare, so a word is ordinary if netquality itself says it
to readers: in lower case, in the prose of its docs or in a sentence of its code, where examples,
names of things and what stands in quotes or links are left out. Names of people and places stand
there in capitals, so that they do not become ordinary by being an example. Invented names are those
of `netquality.pseudonyms` and `netquality.privacy`.
"""

from __future__ import annotations

import ast
import html
import json
import re
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pandas as pd

import netquality as nq
from netquality import pseudonyms
from netquality.privacy import invented
from netquality.reading.known import UNKNOWN, kind_of, why_not_opened
from netquality.reconnecting.wanted import KINDS
from netquality.report import render_report
from netquality.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[1]
SHORTEST = 4
DIGITS = 6
NUMBER = re.compile(r"\d{5}")
WORD = re.compile(r"[^\W_]+")
PROSE = re.compile(r"(?<![\w@/.'`\"_-])[a-z]{4,}(?![\w@/`\"_-]|\.\w)")
TABLES = (
    "people", "interactions", "participants", "positions", "education", "coverage", "rejects",
    "contacts", "addresses", "matches", "doubts",
)  # fmt: skip
OF_PEOPLE = ("name", "given_name", "family_name", "maiden_name", "record_name")
OF_TEXTS = ("company", "position", "school", "degree", "credentials", "labels")
WHOLE = (
    "person_id", "profile_key", "email", "thread_id", "contact_id", "record_id", "value", "text",
    "birthday",
)  # fmt: skip


# -- what is ordinary -----------------------------------------------------------------------------


@cache
def ordinary() -> frozenset[str]:
    words: set[str] = set()
    for path in (ROOT / "docs").glob("*.md"):
        text = re.sub(r"(?s)```.*?```|`[^`]*`|\]\([^)]*\)|\"[^\"]*\"", " ", path.read_text("utf-8"))
        words.update(PROSE.findall(text))
    for path in (ROOT / "netquality").rglob("*.py"):
        if "_sample" not in path.parts:
            for said in sentences(path.read_text("utf-8")):
                words.update(PROSE.findall(said))
    lists = (pseudonyms._PLANTS, pseudonyms._BIRDS, invented._STONES, invented._CRAFTS)
    made = " ".join([*lists, *invented._KINDS, invented._SCHOOL, invented.NOWHERE])
    return frozenset(words) | {word.casefold() for word in WORD.findall(made)}


def sentences(source: str) -> Iterator[str]:
    """Yield the texts of a source that are sentences, without examples."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            before = node.value.split("Examples\n")[0]
            yield re.sub(r"`[^`]*`|\"[^\"]*\"", " ", before)


# -- what is original -----------------------------------------------------------------------------


def originals(network: nq.Network) -> set[str]:
    """Return every text of four or more characters that may tell somebody, folded."""
    owner = network.owner
    parts: list[object] = [owner.name]
    whole: list[object] = [owner.name, owner.profile_key, network.source]
    for name in TABLES:
        table = getattr(network, name)
        for column in table.columns:
            values = (
                [] if table[column].dtype != "str" else table[column].dropna().unique().tolist()
            )
            if column in OF_PEOPLE or column in OF_TEXTS:
                parts += values
                whole += [] if column in ("position", "credentials") else values
            elif column in WHOLE or column not in known_columns():
                whole += values
            if column in ("person_id", "profile_key", "email", "record_id"):
                parts += values
    texts = {str(text).casefold() for text in whole if text is not None}
    texts |= {word.casefold() for text in parts if text is not None for word in WORD.findall(text)}
    texts |= {text.removeprefix("name:") for text in texts}
    return {text for text in texts if is_telling(text)} | set(files_and_birthdays(network))


def files_and_birthdays(network: nq.Network) -> Iterator[str]:
    """Yield birthdays, and the names of files that are not LinkedIn's for everybody."""
    yield from network.contacts["birthday"].dropna().tolist()
    for table, column in (
        (network.coverage, "file"), (network.rejects, "file"), (network.people, "source"),
        (network.contacts, "source"), (network.matches, "source"), (network.doubts, "source"),
    ):  # fmt: skip
        for name in table[column].dropna().unique().tolist():
            is_known = kind_of(name) is not None or why_not_opened(name) != UNKNOWN
            if not is_known or NUMBER.search(name):
                yield name.casefold()


@cache
def known_columns() -> frozenset[str]:
    from netquality import tables  # noqa: PLC0415

    made = [getattr(tables, name) for name in tables.__all__ if name.isupper()]
    return frozenset(column for table in made for column in table.dtypes)


def is_telling(text: str) -> bool:
    """Return whether a text has a word of four characters or more that is not ordinary.

    A few digits alone may be any count, and two words are of every page.
    """
    words = [word for word in WORD.findall(text) if len(word) >= SHORTEST]
    return any(word not in ordinary() and not is_count(word) for word in words)


def is_count(word: str) -> bool:
    return word in {"head", "null"} or (word.isdecimal() and len(word) <= DIGITS)


@cache
def words_of(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))  # the same texts are looked for in every output


def found(texts: Iterable[str], shown: str) -> list[str]:
    """Return which of these texts stand in what is shown: words as words, all else anywhere."""
    shown = shown.casefold()
    words = frozenset(WORD.findall(shown))
    ends = {word[at:] for word in words for at in range(len(word))}
    begins = {word[: at + 1] for word in words for at in range(len(word))}

    def may_stand(text: str) -> bool:
        """Return whether its words are there; the outer ones may be parts of longer ones."""
        first, *more = words_of(text) or ("",)
        if not more:
            return not first or first in words
        return first in ends and more[-1] in begins and words.issuperset(more[:-1])

    return sorted(text for text in texts if may_stand(text) and (text in words or text in shown))


# -- what is shown --------------------------------------------------------------------------------


class Shown:
    """Everything that is made of a network, each put together when it is asked for."""

    def __init__(self, network: nq.Network, place: Path) -> None:
        self.network, self.place = network, place
        self.people = nq.assess(network)
        self.graph = nq.to_graph(network, self.people, affiliations=("company", "school", "event"))
        self.plain = nq.to_graph(network, self.people)
        self.measures = nq.graph_measures(self.plain)

    def tables(self) -> str:
        network = self.network
        about = [repr(network), repr(network.owner), network.owner.name, network.owner.profile_key,
                 network.source, network.as_of_source, *network.warnings, *network.kinds,
                 repr(network.decisions)]  # fmt: skip
        frames = [getattr(network, name) for name in TABLES]
        return "\n".join([*map(str, about), *map(shown_table, [*frames, self.people])])

    def graph_tables(self) -> str:
        frames = [*nq.from_graph(self.graph), self.measures.communities, self.measures.members]
        edges = list(self.plain.edges)[:3]
        told = [str(nq.explain_edge(self.plain, *edge)) for edge in edges]
        return "\n".join([*map(shown_table, frames), *told, str(self.graph.graph)])

    def file_of(self, suffix: str) -> str:
        written = nq.write_graph(self.graph, self.place / f"network{suffix}", force=True)
        return "\n".join([repr(written), *(path.read_text("utf-8") for path in written.paths)])

    def view(self) -> str:
        view = nq.graph_view(self.plain, self.measures)
        return view.page() + json.dumps(view.payload, ensure_ascii=False)

    def report(self) -> str:
        return render_report(self.network, self.people)

    def charts(self) -> str:
        import matplotlib as mpl  # noqa: PLC0415
        import matplotlib.pyplot as plt  # noqa: PLC0415

        drawn = []
        for chart in (
            lambda: nq.plot.barcodes(self.network, self.people),
            lambda: nq.plot.strength_map(self.people),
            lambda: nq.plot.network(self.plain, self.measures),
            lambda: nq.plot.card(self.network),
            lambda: nq.plot.bursts(self.network, self.people),
            lambda: nq.plot.quantity_vs_quality(self.network),
        ):
            figure = chart().figure
            path = self.place / "chart.svg"
            with mpl.rc_context({"svg.fonttype": "none"}):
                figure.savefig(path)
            drawn.append(path.read_text("utf-8"))
            plt.close(figure)
        return "\n".join(drawn)

    def habits(self) -> str:
        made = []
        for name in nq.habits.__all__:
            habit = getattr(nq.habits, name)
            few = name == "inequality"
            made.append(habit(self.people) if few else habit(self.network, self.people))
        return "\n".join(map(shown_table, made))

    def sentences(self) -> str:
        some = self.people.sort_values("talk_days", ascending=False)["person_id"].head(5).tolist()
        told = []
        for one in some:
            why = nq.explain(self.network, one)
            told += [repr(why), str(why)]
        told += map(shown_table, self.lists.values())
        place = self.network.positions["company"].dropna()
        if len(place):
            told.append(shown_table(nq.who_at(self.network, self.people, place.iloc[0])))
        told.append(shown_table(nq.place_names(self.network, self.network.people)))
        return "\n".join(told)

    @cached_property
    def lists(self) -> dict[str, pd.DataFrame]:
        """Every list of people to write to, whole."""
        most = len(self.people) + 1
        return {
            kind: nq.reconnect(self.people, most, kind=kind, network=self.network) for kind in KINDS
        } | {"fresh": nq.reconnect(self.people, most, aim="fresh", network=self.network)}

    def kept(self, suffix: str) -> str:
        """Return what stands in the files of tables and of all lists."""
        names = TABLES if suffix == ".csv" else ("coverage", "matches", "doubts")
        tables = [*(getattr(self.network, name) for name in names), self.people]
        return "\n".join(self.written(table, suffix) for table in [*tables, *self.lists.values()])

    def written(self, table: pd.DataFrame, suffix: str) -> str:
        """Return a table's file as it is, and as it is read."""
        text = nq.write_table(table, self.place / f"table{suffix}", force=True).read_text("utf-8")
        plain = html.unescape(re.sub(r"\\(\W)", r"\1", text)) if suffix == ".md" else ""
        return f"{text}\n{plain}"

    def reminders(self) -> str:
        """Return the calendars of all lists."""
        return "\n".join(map(self.calendar, filter(len, self.lists.values())))

    def calendar(self, proposed: pd.DataFrame) -> str:
        """Return a calendar as it is, and as it is read: without folded lines."""
        path, begin = self.place / "list.ics", date(2026, 11, 23)
        data = nq.write_reminders(proposed, path, begin=begin, force=True).read_bytes()
        parts = icalendar.Calendar.from_ical(data).walk()
        return "\n".join(
            [data.decode(), *(str(value) for part in parts for value in part.values())]
        )

    def hovers(self) -> str:
        """Return the pages that say what the marks of a chart mean, and what they hold."""
        import matplotlib.pyplot as plt  # noqa: PLC0415

        told = []
        for ax in (
            nq.plot.strength_map(self.people),
            nq.plot.barcodes(self.network, self.people),
        ):
            view = nq.plot.hover(ax)
            path = view.write(self.place / "hover.html", force=True)
            told += [path.read_text("utf-8"), view.frame()]
            told.append(json.dumps(view.payload, ensure_ascii=False, default=str))
            plt.close(ax.figure)
        return "\n".join(told)

    def summary(self) -> str:
        said = summarise(self.network, self.people)
        counts = nq.aggregate(self.network, self.people)
        files = [self.written(counts, suffix) for suffix in (".csv", ".md")]
        return "\n".join([self.network.summary(), repr(said), shown_table(counts), *files])

    def outputs(self) -> dict[str, Callable[[], str]]:
        files = {suffix: lambda end=suffix: self.file_of(end)
                 for suffix in (".graphml", ".gexf", ".json", ".csv")}  # fmt: skip
        return {
            "tables": self.tables, "graph tables": self.graph_tables, **files, "view": self.view,
            "report": self.report, "charts": self.charts, "habits": self.habits,
            "sentences": self.sentences, "summary": self.summary,
            "tables as CSV": lambda: self.kept(".csv"),
            "tables as Markdown": lambda: self.kept(".md"),
            "reminders": self.reminders, "hover pages": self.hovers,
        }  # fmt: skip


def shown_table(table: object) -> str:
    assert isinstance(table, pd.DataFrame)
    return "\n".join([table.to_csv(), repr(table), str(table.attrs)])
