"""One call traces a status to the rules, the figures and every row behind it."""

from __future__ import annotations

import re

import pytest
from stories import network_of, one, rows_of

import netquality as nq


@pytest.fixture(scope="module")
def sample():
    return nq.load_sample()


def test_every_status_of_the_sample_is_the_first_step_that_holds(sample):
    people = nq.assess(sample)
    few = people.groupby("status", dropna=False).head(3)
    assert few["status"].isna().any()
    for row in few.itertuples():
        why = nq.explain(sample, row.person_id)
        holding = why.steps.loc[why.steps["holds"], "status"]
        assert holding.head(1).tolist() == ([row.status] if isinstance(row.status, str) else [])
        talk = {"active", "dormant", "brief", "one_way"} & set(holding)
        assert len(talk) <= 1  # what one rule says, no other contradicts
        assert ("feather" in set(holding)) == (row.status == "feather")  # "none of these"
        assert why.reason == (row.status_reason if isinstance(row.status, str) else None)


def test_figures_are_the_counts_of_the_rows(sample):
    people = nq.assess(sample).sort_values("contact_days").tail(4)
    for row in people.itertuples():
        why = nq.explain(sample, row.person_id)
        kind = why.rows["counts_as"]
        talk = kind.isin(["talk: an answer", "talk: answered later"])
        real = talk | (kind == "real, not answered")
        day = why.rows["at"].dt.floor("D")
        assert day[real].nunique() == row.contact_days
        assert day[talk].nunique() == row.talk_days
        assert (kind == "set phrase, set aside").sum() == row.greeting_count
        assert (kind == "message in a group, set aside").sum() == row.group_message_count
        answers = why.rows["is_answer"]
        assert answers.sum() == row.answers_given_count + row.answers_received_count
        theirs = sample.interactions[sample.interactions["person_id"] == row.person_id]
        assert sorted(why.rows.index) == sorted(theirs.index)  # not one row more or less


def test_a_story_row_by_row():
    why = nq.explain(one("SRcGgS  n"), "p")
    assert why.rows["counts_as"].tolist() == [
        "talk: answered later",
        "talk: an answer",
        "set phrase, set aside",
        "message in a group, set aside",
        "message in a group, set aside",
        "talk: an answer",
        "invitation note without an answer, set aside",
    ]
    assert why.rows["is_answer"].tolist() == [False, True, False, False, False, True, False]
    assert why.status == "brief"
    assert "your days of talk span 5 days, theirs 0 days" in str(why)
    assert "One short exchange" in why._repr_html_()


def test_the_past_is_explained_with_what_was_known_then():
    why = nq.explain(one("S" + " " * 10 + "R"), "p", "2020-01-06")
    assert why.status == "one_way"
    assert why.rows["counts_as"].tolist() == ["real, not answered"]


def test_somebody_is_meant_by_key_or_by_a_name_that_one_person_has():
    network = network_of(rows_of("SR", "ana") + rows_of("SR", "ben"))
    assert nq.explain(network, "Ana").person_id == "ana"
    assert nq.explain(network, "ANA 🚀").person_id == "ana"
    two = network.people.assign(name="Ana")
    network = nq.Network(**(vars(network) | {"people": two}))
    for wrong, said in (("Ana", "2 people fit this"), ("zed", "nobody here"), (3, "nobody")):
        with pytest.raises(nq.NetQualityError, match=said) as caught:
            nq.explain(network, wrong)
        assert "Ana" not in str(caught.value)


def test_what_a_status_rests_on_without_a_message_is_said():
    made = network_of([], "2020-06-01", people={"p": {"company": "Acme <b>", "position": "Baker"}})
    why = nq.explain(made, "p")
    listed = (
        "By your list of connections: connected on 1 June 2020; employer Acme <b>; position Baker."
    )
    assert why.connection == listed
    assert f"{listed}\nNo message or other exchange between the two of you" in str(why)
    assert "Acme &lt;b&gt;" in why._repr_html_()
    assert "no row" not in str(why).casefold()


def test_names_are_shown_as_text_and_stay_out_of_repr():
    hostile = '<script>alert("x")</script>'
    why = nq.explain(_named(hostile), "p")
    assert "<script>" not in why._repr_html_()
    assert hostile not in repr(why)
    assert str(why).startswith(hostile)


def _named(name):
    network = one("SR")
    return nq.Network(**(vars(network) | {"people": network.people.assign(name=name)}))


def test_without_messages_it_says_so():
    network = one("")
    bare = nq.Network(**(vars(network) | {"kinds": frozenset(["connections"])}))
    why = nq.explain(bare, "p")
    assert why.status == "unknown"
    assert why.steps["found"].tolist().count("no messages file, so nobody knows") == 5


def test_a_sign_beside_a_real_message_is_told_and_does_not_decide():
    praise = rows_of("S")[0] | {
        "kind": "recommendation", "thread_id": None, "recipient_count": None,
        "character_count": None, "question_count": None, "direction": "received",
    }  # fmt: skip
    why = nq.explain(network_of([*rows_of("S"), praise], people={"p": {}}), "p")
    step = why.steps.set_index("status").loc["unknown"]
    assert why.status == "one_way"
    assert not step["holds"]
    assert "a recommendation is" in step["found"]
    assert step["found"].endswith("; it does not decide, for a real message is on file")
    assert "recommendation (no message)" in why.rows["counts_as"].tolist()


def test_before_the_connection_nobody_is_new():
    network = network_of(rows_of("S"), "2020-06-01")
    step = nq.explain(network, "p", "2020-02-01").steps.set_index("status").loc["new"]
    assert (step["found"], bool(step["holds"])) == ("not connected yet", False)


def test_a_name_steers_no_terminal():
    assert "\x1b" not in str(nq.explain(_named("Ana\x1b[2J"), "p"))


def test_who_is_no_connection_is_asked_no_rule():
    people = {"p": {"is_connection": False, "connected_on": None}}
    why = nq.explain(network_of(rows_of("Gg"), people=people), "p")
    assert why.status is None
    assert not why.steps["holds"].any()
    assert "this connection" not in " ".join(why.steps["found"])
    for shown in (str(why), why._repr_html_()):
        assert "who is no connection has a status only once you talked" in shown
        assert "One short exchange" not in shown
        assert "message in a group, set aside" in shown
    talked = nq.explain(network_of(rows_of("SR"), people=people), "p")
    assert talked.status == "brief"
    assert "yes  One short exchange" in str(talked)


def test_an_invitation_with_a_note_is_told_from_one_without():
    def counted(characters):
        asked = rows_of("S")[0] | {
            "kind": "invitation", "thread_id": None, "recipient_count": None,
            "character_count": characters, "question_count": characters and 0,
        }  # fmt: skip
        return nq.explain(network_of([asked], people={"p": {}}), "p").rows["counts_as"].tolist()

    assert counted(74) == ["invitation with a note"]
    assert counted(0) == counted(None) == ["invitation (no message)"]


def test_who_came_later_is_told_from_nobody():
    network = network_of(rows_of("S"), "2020-06-01")
    with pytest.raises(nq.NetQualityError, match="only after the date judged at"):
        nq.explain(network, "p", "2019-02-01")
    with pytest.raises(nq.NetQualityError, match=r"nobody here .* of the table people\.$"):
        nq.explain(network, "q", "2019-02-01")


def test_in_a_notebook_words_stand_left_and_figures_right_whatever_the_page_says():
    told = nq.explain(one("SR | SR"), "p")._repr_html_()
    cells = re.findall(r'<t[hd] style="text-align: (\w+);[^"]*padding: ([^";]+)"[^>]*>(.*?)<', told)
    assert len(cells) == len(re.findall("<t[hd] ", told))  # each cell says so itself
    assert all(padding == "0.3em 1.2em 0.3em 0.3em" for _, padding, _ in cells)
    right = {words for side, _, words in cells if side == "right"}
    assert "characters" in right
    assert all(words == "characters" or words.isdigit() or not words for words in right)
    assert {"status", "rule", "here", "who", "counts as"} <= {
        words for side, _, words in cells if side == "left"
    }
