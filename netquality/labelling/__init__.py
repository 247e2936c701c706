"""A card to label people by keyboard, blind to whatever was counted about them.

Labels that are given after the counts agree with the counts. So the card shows a name, and where
that person works, and nothing else; and whom it shows is drawn from people of every kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.errors import SettingError
from netquality.journal import read_journal
from netquality.labelling.card import Face, LabelCard
from netquality.labelling.drawing import drawn
from netquality.network import need_network
from netquality.status import assess

if TYPE_CHECKING:
    import os

    from netquality.network import Network

__all__ = ["LabelCard", "label_card"]


def label_card(
    network: Network, path: str | os.PathLike[str], n: int = 40, *, seed: int = 0
) -> LabelCard:
    """Return a card that asks how you see some people, one at a time, and keeps what you say.

    Parameters
    ----------
    network : Network
        The owner's.
    path : str or path-like
        The journal, as a rule ``nq.journal_path(export)``. Each label is in it at once, as
        `netquality.keep_word` writes it.
    n : int
        How many people at the most.
    seed : int
        Another one draws other people; the same one draws the same, in any order of rows.

    Returns
    -------
    LabelCard
        It shows itself in a notebook: 1 close, 2 know, 3 stranger, 4 not interested; s skips, u
        takes the last one back, Esc or q stops. Where nobody sits before the notebook it says in
        one line how many it would show, and writes nothing.

    Raises
    ------
    ExportError, OwnerError
        As `netquality.read_journal`.
    SettingError
        When `n` or `seed` is no whole number.

    Notes
    -----
    People are drawn in turn from seven kinds, so that there are enough of each: in touch; resting;
    resting for three years and more; one short exchange; one-sided; no conversation, but something
    else on file; nothing at all on file. It is no sample in the proportions of the network, and
    figures that rest on it are about such a mix. Left out are who is labelled already and who is
    hidden. The order in which they are shown is drawn too, and gives no kind away.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> with tempfile.TemporaryDirectory() as home:
    ...     card = nq.label_card(network, f"{home}/netquality-journal.csv", n=3)
    ...     card.press("begin")
    ...     card.press("close")
    ...     card.press("skip")
    ...     nq.read_journal(f"{home}/netquality-journal.csv", network)
    Journal(1 label, 0 off-platform, 0 hidden, 0 people with notes)
    >>> card
    LabelCard(2 of 3 people seen, 1 labelled)
    """
    need_network(network)
    for name, number in (("n", n), ("seed", seed)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise SettingError(f"{name}={number!r}: give a whole number of 0 or more.")
    words = read_journal(path, network).words
    spoken = words.loc[words["owner_label"].notna() | words["is_hidden"], "person_id"]
    people = assess(network)
    chosen = drawn(people[~people["person_id"].isin(spoken)], n, seed)
    rows = people.set_index("person_id").loc[chosen, ["name", "company", "position"]]
    faces = [Face(*map(str, row)) for row in rows.fillna("").itertuples()]
    return LabelCard(faces, path, network)
