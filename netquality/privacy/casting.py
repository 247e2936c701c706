"""Who and what is called how now: one table of names for all tables of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.privacy.filenames import invented_files
from netquality.privacy.spellings import spell
from netquality.pseudonyms import invent_names, keyed, secret_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from netquality.network import Network
    from netquality.privacy.spellings import Spellings

__all__ = ["Cast", "cast_of", "id_of", "threads_of"]

_OWNER: Final = "owner"
_TIES: Final = ["person_id", "at", "character_count", "question_count"]
"""Messages alike in these are put in order by their conversation (`netquality.interactions`)."""
_TOKEN: Final = 16


class Cast(NamedTuple):
    """What everybody and everything is called now."""

    secret: bytes
    names: Mapping[str, tuple[str, str]]
    """Given and family name, by id; that of the owner stands under another key."""
    owner: tuple[str, str]
    spelled: Spellings
    files: Mapping[str, str]

    def person(self, ids: pd.Series) -> pd.Series:
        """Return the new id of each."""
        return _mapped(ids, {key: id_of(name) for key, name in self.names.items()})

    def part(self, ids: pd.Series, which: int) -> pd.Series:
        """Return the given name (0) or the family name (1) of each."""
        return _mapped(ids, {key: name[which] for key, name in self.names.items()})

    def whole(self, ids: pd.Series) -> pd.Series:
        """Return the whole name of each."""
        return _mapped(ids, {key: " ".join(name) for key, name in self.names.items()})

    def file(self, names: pd.Series) -> pd.Series:
        """Return the file names."""
        return _mapped(names, self.files)

    def place(self, texts: pd.Series) -> pd.Series:
        """Return the companies or schools."""
        return _mapped(texts, self.spelled.places)

    def title(self, texts: pd.Series) -> pd.Series:
        """Return the job titles."""
        return _mapped(texts, self.spelled.titles)

    def token(self, kind: str, texts: pd.Series) -> pd.Series:
        """Return something in place of each text that tells it from others and says nothing."""
        known = texts.dropna().unique().tolist()
        return _mapped(texts, {text: f"{kind}-{self.digits(kind, text)}" for text in known})

    def digits(self, kind: str, text: str) -> str:
        """Return a long number for a text."""
        return keyed(self.secret, f"{kind} {text}").hex()[:_TOKEN]


def cast_of(network: Network, seed: int | str) -> Cast:
    """Return what everybody and everything of a network is called."""
    owner = network.owner.profile_key or network.owner.name or ""
    ids = _everybody(network)
    keys = {f"person {one}": one for one in ids} | {f"{_OWNER} {owner}": None}
    secret = secret_of(seed, keys)
    drawn = invent_names(keys, secret=keyed(secret, "people"))
    names = {one: drawn[key] for key, one in keys.items() if one is not None}
    files = invented_files(network, secret)
    return Cast(secret, names, drawn[f"{_OWNER} {owner}"], spell(network, secret), files)


def _everybody(network: Network) -> list[str]:
    tables = (network.people, network.interactions, network.participants, network.contacts,
              network.matches, network.doubts)  # fmt: skip
    return sorted({one for table in tables for one in table["person_id"].dropna().unique()})


def id_of(name: tuple[str, str]) -> str:
    """Return the id that goes with a name."""
    return "-".join(name).casefold().replace(" ", "-")


def threads_of(network: Network, cast: Cast) -> dict[str, str]:
    """Return a token for each conversation.

    Where two messages of the same instant are told apart by their conversation alone, which of the
    two comes first is as before.
    """
    rows = network.interactions
    known = {*rows["thread_id"].dropna(), *network.participants["thread_id"].dropna()}
    token = {text: f"thread-{cast.digits('thread', text)}" for text in known}
    direct = rows[~rows["is_group"] & (rows["kind"] == "message") & rows["thread_id"].notna()]
    pairs = direct[[*_TIES, "thread_id"]].drop_duplicates()
    tied = pairs[pairs.duplicated(_TIES, keep=False)]
    for group in _together(tied):
        ordered = sorted(token[text] for text in group)
        token |= dict(zip(sorted(group), ordered, strict=True))
    return token


def _together(tied: pd.DataFrame) -> list[set[str]]:
    """Return the conversations that are tied with one another, directly or through others."""
    groups: list[set[str]] = []
    for _, rows in tied.groupby(_TIES, dropna=False)["thread_id"]:
        joined = set(rows)
        apart = [group for group in groups if group.isdisjoint(joined)]
        for group in groups:
            joined |= group if not group.isdisjoint(joined) else set()
        groups = [*apart, joined]
    return groups


def _mapped(texts: pd.Series, called: Mapping[str, str]) -> pd.Series:
    return texts.map(called).astype("str")
