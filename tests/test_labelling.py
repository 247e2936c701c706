"""The card to label people: who is drawn, what it shows, what its keys do; in JupyterLab too."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest

import netquality as nq
from netquality.errors import SettingError
from netquality.labelling.drawing import KINDS, drawn, kinds_of

SAMPLE = nq.load_sample()
PEOPLE = nq.assess(SAMPLE)
SHOWN = {"state", "at", "of", "can_undo", "progress", "said", "name", "company", "position"}


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "netquality-journal.csv"


def said_in(journal, network=SAMPLE) -> dict[str, str]:
    words = nq.read_journal(journal, network).words.dropna(subset="owner_label")
    return dict(zip(words["person_id"], words["owner_label"], strict=True))


def pressed(card: nq.LabelCard, *words: str) -> nq.LabelCard:
    for word in words:
        card.press(word)
    return card


# -- who is drawn ---------------------------------------------------------------------------------


def test_forty_are_of_all_kinds_and_as_many_of_each():
    chosen = drawn(PEOPLE, 40, seed=0)
    counts = kinds_of(PEOPLE)[chosen].value_counts()
    assert len(set(chosen)) == 40
    assert set(counts.index) == set(KINDS)
    assert counts.max() - counts.min() <= 1


def test_a_kind_that_runs_out_leaves_its_turn_to_the_others():
    few = PEOPLE[PEOPLE["status"].isin(["active", "new"])]
    chosen = drawn(few, 60, seed=0)
    assert few.set_index("person_id")["status"][chosen].value_counts().to_dict() == {
        "active": 35, "new": 25,
    }  # fmt: skip
    assert len(drawn(few, 10_000, seed=0)) == len(few)
    assert drawn(few.head(0), 40, seed=0) == []


def test_the_seed_decides_and_the_order_of_rows_does_not():
    assert drawn(PEOPLE, 40, seed=0) == drawn(PEOPLE.sample(frac=1, random_state=1), 40, seed=0)
    assert set(drawn(PEOPLE, 40, seed=0)) != set(drawn(PEOPLE, 40, seed=1))


def test_who_is_left_out_changes_nobody_elses_lot():
    chosen = drawn(PEOPLE, 40, seed=0)
    gone = chosen[:5]
    again = drawn(PEOPLE[~PEOPLE["person_id"].isin(gone)], 40, seed=0)
    assert set(chosen) - set(gone) <= set(again)
    assert [one for one in again if one in chosen] == chosen[5:]


def test_the_order_gives_no_kind_away():
    """Were the kinds shown in turn, each would be seven places after the last of its kind."""
    kinds = kinds_of(PEOPLE)[drawn(PEOPLE, 40, seed=0)].tolist()
    assert any(kinds[at] == kinds[at + 1] for at in range(39))
    assert kinds[:7] != list(KINDS)


def test_nobody_labelled_or_hidden_is_asked_about_again(journal):
    first = nq.label_card(SAMPLE, journal, n=6)
    pressed(first, "begin", "close", "know", "stranger", "not interested", "skip")
    labelled = said_in(journal)
    assert len(labelled) == 4
    hidden = drawn(PEOPLE[~PEOPLE["person_id"].isin(labelled)], 1, seed=0)[0]
    nq.keep_word(hidden, journal, SAMPLE, hidden=True)
    everybody = len(PEOPLE["status"].dropna())
    second = nq.label_card(SAMPLE, journal, n=everybody)
    assert second.shown["of"] == everybody - 5
    assert not {*labelled, hidden} & {face.person_id for face in second._faces}


@pytest.mark.parametrize("wrong", [{"n": -1}, {"n": True}, {"n": 4.5}, {"seed": "a"}])
def test_what_is_no_number_is_refused(journal, wrong):
    with pytest.raises(SettingError, match="whole number"):
        nq.label_card(SAMPLE, journal, **wrong)


# -- what it shows --------------------------------------------------------------------------------


def test_it_is_blind_to_all_that_was_counted(journal):
    """Nothing but three texts is within its reach, so nothing else can be shown."""
    card = pressed(nq.label_card(SAMPLE, journal, n=40), "begin")
    facts = PEOPLE.set_index("person_id")
    for face in card._faces:
        row = facts.loc[face.person_id]
        shown = card.shown
        assert set(shown) == SHOWN
        assert shown["name"] == row["name"]
        assert shown["company"] == (row["company"] if pd.notna(row["company"]) else "")
        text = json.dumps(shown, ensure_ascii=False)
        for secret in (row["status_shown"], row["status_reason"], face.person_id, "depth", "talk"):
            assert secret not in text.replace(row["name"], "")
        card.press("skip")
    assert card.shown["state"] == "done"


def test_hostile_names_are_texts_in_one_line(journal):
    evil = "<script>alert(1)</script>\u202egnp.exe\n" + "x" * 10_000
    people = SAMPLE.people.assign(name=pd.Series(evil, SAMPLE.people.index, dtype="str"))
    card = nq.label_card(dataclasses.replace(SAMPLE, people=people), journal, n=1)
    name = pressed(card, "begin").shown["name"]
    assert name.startswith("<script>alert(1)</script>⟨U+202E⟩gnp.exe ↵ xxx")
    assert len(name) == 300


def test_the_script_sets_texts_and_never_markup():
    from importlib.resources import files  # noqa: PLC0415

    script = files("netquality.labelling").joinpath("card.js").read_text("utf-8")
    assert "textContent" in script
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "http", "import"):
        assert way not in script


# -- what its keys do -----------------------------------------------------------------------------


def test_each_answer_is_in_the_journal_at_once(journal):
    card = nq.label_card(SAMPLE, journal, n=4)
    assert card.shown["state"] == "begin"
    assert "name" not in card.shown
    card.press("close")  # nobody is shown yet
    assert not journal.exists()
    card.press("begin")
    asked = [face.person_id for face in card._faces]
    for number, label in enumerate(("close", "know", "stranger", "not interested"), 1):
        assert card.shown["progress"] == f"{number} of 4"
        card.press(label)
        assert said_in(journal)[asked[number - 1]] == label
    assert card.shown["state"] == "done"
    assert card.shown["progress"] == "4 labels kept."


def test_undo_takes_back_what_was_said_and_asks_again(journal):
    card = pressed(nq.label_card(SAMPLE, journal, n=3), "begin", "close", "skip", "know")
    first, _, third = (face.person_id for face in card._faces)
    assert said_in(journal) == {first: "close", third: "know"}
    card.press("undo")
    assert card.shown["progress"] == "3 of 3"
    assert said_in(journal) == {first: "close"}
    pressed(card, "undo", "undo")
    assert card.shown["progress"] == "1 of 3"
    assert not card.shown["can_undo"]
    assert said_in(journal) == {}
    card.press("undo")
    pressed(card, "stranger")
    assert said_in(journal) == {first: "stranger"}
    assert "close" in journal.read_text("utf-8")  # a journal is only ever added to


def test_one_can_stop_and_go_on(journal):
    card = pressed(nq.label_card(SAMPLE, journal, n=3), "begin", "know", "stop")
    assert card.shown["state"] == "stopped"
    assert card.shown["progress"] == "1 label kept, 2 people to go."
    card.press("know")
    assert len(said_in(journal)) == 1
    card.press("begin")
    assert card.shown["progress"] == "2 of 3"


def test_a_key_meant_for_a_card_that_is_gone_does_nothing(journal):
    card = pressed(nq.label_card(SAMPLE, journal, n=3), "begin")
    card.press("close", 0)
    card.press("close", 0)  # pressed twice before the next name was there
    assert len(said_in(journal)) == 1
    assert card.shown["at"] == 1
    with pytest.raises(SettingError, match="no key"):
        card.press("delete")


def test_what_cannot_be_kept_is_said_and_asked_again(journal, tmp_path):
    card = pressed(nq.label_card(SAMPLE, journal, n=2), "begin")
    journal.write_text("somebody else's notes\n", "utf-8")
    card.press("close")
    assert card.shown["progress"] == "1 of 2"
    assert card.shown["said"].startswith("Not kept. netquality-journal.csv")
    assert str(tmp_path) not in card.shown["said"]
    journal.unlink()
    card.press("close")
    assert card.shown["progress"] == "2 of 2"
    assert card.shown["said"] == ""


def test_when_all_are_labelled_it_says_so(journal):
    card = pressed(nq.label_card(SAMPLE, journal, n=0), "begin")
    assert card.shown["state"] == "done"
    assert "Nobody is left" in card.shown["said"]


def test_where_nobody_sits_it_says_in_a_line_that_it_waits(journal, capsys):
    nq.label_card(SAMPLE, journal, n=40)._ipython_display_()
    assert capsys.readouterr().out == (
        "This card waits for you: in JupyterLab it shows 40 people, one at a time.\n"
    )
    assert not journal.exists()
