"""Settings that are frozen, named and passed in: what they have in common."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from math import inf
from typing import TYPE_CHECKING, Any, Final, TypeVar

from netquality.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

__all__ = ["MOST_DAYS", "as_rule", "need_whole_numbers", "some_of"]

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


def need_whole_numbers(rule: DataclassInstance, weights: Collection[str] = ()) -> None:
    """Refuse a rule whose fields are no whole numbers from 1 to `MOST_DAYS`, all at once.

    Fields that are named as weights may be any finite number from 0 on; they become floats.
    """
    given: dict[str, Any] = {field.name: getattr(rule, field.name) for field in fields(rule)}
    light = [
        f"{name}={given[name]!r}"
        for name in weights
        if isinstance(given[name], bool)
        or not isinstance(given[name], int | float)
        or not 0 <= given[name] < inf
    ]
    if light:
        raise SettingError(
            f"{type(rule).__name__}: {', '.join(light)}: a weight is a number of 0 or more."
        )
    for name in weights:
        object.__setattr__(rule, name, float(given.pop(name)))
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


def some_of(name: str, asked: object, known: Sequence[str]) -> list[str]:
    """Return what was asked for of what there is, in its order.

    Raises
    ------
    SettingError
        When it is no collection, or anything else is in it.

    Examples
    --------
    >>> some_of("kinds", {"b", "a"}, ("a", "b", "c"))
    ['a', 'b']
    """
    if isinstance(asked, Collection) and not isinstance(asked, (str, bytes)):
        wanted = list(asked)
        if all(isinstance(one, str) and one in known for one in wanted):
            return [one for one in known if one in wanted]
    raise SettingError(f"{name}: give some of {', '.join(known)}, like {[known[0]]}.")
