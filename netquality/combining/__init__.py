"""`combine`: the address books and the export become one network, each human once.

What an address book adds is worked out anew from all of its rows each time, so that it does not
matter which book came first, or how often.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from netquality.combining.answers import understand
from netquality.combining.cards import SAYS, card_records, gather, own_records, tell_apart
from netquality.combining.joining import Groups, join_records
from netquality.combining.outcome import (
    ADDRESS_BOOK,
    OWNER,
    all_contacts,
    all_doubts,
    all_matches,
    all_people,
    person_of,
)
from netquality.combining.questions import find_questions
from netquality.combining.records import Record, is_full
from netquality.decisions import Decisions, as_decisions
from netquality.errors import TableError
from netquality.identity import HIDDEN_MEMBER, company_keys, name_key
from netquality.network import Contacts, Network, need_network
from netquality.words import plural

if TYPE_CHECKING:
    import os

__all__ = ["combine"]


def combine(
    network: Network,
    *contacts: Contacts,
    decisions: str | os.PathLike[str] | Decisions | None = None,
) -> Network:
    """Join address books to a network: each human once, what is doubtful left for you to say.

    Parameters
    ----------
    network : Network
        As `netquality.read_linkedin` or an earlier `combine` returned it; it is not changed.
    *contacts : Contacts
        As `netquality.read_contacts` returned them.
    decisions : str, path-like or Decisions, optional
        Your answers, as `netquality.keep_decisions` keeps them; a file that is not there yet holds
        none. The network remembers them: without any, those given to it before are applied.

    Returns
    -------
    Network
        With a row in `people` for everybody who is in an address book alone, the rows of the books
        in `contacts` and `addresses` with the `person_id` of whom they are about (missing where
        that is you yourself), what was joined in `matches` and what may be the same human in
        `doubts`. Nothing that the export says of people is changed.

    Raises
    ------
    SettingError
        When two different address books have the same file name.
    ExportError
        When the file of decisions cannot be understood, or its answers contradict each other.
    TableError
        When an argument is something else.

    Notes
    -----
    Joined are, the firmest first: your own word; the same LinkedIn profile; the same e-mail
    address, unless the names contradict each other; the same phone number and name; the same name
    and company where these single out one human. Never the name alone.

    Examples
    --------
    >>> import netquality as nq
    >>> from netquality.tables import ADDRESSES, CONTACTS, COVERAGE, REJECTS, build, empty
    >>> card = {name: [None] for name in CONTACTS.dtypes} | {
    ...     "contact_id": ["name:nora erfunden"], "name": ["Nora Erfunden"], "line": [2],
    ...     "source": ["contacts.csv"]}
    >>> book = Contacts(build(CONTACTS, card), empty(ADDRESSES), empty(COVERAGE), empty(REJECTS),
    ...                 "google", "contacts.csv")
    >>> network = combine(nq.load_sample(), book)
    >>> network.people["matched_by"].iloc[-1], network.contacts["person_id"].item()
    ('address book', 'name:nora erfunden')
    """
    need_network(network)
    for given in contacts:
        if not isinstance(given, Contacts):
            raise TableError(
                f"contacts: is {type(given).__name__}. Give what nq.read_contacts returned."
            )
    answers = as_decisions(network.decisions if decisions is None else decisions)
    people = network.people[network.people["matched_by"] != ADDRESS_BOOK].reset_index(drop=True)
    book = tell_apart(gather(network, contacts), frozenset(people["person_id"]))
    records = [*own_records(people), *card_records(book), *_owner(network)]
    steps: list[dict[str, str]] = []
    understood = understand(answers, records, book.contacts)
    groups = join_records(records, answers, understood.said, steps)
    own_cards = _join_own_cards(groups)
    asked = find_questions(groups, aside=frozenset({groups.of.get(OWNER, OWNER)}))
    named = {name: person_of(groups.records[key]) for name, key in groups.of.items()}
    everybody = all_people(people, book.contacts, groups, named)
    lost = (understood.strangers, understood.unclear)
    said = _said(own_cards, len(asked.pairs), asked.crowded, *lost)
    return replace(
        network,
        decisions=answers,
        people=everybody,
        contacts=all_contacts(book.contacts, named),
        addresses=book.addresses,
        coverage=book.coverage,
        rejects=book.rejects,
        kinds=book.kinds,
        matches=all_matches(network.matches, book, records, named, steps, understood.said),
        doubts=all_doubts(network.doubts, book, everybody, groups, asked.pairs),
        warnings=(*book.warnings, *said),
    )


_SAYINGS: Final = (
    ("card is taken for your own", "cards are taken for your own"),
    ("pair may be the same human: see doubts", "pairs may be the same human: see doubts"),
    (
        "name or address is common to so many that nothing was asked about it",
        "names or addresses are common to so many that nothing was asked about them",
    ),
    (
        "of your answers is about somebody who is not here",
        "of your answers are about people who are not here",
    ),
    (
        "of your answers is about an address that several cards have by now: say it again of one",
        "of your answers are about addresses that several cards have by now: say it again of one",
    ),
)


def _said(*counts: int) -> list[str]:
    """Return what is to be said of own cards, doubts, what is too common, and lost answers."""
    pairs = zip(counts, _SAYINGS, strict=True)
    return [f"{SAYS}{plural(count, one, many)}." for count, (one, many) in pairs if count]


def _owner(network: Network) -> list[Record]:
    """Return the owner as a record, where anything is known of them."""
    name = network.owner.name
    called = name_key(name) if name and name != HIDDEN_MEMBER else ""
    profile = network.owner.profile_key
    if not called and not profile:
        return []
    return [
        Record(
            ids=frozenset({OWNER}),
            people=frozenset({OWNER}),
            names=frozenset({called} - {""}),
            companies=frozenset(company_keys(network.positions["company"]).dropna()),
            profiles=frozenset({profile} if profile else ()),
        )
    ]


def _join_own_cards(groups: Groups) -> int:
    """Give the owner the cards that bear their name, if nobody else has it; count all of theirs.

    That is no match of two people: it only keeps the owner from being one of their own contacts.
    """
    if OWNER not in groups.of:
        return 0
    own = groups.of[OWNER]
    names = {name for name in groups.records[own].names if is_full(name)}
    called = [key for key, record in groups.records.items() if record.names & names]
    if not any(groups.records[key].people for key in called if key != own):
        cards = [key for key in called if key != own and groups.may_join([own, key])]
        if cards and groups.may_join([own, *cards]):
            groups.join([own, *cards])
    return len(groups.records[groups.of[OWNER]].ids) - 1
