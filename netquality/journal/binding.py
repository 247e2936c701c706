"""Whose journal it is: one owner's, and refused beside the export of another."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError, OwnerError
from netquality.identity import name_key, profile_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.identity import Owner

__all__ = ["need_same_owner", "owner_text"]

_BY_NAME: Final = "name:"
_GIVE_ME: Final = "nq.read_linkedin(..., me='https://www.linkedin.com/in/...')"


def owner_text(owner: Owner) -> str:
    """Return what stands in the column `owner`: the profile key, else the name's.

    Raises
    ------
    OwnerError
        When the export shows neither.

    Examples
    --------
    >>> from netquality.identity import Owner
    >>> owner_text(Owner("Olga Ovens", "olga-ovens-1", "test"))
    'olga-ovens-1'
    >>> owner_text(Owner("Olga Ovens, PhD", None, "test"))
    'name:olga ovens'
    """
    mine = _known(owner)
    if not mine:
        raise OwnerError(
            "journal: this export does not show whose it is, and a journal belongs to one owner. "
            f"Give your own profile URL: {_GIVE_ME}."
        )
    return mine[0]


def need_same_owner(texts: Iterable[str], owner: Owner, *, source: str) -> None:
    """Raise unless what stands in the column `owner` is this owner and nobody else.

    A name is compared with a name and a key with a key. A journal begun beside an export that
    showed no key holds names first and keys later; both are then this owner's.

    Raises
    ------
    ExportError
        When it is somebody else, or the column names nobody.
    OwnerError
        When it cannot be told, for the one side has a name only and the other a key only.
    """
    mine = {owner_text(owner), *_known(owner)}
    found = {_comparable(text) for text in texts} - {""}
    if not found:
        raise ExportError(f"{source}: the column owner names nobody. {_write_it(owner)}")
    for is_name in (True, False):
        theirs = {text for text in found if text.startswith(_BY_NAME) == is_name}
        ours = {text for text in mine if text.startswith(_BY_NAME) == is_name}
        if len(theirs) > 1 or (ours and theirs - ours):
            raise ExportError(
                f"{source}: belongs to another person's export. Give the journal that lies beside "
                "this export; if it is yours and the address of your profile has changed since, "
                "replace the old one in its column owner."
            )
    if not found & mine:
        by_name = any(text.startswith(_BY_NAME) for text in found)
        raise OwnerError(
            f"{source}: names its owner by name only, which this export does not show. Take an "
            "export with Profile.csv in it, or put your profile's address in its column owner."
            if by_name
            else f"{source}: names its owner by the address of a profile, which this export does "
            f"not show. Give yours: {_GIVE_ME}."
        )


def _write_it(owner: Owner) -> str:
    how = "profile's address" if owner.profile_key else f"name after '{_BY_NAME}'"
    return f"If it is yours, write your {how} there."


def _known(owner: Owner) -> list[str]:
    """Return what is known of an owner as it may stand in the column, the key first."""
    name = name_key(owner.name or "")
    return [*filter(None, [owner.profile_key]), *([_BY_NAME + name] if name else [])]


def _comparable(text: str) -> str:
    """Return what stands in the column as a key or ``name:`` and a name's key."""
    text = text.strip()
    if text[: len(_BY_NAME)].casefold() == _BY_NAME:
        return _BY_NAME + name_key(text[len(_BY_NAME) :])
    return profile_key(text) or unicodedata.normalize("NFC", text).casefold()
