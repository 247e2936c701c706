"""What speaks for two records being the same human, and what against: facts, weight, a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netquality.combining.records import Record, fold, relation, same_phone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "FREE_MAIL",
    "Facts",
    "compare",
    "domain_words",
    "is_doubtful",
    "mail_forms",
    "name_forms",
    "sentence",
    "squeezed",
    "strength",
]

FREE_MAIL: Final = frozenset(
    ("gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "icloud", "me",
     "mac", "aol", "gmx", "web", "mail", "email", "proton", "protonmail", "posteo", "tonline",
     "freenet", "orange", "wanadoo", "libero", "yandex", "qq", "163", "126", "fastmail", "zoho")
)  # fmt: skip
"""Whose addresses say nothing about an employer, without signs."""
_OF_COUNTRIES: Final = frozenset(("co", "com", "org", "net", "ac", "gov", "edu"))
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")
_PARTS: Final = 2


def name_forms(name: str) -> dict[str, bool]:
    """Return how an e-mail address spells this name, and whether that is the whole of it.

    Examples
    --------
    >>> name_forms("anna maria ficticia")["annaficticia"], name_forms("anna ficticia")["aficticia"]
    (True, False)
    """
    words = fold(name).split()
    if len(words) < _PARTS:
        return {}
    first, last = words[0], words[-1]
    whole = (first + last, last + first, "".join(words))
    short = (first[0] + last, last + first[0], first + last[0])
    return {form: False for form in short if len(form) > _PARTS} | dict.fromkeys(whole, True)


def mail_forms(emails: Iterable[str]) -> frozenset[str]:
    """Return what stands before the ``@``, letters only.

    Examples
    --------
    >>> sorted(mail_forms(["anna.ficticia2@example.org"]))
    ['annaficticia']
    """
    parts = (_NO_LETTERS.sub("", fold(email.partition("@")[0])) for email in emails)
    return frozenset(part for part in parts if part)


def domain_words(emails: Iterable[str]) -> frozenset[str]:
    """Return the names of the domains, but for those that give everybody an address.

    Examples
    --------
    >>> sorted(domain_words(["a@mail.bake-co.example", "a@gmail.com"]))
    ['bakeco']
    """
    found = set()
    for email in emails:
        labels = email.rpartition("@")[2].split(".")[:-1]
        while len(labels) > 1 and labels[-1] in _OF_COUNTRIES:
            labels.pop()
        if labels:
            found.add(squeezed(labels[-1]))
    return frozenset(found) - FREE_MAIL - {""}


def squeezed(text: str) -> str:
    """Return letters and digits only, without accents.

    Examples
    --------
    >>> squeezed("Bäke & Co")
    'bakeco'
    """
    return re.sub(r"[\W_]+", "", fold(text))


@dataclass(frozen=True)
class Facts:
    """What two records have in common, and what not."""

    name: str
    profile: bool = False
    email: bool = False
    phone: bool = False
    company: bool = False
    reads: bool = False
    reads_whole: bool = False
    domain: bool = False
    other_company: bool = False
    other_profile: bool = False
    other_birthday: bool = False
    shared: bool = False
    namesakes: bool = False


def compare(
    one: Record,
    other: Record,
    *,
    crowded: Collection[str] = frozenset(),
    shared: bool = False,
    namesakes: bool = False,
) -> Facts:
    """Return the facts of two records.

    Parameters
    ----------
    one, other : Record
    crowded : collection of str
        Addresses that so many have that they speak for nobody.
    shared : bool
        Whether an address they have in common belongs to others too.
    namesakes : bool
        Whether others have the name they have in common.
    """
    mine = {form: whole for name in one.names for form, whole in name_forms(name).items()}
    yours = {form: whole for name in other.names for form, whole in name_forms(name).items()}
    read = [mine[form] for form in mail_forms(other.emails) if form in mine]
    read += [yours[form] for form in mail_forms(one.emails) if form in yours]
    companies = one.companies, other.companies
    domains = domain_words(other.emails) & set(map(squeezed, one.companies))
    domains |= domain_words(one.emails) & set(map(squeezed, other.companies))
    return Facts(
        name=relation(one.names, other.names),
        profile=bool(one.profiles & other.profiles),
        email=bool((one.emails & other.emails).difference(crowded)),
        phone=same_phone(one.phones.difference(crowded), other.phones.difference(crowded)),
        company=bool(companies[0] & companies[1]),
        reads=bool(read),
        reads_whole=any(read),
        domain=bool(domains),
        other_company=bool(companies[0] and companies[1] and not companies[0] & companies[1]),
        other_profile=bool(one.profiles and other.profiles and not one.profiles & other.profiles),
        other_birthday=bool(
            one.birthdays and other.birthdays and not one.birthdays & other.birthdays
        ),
        shared=shared,
        namesakes=namesakes,
    )


def is_doubtful(facts: Facts) -> bool:
    """Return whether these facts are worth a question.

    Examples
    --------
    >>> [is_doubtful(Facts("same")), is_doubtful(Facts("alike"))]
    [True, False]
    >>> is_doubtful(Facts("alike", reads=True))
    True
    """
    if facts.profile or facts.email or facts.phone or facts.name == "same":
        return True
    if facts.name in {"alike", "part"}:
        return facts.company or facts.reads or facts.domain
    return facts.name == "none" and facts.reads_whole


_WEIGHTS: Final = {
    "profile": 8, "email": 5, "phone": 4, "company": 3, "reads": 2, "domain": 1,
    "other_company": -1, "other_profile": -2, "other_birthday": -5, "shared": -1, "namesakes": -1,
}  # fmt: skip
_NAME_WEIGHTS: Final = {"same": 4, "alike": 3, "part": 1, "none": 0, "different": -4}


def strength(facts: Facts) -> int:
    """Return how much speaks for it, to put the clearest question first; no probability.

    Examples
    --------
    >>> strength(Facts("same", company=True)) > strength(Facts("same")) > strength(Facts("alike"))
    True
    """
    weighed = sum(weight for name, weight in _WEIGHTS.items() if getattr(facts, name))
    return weighed + _NAME_WEIGHTS[facts.name]


_FOR: Final = {
    "profile": "the LinkedIn profile is the same",
    "email": "the e-mail address is the same",
    "phone": "the phone number is the same",
    "company": "the company is the same",
    "reads": "an e-mail address reads like the name",
    "domain": "an e-mail address is of the same company",
}
_AGAINST: Final = {
    "shared": "others have that address too",
    "namesakes": "others have that name too",
    "other_company": "the companies differ",
    "other_profile": "the LinkedIn profiles differ",
    "other_birthday": "the birthdays differ",
}
_NAMES: Final = {
    "same": "the name is the same",
    "alike": "the names are much alike",
    "part": "one name is a part of the other",
}
_NO_NAMES: Final = {"different": "the names differ", "none": "one of them has no name"}


def sentence(facts: Facts) -> str:
    """Return what speaks for it and what against, in one sentence that quotes nothing.

    Examples
    --------
    >>> sentence(Facts("same"))
    'The name is the same; neither a company nor an address does more.'
    >>> sentence(Facts("different", email=True, shared=True))
    'The e-mail address is the same; the names differ and others have that address too.'
    """
    speaks = [text for name, text in _FOR.items() if getattr(facts, name)]
    alone = not speaks
    speaks = [_NAMES[facts.name], *speaks] if facts.name in _NAMES else speaks
    against = [_NO_NAMES[facts.name]] if facts.name in _NO_NAMES else []
    against += [text for name, text in _AGAINST.items() if getattr(facts, name)]
    if alone and not facts.other_company:
        against.insert(0, "neither a company nor an address does more")
    said = _listed(speaks)
    if not against:
        against = ["nothing firmer is on file"]
    return f"{said[0].upper()}{said[1:]}; {_listed(against)}."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
