"""Settings that are frozen, named and passed in: what they have in common."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from netquality.errors import SettingError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["MOST_DAYS", "as_rule", "need_whole_numbers"]

MOST_DAYS: Final = 36_525
"""A hundred years: more cannot be meant, and less than the calendar can count."""

Rule = TypeVar("Rule")


def as_rule(given: object, kind: type[Rule]) -> Rule:
    """Return the rule that a caller gave, or the usual one for None.

    Raises
    ------
    SettingError
        When it is something else.

    Examples
    --------
    >>> from netquality.depth import DepthRule
    >>> as_rule(None, DepthRule) == DepthRule()
    True
    """
    if given is None:
        return kind()
    if isinstance(given, kind):
        return given
    name = kind.__name__
    raise SettingError(f"rule: is {type(given).__name__}. Give an nq.{name}, like nq.{name}().")


def need_whole_numbers(rule: DataclassInstance) -> None:
    """Refuse a rule whose fields are no whole numbers from 1 to `MOST_DAYS`, all at once."""
    given: dict[str, Any] = {field.name: getattr(rule, field.name) for field in fields(rule)}
    wrong = [
        f"{name}={value!r}"
        for name, value in given.items()
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_DAYS
    ]
    if wrong:
        raise SettingError(
            f"{type(rule).__name__}: {', '.join(wrong)}: a whole number above 0 "
            f"is needed, and {MOST_DAYS:,} at the most."
        )
