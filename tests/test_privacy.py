"""Invented names: the same network, nothing of the original in anything that is made of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import leaks
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from exports import (
    back_and_forth,
    connection,
    files,
    invitation,
    message,
    position,
    recommendation,
    to_csv,
    write_folder,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from stories import network_of, row

import netquality as nq
from netquality import pseudonyms, tables
from netquality.errors import NetQualityError
from netquality.identity import NO_COMPANY, Owner, company_key, company_keys
from netquality.places import places_among
from netquality.privacy import invented
from netquality.privacy.casting import cast_of
from netquality.privacy.days import Moved
from netquality.privacy.filenames import invented_files
from netquality.privacy.spellings import spell
from netquality.reading.known import kind_of
from netquality.reconnecting.wanted import KINDS
from netquality.tables import EDUCATION, POSITIONS, build

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
SEED = "a sentence that nobody else knows"
NAMES = ("name", "given_name", "family_name", "maiden_name", "credentials", "company", "position",
         "email", "source", "person_id", "profile_key")  # fmt: skip
NAMED = ["tables", "graph tables", ".graphml", ".gexf", ".json", ".csv", "view", "report", "charts",
         "habits", "sentences", "tables as CSV", "tables as Markdown", "reminders",
         "hover pages"]  # fmt: skip


# -- networks -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> nq.Network:
    """The sample with the texts of its messages and with its address book."""
    [path] = SAMPLE.glob("*.zip")
    network = nq.read_linkedin(path, keep_text=True)
    return nq.combine(network, nq.read_contacts(SAMPLE / "google_contacts.csv"))


def hostile(place: Path) -> nq.Network:
    """A few people whose names, files and texts do what they can to stay."""
    people = [
        connection("zoltan-geheim-99", given="Zoltán", family="Geheimnisvoll, PhD (née Alteburg)",
                   company="Geheimfirma GmbH & Co. KG", position="Oberbefehlshaber, Uni Verborgen"),
        connection("quirin", given="Quirin", family="Geheimnisvoll", company="GEHEIMFIRMA",
                   position="=Oberbefehlshaber()"),
        connection("w%C3%BCrzig-x", given="Würzig", family="<b>Xanthippe</b>",
                   company="Freunde der Uni Verborgen", position="Student"),
        connection("", given="Namenlos", family="Ohneadresse", company="Smith & Co"),
        connection("", given="Namenlos", family="Ohneadresse", company="Smith"),
        connection("box-crow", given="Box", family="Crow", company="Basalt Oak Works"),
    ]  # fmt: skip
    days = ("2021-01-04", "2021-03-01", "2024-05-06")
    talk = [*back_and_forth("zoltan-geheim-99", *days), *back_and_forth("quirin", "2020-02-02")]
    group = [
        message("quirin", f"2022-02-0{day} 09:08:07 UTC", "Geheimplan Karamellbonbon",
                to=["zoltan-geheim-99"], title="Verschwörung Zwiebelturm", thread="2-geheimthread",
                sent=day == 2)
        for day in (1, 2, 3)
    ]  # fmt: skip
    made = files(
        connections=people,
        messages=[*talk, *group],
        invitations=[invitation("quirin", "1/2/20, 9:00 AM", "Gruezi, ich bin Quirin!")],
        recommendations=[recommendation("Namenlos", family="Ohneadresse")],
        positions=[position("Geheimfirma GmbH", "Jan 2019"), position("Smith", "2015", "2018")],
    )
    made["Education.csv"] = to_csv(
        ["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"],
        [["Uni Verborgen", "2018", "2021", "", "Magister Geheimkunde", ""]],
    )
    made["Zoltan Geheimnisvoll.csv"] = "private"
    made["Comments_987654321.csv"] = "x"
    made["messages.csv"] += "only,two\n"
    read = nq.read_linkedin(
        write_folder(place, made, "Olga Ownerins Geheimarchiv"), as_of="2026-11-20", keep_text=True
    )
    book = place / "Geheimbuch von Olga.vcf"
    book.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Quirin Geheimnisvoll\nN:Geheimnisvoll;Quirin;;;\n"
        "ORG:Geheimfirma\nEMAIL:quirin.geheim@verborgen.example\nTEL:+49 170 5556677\n"
        "BDAY:1977-05-06\nCATEGORIES:Saufkumpane\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Nur Buchkontakt\nN:Buchkontakt;Nur;;;\nORG:Nurbuchfirma\n"
        "TEL:0170 9998877\nEND:VCARD\n",
        "utf-8",
    )
    network = nq.combine(read, nq.read_contacts(book))
    extra = network.people.assign(aside="Geheimspalte")
    extra.attrs["note"] = "Geheimattribut"
    return nq.Network(**(vars(network) | {"people": extra}))


@pytest.fixture(scope="module")
def shown(sample, tmp_path_factory) -> dict[str, leaks.Shown]:
    place = tmp_path_factory.mktemp("shown")
    return {
        "original": leaks.Shown(sample, place),
        "pseudonyms": leaks.Shown(nq.pseudonymise(sample, seed=SEED), place),
    }


@pytest.fixture(scope="module")
def wanted(sample) -> set[str]:
    return leaks.originals(sample)


@pytest.fixture(scope="module")
def hostiles(tmp_path_factory) -> dict[str, leaks.Shown]:
    place = tmp_path_factory.mktemp("hostile")
    network = hostile(place)
    return {
        "original": leaks.Shown(network, place),
        "pseudonyms": leaks.Shown(nq.pseudonymise(network, seed=7, shift_dates=True), place),
    }


# -- nothing of the original ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("output", [*NAMED, "summary"])
def test_no_output_of_the_sample_has_anything_original(shown, wanted, output) -> None:
    assert leaks.found(wanted, shown["pseudonyms"].outputs()[output]()) == []
    # and what is made of the original would have been found; a summary names nobody anyway
    there = leaks.found(wanted, shown["original"].outputs()[output]())
    assert bool(there) == (output != "summary")


@pytest.mark.parametrize("output", [*NAMED, "summary"])
def test_no_output_of_a_hostile_network_has_anything_original(hostiles, output) -> None:
    wanted = leaks.originals(hostiles["original"].network)
    assert leaks.found(wanted, hostiles["pseudonyms"].outputs()[output]()) == []
    there = leaks.found(wanted, hostiles["original"].outputs()[output]())
    assert bool(there) == (output not in {"summary", "habits"})  # too few people for a habit


@pytest.mark.slow
def test_every_list_and_every_file_of_it_is_searched(shown, sample) -> None:
    """The test above does not live on one of them."""
    wanted = leaks.originals(sample)
    original = shown["original"]
    assert set(original.lists) == {*KINDS, "fresh"}
    for which, proposed in original.lists.items():
        few = proposed.head(3)
        assert len(few), which
        for text in (
            original.written(few, ".csv"), original.written(few, ".md"), original.calendar(few),
        ):  # fmt: skip
            there = set(leaks.found(wanted, text))
            assert {name.casefold() for name in few["name"]} <= there, which


def test_the_search_knows_what_it_has_to(hostiles, sample) -> None:
    wanted = leaks.originals(hostiles["original"].network)
    assert {
        "zoltán", "zoltan-geheim-99", "geheimnisvoll", "alteburg", "oberbefehlshaber", "verborgen",
        "geheimfirma gmbh & co. kg", "würzig-x", "xanthippe", "2-geheimthread", "+491705556677",
        "quirin.geheim@verborgen.example", "1977-05-06", "saufkumpane", "geheimkunde",
        "geheimplan karamellbonbon", "geheimspalte", "olga", "ownerin", "nurbuchfirma",
        "zoltan geheimnisvoll.csv", "comments_987654321.csv", "geheimbuch von olga.vcf",
    } <= wanted  # fmt: skip
    # hardly a word of a name passes for an ordinary one
    names = {
        word.casefold()
        for column in ("name", "company")
        for text in sample.people[column].dropna()
        for word in leaks.WORD.findall(text)
        if len(word) >= leaks.SHORTEST
    }
    assert len(names & leaks.ordinary()) < 0.01 * len(names)
    assert leaks.found({"anna", "anna b", "a@b.example"}, "savannah, x@b.example") == []
    assert leaks.found({"anna", "anna-b1"}, "see /in/anna-b1?x") == ["anna", "anna-b1"]


def test_one_column_that_stayed_would_be_found(hostiles) -> None:
    """Each column is put back, one at a time: the search does not live on the others."""
    network, made = (hostiles[which].network for which in ("original", "pseudonyms"))
    wanted = leaks.originals(network)
    looked_at = 0
    for name in leaks.TABLES:
        before, after = getattr(network, name), getattr(made, name)
        for column in after.columns[after.dtypes == "str"]:
            told = sorted(before[column].dropna())
            if not leaks.found(wanted, "\n".join(told)):
                continue
            looked_at += 1
            back = after.assign(**{column: pd.Series(told, dtype="str").reindex(after.index)})
            assert leaks.found(wanted, leaks.shown_table(back)) != [], (name, column)
            assert leaks.found(wanted, leaks.shown_table(after)) == [], (name, column)
    assert looked_at > 25


def test_texts_birthdays_and_words_of_ones_own_are_left_out(sample) -> None:
    made = nq.pseudonymise(sample, seed=SEED)
    assert "text" in sample.interactions
    for name in leaks.TABLES:
        frame = getattr(made, name)
        assert frame.columns.tolist() == list(getattr(tables, name.upper()).dtypes)
        assert frame.attrs == {}
    for table, column in (
        (made.contacts, "birthday"), (made.contacts, "labels"), (made.people, "email"),
        (made.people, "maiden_name"), (made.people, "credentials"), (made.education, "degree"),
        (made.doubts, "record_name"),
    ):  # fmt: skip
        assert len(table)
        assert table[column].isna().all()
    assert made.decisions is None
    assert made.source == ""
    assert len(made.warnings) == 1


# -- the same network -----------------------------------------------------------------------------


def renamed(table: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """Return rows in the order of the original's, without what names anybody."""
    rows = table.set_index("person_id").loc[ids].reset_index()
    return rows.drop(columns=[name for name in NAMES if name in rows])


def test_what_is_measured_and_judged_is_the_same(shown, sample) -> None:
    one, other = shown["original"].people, shown["pseudonyms"].people
    ids = cast_of(sample, SEED).person(one["person_id"])
    assert ids.is_unique
    own = one.drop(columns=list(NAMES))
    pd.testing.assert_frame_equal(own, renamed(other, ids))
    assert (one["person_id"] != ids).all()
    for name in ("name", "profile_key", "company", "position", "given_name", "family_name"):
        after = other.set_index("person_id").loc[ids, name]
        assert after.isna().tolist() == one[name].isna().tolist()


def test_companies_of_the_sample_mean_the_same_places(sample) -> None:
    made = nq.pseudonymise(sample, seed=SEED)
    ids = cast_of(sample, SEED).person(sample.people["person_id"])
    places = [
        places_among(network, network.people).of(texts)["key"].fillna("").tolist()
        for network, texts in (
            (sample, sample.people["company"]),
            (made, made.people.set_index("person_id").loc[ids, "company"].reset_index(drop=True)),
        )
    ]
    assert partition(places[0]) == partition(places[1])
    assert [key == "" for key in places[0]] == [key == "" for key in places[1]]


def partition(keys: list[object]) -> set[frozenset[int]]:
    groups = defaultdict(set)
    for place, key in enumerate(keys):
        groups[key].add(place)
    return {frozenset(group) for group in groups.values()}


def test_the_graph_is_the_same(shown, sample) -> None:
    one, other = shown["original"].plain, shown["pseudonyms"].plain
    cast = cast_of(sample, SEED)
    ids = pd.Series(list(one), dtype="str")
    called = dict(zip(ids, cast.person(ids), strict=True))
    owner = {next(key for key, said in graph.nodes(data=True) if said["kind"] == "owner")
             for graph in (one, other)}  # fmt: skip
    called |= {key: key for key in owner if key in one and pd.isna(called[key])}
    called = {key: value if isinstance(value, str) else key for key, value in called.items()}
    there = [key for key, said in one.nodes(data=True) if said["kind"] == "person"]
    for key in there:
        assert plain(one.nodes[key]) == plain(other.nodes[called[key]])
    inner = one.subgraph(there)
    image = other.subgraph([called[key] for key in there])
    assert inner.number_of_edges() == image.number_of_edges() > 1000
    for first, second, said in inner.edges(data=True):
        assert plain(said) == plain(image.edges[called[first], called[second]])
    assert nx.number_of_nodes(one) == nx.number_of_nodes(other)
    full = shown["original"].graph, shown["pseudonyms"].graph
    kinds = [sorted(said["kind"] for _, said in graph.nodes(data=True)) for graph in full]
    degrees = [sorted(degree for _, degree in graph.degree) for graph in full]
    assert kinds[0] == kinds[1]
    assert degrees[0] == degrees[1]


def plain(said: dict[str, object]) -> dict[str, object]:
    named = {*NAMES, "employer", "colleagues_company"}
    return {key: value for key, value in said.items() if key not in named}


def test_what_the_graph_measures_is_the_same(shown, sample) -> None:
    one, other = shown["original"].measures, shown["pseudonyms"].measures
    pd.testing.assert_frame_equal(one.coverage, other.coverage)
    assert one.constraint == pytest.approx(other.constraint, nan_ok=True)
    assert one.effective_size == pytest.approx(other.effective_size, nan_ok=True)
    assert one.group_coverage == other.group_coverage
    ids = cast_of(sample, SEED).person(one.members["node_id"])
    after = other.members.set_index("node_id").loc[ids].reset_index(drop=True)
    for name in ("group_thread_tie_count", "constraint", "effective_size"):
        before = one.members[name].to_numpy(float, na_value=np.nan)
        assert after[name].to_numpy(float, na_value=np.nan) == pytest.approx(before, nan_ok=True)
    # circles are looked for in the order of ids, and of two divisions as good either is found
    assert one.modularity == pytest.approx(other.modularity, abs=0.01)
    pairs = [frame["community_id"].fillna(0).tolist() for frame in (one.members, after)]
    assert agreement(*pairs) > 0.95


def agreement(one: list[int], other: list[int]) -> float:
    """Return the share of pairs of people of whom both say the same: together or not."""
    same = [np.equal.outer(np.array(labels), np.array(labels)) for labels in (one, other)]
    return float((same[0] == same[1]).mean())


def test_habits_say_the_same(shown) -> None:
    for name in nq.habits.__all__:
        told = []
        for which in ("original", "pseudonyms"):
            network, people = shown[which].network, shown[which].people
            habit = getattr(nq.habits, name)
            made = habit(people) if name == "inequality" else habit(network, people)
            made = made.drop(columns=[column for column in NAMES if column in made])
            told.append((made, made.attrs.get("sentence")))
        by = list(told[0][0].columns)
        frames = [frame.astype("object").sort_values(by, key=lambda one: one.astype(str))
                  .reset_index(drop=True) for frame, _ in told]  # fmt: skip
        pd.testing.assert_frame_equal(*frames)
        assert told[0][1] == told[1][1]


# -- names ----------------------------------------------------------------------------------------


def test_names_hang_together(sample) -> None:
    people = nq.pseudonymise(sample, seed=SEED).people
    assert people["person_id"].is_unique
    assert people["name"].dropna().is_unique  # of namesakes too: a pseudonym is one human's
    assert sample.people["name"].duplicated().any()
    whole = people[people["given_name"].notna() & people["family_name"].notna()]
    assert (whole["given_name"] + " " + whole["family_name"] == whole["name"]).all()
    slugs = people["name"].dropna().str.casefold().str.replace(" ", "-")
    assert (slugs == people.loc[slugs.index, "person_id"]).all()
    keyed = people[people["profile_key"].notna()]
    assert (keyed["profile_key"] == keyed["person_id"]).all()


def test_another_seed_changes_everything(sample) -> None:
    one, other = (cast_of(sample, seed) for seed in (SEED, 1))
    ids = sample.people["person_id"]
    for what in (lambda cast: cast.person(ids), lambda cast: cast.place(sample.people["company"]),
                 lambda cast: cast.title(sample.people["position"]),
                 lambda cast: cast.token("address", sample.addresses["value"])):  # fmt: skip
        first, second = what(one), what(other)
        assert (first == second)[first != invented.NOWHERE].mean() < 0.01
    assert one.owner != other.owner
    assert cast_of(sample, "1").owner != other.owner  # a text is another key than a number


def test_one_person_less_changes_everything() -> None:
    everybody = {name: {} for name in "abcdefghijklmnop"}
    network = network_of([], people=everybody)
    fewer = network_of([], people={name: {} for name in list(everybody)[1:]})
    ids = fewer.people["person_id"]
    one, other = cast_of(network, SEED).person(ids), cast_of(fewer, SEED).person(ids)
    assert (one != other).all()
    # whoever has the seed and one name alone has another key
    assert cast_of(network_of([], people={"b": {}}), SEED).names["b"] not in {
        cast_of(network, SEED).names["b"], cast_of(fewer, SEED).names["b"],
    }  # fmt: skip


def test_the_order_of_rows_changes_no_byte(tmp_path) -> None:
    network = hostile(tmp_path)
    shuffled = {
        name: getattr(network, name).sample(frac=1, random_state=3, ignore_index=True)
        for name in leaks.TABLES
    }
    mixed = nq.Network(**(vars(network) | shuffled))
    for shift in (False, True):
        one, other = (nq.pseudonymise(it, seed=3, shift_dates=shift) for it in (network, mixed))
        for name in leaks.TABLES:
            assert getattr(one, name).to_csv() == getattr(other, name).to_csv()
        assert (one.owner, one.as_of, one.kinds) == (other.owner, other.as_of, other.kinds)


def test_the_hash_seed_changes_no_byte() -> None:
    code = (
        "import hashlib, netquality as nq\n"
        "made = nq.pseudonymise(nq.load_sample(), seed='s', shift_dates=True)\n"
        "text = made.people.to_csv() + made.interactions.to_csv() + made.coverage.to_csv()\n"
        "print(hashlib.sha256((text + made.owner.name).encode()).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": "2"},
    ).stdout  # fmt: skip
    made = nq.pseudonymise(nq.load_sample(), seed="s", shift_dates=True)
    text = made.people.to_csv() + made.interactions.to_csv() + made.coverage.to_csv()
    assert there.strip() == sha256((text + made.owner.name).encode()).hexdigest()


def test_nothing_of_the_original_is_changed(tmp_path) -> None:
    network = hostile(tmp_path)
    before = {name: getattr(network, name).copy(deep=True) for name in leaks.TABLES}
    nq.pseudonymise(network, seed=1, shift_dates=True)
    for name in leaks.TABLES:
        pd.testing.assert_frame_equal(before[name], getattr(network, name))


@pytest.mark.parametrize("seed", [None, "", True, 1.5, b"x", ["a"]])
def test_what_is_no_key_is_refused(seed) -> None:
    with pytest.raises(NetQualityError, match="seed: is no key"):
        nq.pseudonymise(network_of([], people={"a": {}}), seed=seed)


def test_other_mistakes_are_named() -> None:
    network = network_of([], people={"a": {}})
    with pytest.raises(TypeError, match="seed"):
        nq.pseudonymise(network)
    with pytest.raises(NetQualityError, match="shift_dates"):
        nq.pseudonymise(network, seed=1, shift_dates=7)
    with pytest.raises(NetQualityError):
        nq.pseudonymise(network.people, seed=1)


def test_an_empty_network_stays_empty() -> None:
    made = nq.pseudonymise(network_of([]), seed=1, shift_dates=True)
    assert len(made.people) == len(made.interactions) == 0
    assert len(nq.assess(made)) == 0


# -- invented words -------------------------------------------------------------------------------


def test_invented_words_are_far_enough_apart() -> None:
    """No two may pass for slips of one another, nor mean no company or a legal form."""
    words = [*invented._FIRST, *pseudonyms.PLANTS, *invented._KINDS, invented._SCHOOL]
    long = sorted({word.casefold() for word in words if len(word) >= 6})
    assert [pair for pair in combinations(long, 2) if OSA.distance(*pair) < 2] == []
    for word in words:
        for name in (f"{word} Oak Works", f"Flint {word} Works", f"Flint Oak {word}"):
            assert company_key(name) == name.casefold()
            assert name.casefold() not in NO_COMPANY
    lists = (invented._FIRST, invented._TRADES, pseudonyms._FIRST, pseudonyms._LAST)
    assert all(len(set(one)) == len(one) for one in lists)


def test_more_places_than_names_have_names_of_their_own() -> None:
    keys = [f"k{number}" for number in range(invented._PAIRS + 50)]
    names = invented.invent_places(keys, b"secret")
    assert len(set(names.values())) == len(keys)
    assert len({invented.accented("Flint Oak Works", number) for number in range(5000)}) == 5000
    titles = invented.invent_titles(map(str, range(9000)), b"secret")
    assert len(set(titles.values())) == 9000


# -- places, employers and schools, whatever they are called --------------------------------------

COMPANIES = [
    "Acme", "ACME GmbH", "acme", "Ácme", "A.C.M.E.", "Acme & Co", "Smith & Co", "Smith",
    "Smith and Co", "Smith & Co KG", "Uni Kiel", "UNI-KIEL", "The Uni Kiel", "uni  kiel",
    "Freunde der Uni Kiel", "Freunde der Uni-Kiel", "Freelance", "self.employed", "🚀", "---",
    "Delta Air Lines", "Delta Air Lines", "Delta Air Lines", "Delta Air Linse", "Delta Dental",
    "AG", "The", "Law School of Uni Kiel", "Self-employed", "Kielmann",
]  # fmt: skip
TITLES = ["Student, Uni Kiel", "Lecturer", "lecturer ", "Law School of Uni Kiel", "", "Uni-Kiel"]
maybe_company = st.none() | st.sampled_from(COMPANIES)
person = st.tuples(maybe_company, st.none() | st.sampled_from(TITLES))


def working(people, jobs, schools) -> nq.Network:
    ids = [f"p{number:02}" for number in range(len(people))]
    about = {
        one: {name: text for name, text in zip(("company", "position"), said, strict=True)
              if text is not None}
        for one, said in zip(ids, people, strict=True)
    }  # fmt: skip
    begun = pd.Timestamp("2015-01-01")
    day = {"started_on": begun, "finished_on": pd.NaT}
    return network_of(
        [],
        people=about,
        positions=build(
            POSITIONS,
            pd.DataFrame(
                [{"company": one, **day, "is_current": True, "is_month_known": True}
                 for one in jobs], columns=list(POSITIONS.dtypes)),
        ),
        education=build(
            EDUCATION,
            pd.DataFrame([{"school": one, "degree": None, **day} for one in schools],
                         columns=list(EDUCATION.dtypes)),
        ),
    )  # fmt: skip


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(person, min_size=1, max_size=12),
    st.lists(st.sampled_from(COMPANIES), max_size=3),
    st.lists(st.sampled_from(["Uni Kiel", "UNI-KIEL", "Law School of Uni Kiel", "Acme"]),
             max_size=2, unique=True),
)  # fmt: skip
def test_whatever_companies_are_called_they_mean_the_same(people, jobs, schools) -> None:
    network = working(people, jobs, schools)
    made = nq.pseudonymise(network, seed="s")
    one, other = nq.assess(network), nq.assess(made)
    ids = cast_of(network, "s").person(one["person_id"])
    pd.testing.assert_frame_equal(one.drop(columns=list(NAMES)), renamed(other, ids))
    texts = pd.Series(sorted({*COMPANIES} & set(spell(network, b"x").places)), dtype="str")
    after = cast_of(network, "s").place(texts)
    keys = [company_keys(said) for said in (texts, after)]
    free = [key.isin(NO_COMPANY).tolist() for key in keys]
    assert free[0] == free[1]
    held = [partition(key.where(~key.isin(NO_COMPANY), "").tolist()) for key in keys]
    assert held[0] == held[1]
    graphs = [nq.to_graph(it, people, affiliations=("company", "school"))
              for it, people in ((network, one), (made, other))]  # fmt: skip
    degrees = [sorted((said["kind"], graph.degree[key]) for key, said in graph.nodes(data=True))
               for graph in graphs]  # fmt: skip
    assert degrees[0] == degrees[1]


# -- dates ----------------------------------------------------------------------------------------


def test_all_dates_move_by_the_same_weeks(sample) -> None:
    made = nq.pseudonymise(sample, seed=SEED, shift_dates=True)
    ids = cast_of(sample, SEED).person(sample.people["person_id"])
    people = made.people.set_index("person_id").loc[ids].reset_index(drop=True)
    days = (sample.people["connected_on"] - people["connected_on"]).dropna().unique()
    assert len(days) == 1
    back = pd.Timedelta(days[0])
    assert back.days % 7 == 0
    assert 26 * 7 <= back.days <= 260 * 7
    assert made.as_of == sample.as_of - back
    assert made.as_of_source == "date in the archive's name, moved"
    spans = [[getattr(it, name)[column].min() for it in (sample, made)] for name, column in (
        ("positions", "started_on"), ("positions", "finished_on"), ("education", "started_on"),
        ("coverage", "first_on"), ("coverage", "last_on"),
    )]  # fmt: skip
    assert [one - other for one, other in spans] == [back] * 5
    at = sample.interactions["at"]
    moved = Moved(sample, cast_of(sample, SEED).secret).instants(at)
    assert (moved.dt.time == at.dt.time).mean() < 0.01
    assert moved.dt.time.nunique() == at.dt.time.nunique()
    assert ((at.dt.normalize() - moved.dt.normalize()) == back).all()


def test_dates_that_move_change_what_the_docs_name_and_nothing_else(sample) -> None:
    cast = cast_of(sample, SEED)
    one = nq.assess(sample)
    other = nq.assess(nq.pseudonymise(sample, seed=SEED, shift_dates=True))
    after = other.set_index("person_id").loc[cast.person(one["person_id"])].reset_index()
    changed = {
        column for column in one.columns.drop(list(NAMES))
        if not one[column].equals(after[column])
    }  # fmt: skip
    dates = {column for column in changed if column.endswith(("_at", "_on"))}
    assert changed - dates == {
        "talk_months_count", "talk_years_count", "greeting_years_count", "depth",
        "answer_given_median_days", "answer_received_median_days", "contact_chance",
        "status_reason",  # it names months
    }  # fmt: skip
    assert (one["contact_chance"] - after["contact_chance"]).abs().max() < 0.001
    # a band changes with the years alone
    depth, depth_after = (it["depth"].astype("str").fillna("") for it in (one, after))
    moved = depth != depth_after
    differs = one["talk_years_count"] != after["talk_years_count"]
    assert (differs | ~moved).all()
    assert 0 < moved.sum() < 4


def test_depth_rests_on_calendar_years_which_dates_that_move_cross() -> None:
    days = [f"{year}-{month:02}-10" for year in (2022, 2023) for month in range(3, 9)]
    rows = [row(mark, pd.Timestamp(f"{day} {hour}:00", tz="UTC").as_unit("us"))
            for day in days for mark, hour in (("S", 10), ("R", 12))]  # fmt: skip
    network = network_of(rows)
    assert nq.assess(network)["depth"].tolist() == ["some"]
    found = {
        nq.assess(nq.pseudonymise(network, seed=seed, shift_dates=True))["depth"].item()
        for seed in range(12)
    }
    assert found == {"some", "deep"}


letter = st.tuples(st.sampled_from("pqr"), st.integers(0, 1300), st.integers(0, 86399),
                   st.sampled_from("SSRRQqCcNnGg"))  # fmt: skip


@settings(max_examples=40)
@given(st.lists(letter, max_size=14), st.integers(0, 500), st.sampled_from(["", " 08:00"]))
def test_dates_that_move_change_no_status_and_no_order(told, seed, hour) -> None:
    begin = pd.Timestamp("2023-01-01", tz="UTC").as_unit("us")
    rows = [
        row(mark, begin + pd.Timedelta(days=day, seconds=second), who)
        for who, day, second, mark in told
    ]
    days = {"p": "2023-01-01", "q": "2024-06-01", "r": None}
    network = network_of(rows, days, people={who: {} for who in days}, as_of=f"2026-07-24{hour}")
    made = nq.pseudonymise(network, seed=seed, shift_dates=True)
    one, other = nq.assess(network), nq.assess(made)
    ids = cast_of(network, seed).person(one["person_id"])
    after = other.set_index("person_id").loc[ids].reset_index(drop=True)
    same = ["status", "silent_days", "talk_days", "contact_days", "last_writer", "turn",
            "answers_given_count", "conversation_count", "possible_note_count"]  # fmt: skip
    pd.testing.assert_frame_equal(one[same], after[same])
    cast = cast_of(network, seed)
    at = Moved(network, cast.secret).instants(network.interactions["at"])
    before = network.interactions["at"]
    assert (np.sign(compared(at)) == np.sign(compared(before))).all()
    assert sorted(at) == made.interactions["at"].tolist()
    pd.testing.assert_frame_equal(
        nq.sensitivity(network, answer_within_days=(30, 180)),
        nq.sensitivity(made, answer_within_days=(30, 180)),
    )


def compared(at: pd.Series) -> np.ndarray:
    numbers = at.to_numpy("datetime64[us]").astype(np.int64)
    return np.subtract.outer(numbers, numbers)


def test_messages_of_one_instant_stay_in_their_order() -> None:
    """Which of two comes first is told by their conversation alone, and decides who wrote last."""
    at = pd.Timestamp("2024-01-05 10:00", tz="UTC").as_unit("us")
    rows = [row("S", at) | {"thread_id": f"b{number}", "character_count": 9} for number in range(2)]
    rows += [
        row("R", at) | {"thread_id": f"a{number}", "character_count": 9} for number in range(2)
    ]
    network = network_of(rows)
    told = nq.assess(network)
    for seed in range(8):
        made = nq.assess(nq.pseudonymise(network, seed=seed))
        for name in ("last_writer", "turn", "status", "answers_given_count"):
            assert made[name].tolist() == told[name].tolist(), (seed, name)


# -- files ----------------------------------------------------------------------------------------


def test_files_of_linkedin_keep_their_names_and_sums_stay_exact(tmp_path) -> None:
    network = hostile(tmp_path)
    made = nq.pseudonymise(network, seed=5)
    sums = [it.coverage.groupby("outcome")["row_count"].sum().to_dict() for it in (network, made)]
    assert sums[0] == sums[1]
    assert len(made.coverage) == len(network.coverage)
    names = set(made.coverage["file"])
    assert {"Connections.csv", "messages.csv", "Comments.csv", "file of yours.csv",
            "address book.csv"} <= names  # fmt: skip
    assert made.rejects[["line", "reason"]].equals(network.rejects[["line", "reason"]])
    called = invented_files(network, b"secret")
    assert len(set(called.values())) == len(called)
    assert {name: kind_of(name) for name in called} == {
        name: kind_of(new) for name, new in called.items()
    }
    assert "address book address book.csv" in made.kinds


def test_addresses_only_count(sample) -> None:
    made = nq.pseudonymise(sample, seed=SEED)
    assert len(made.addresses) == len(sample.addresses) > 0
    assert made.addresses["value"].str.fullmatch("address-[0-9a-f]{16}").all()
    assert made.addresses["value"].nunique() == sample.addresses["value"].nunique()
    assert isinstance(made.owner, Owner)


def test_a_pseudonymised_network_may_be_pseudonymised_again(tmp_path) -> None:
    once = nq.pseudonymise(hostile(tmp_path), seed=1)
    twice = nq.pseudonymise(once, seed=2)
    counts = [nq.assess(it)["status"].value_counts().to_dict() for it in (once, twice)]
    assert counts[0] == counts[1]
