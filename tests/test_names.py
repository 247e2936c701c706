"""Names: what stands beside a name is kept out of matching and kept in display."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from importlib.resources import files

import ftfy.bad_codecs  # noqa: F401 - it knows the code page that all bytes are letters of
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality import identity
from netquality.names import name_key, name_keys, split_name, split_names
from netquality.names import split as module
from netquality.names.apart import LONGEST, take_apart
from netquality.names.letters import is_plain, letters_only, plain
from netquality.names.vocabulary import words
from netquality.network import people_meant


def split(given_name: str, family_name: str) -> tuple[str | None, ...]:
    """Return given, family, maiden name and credentials of one row."""
    columns = (pd.Series([text], dtype="str") for text in (given_name, family_name))
    row = split_names(*columns).iloc[0]
    return tuple(None if pd.isna(part) else part for part in row)


# The two columns ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        (("Ana María 🚀", "Ficticia, PhD, MBA"), ("Ana María", "Ficticia", None, "PhD, MBA")),
        (("Jo", "Sample MBA PMP®"), ("Jo", "Sample", None, "MBA, PMP")),
        (("Jo", "Sample MBA, PMP"), ("Jo", "Sample", None, "MBA, PMP")),
        (("Jo", "Sample Ph.D."), ("Jo", "Sample", None, "Ph.D.")),
        (("Jo", "Sample M. Sc."), ("Jo", "Sample", None, "M. Sc.")),
        (("Jo", "Sample MD/PhD"), ("Jo", "Sample", None, "MD/PhD")),
        (("Jo", "Sample phd"), ("Jo", "Sample", None, "phd")),
        (("Jo", "Sample, Esq."), ("Jo", "Sample", None, "Esq.")),
        (("Jo", "Sample, MSc Economics"), ("Jo", "Sample", None, "MSc Economics")),
        (("Jo", "Sample - PhD"), ("Jo", "Sample", None, "PhD")),
        (("Jo", "Sample (MBA)"), ("Jo", "Sample", None, "MBA")),
        (("Jo, PhD", "Sample"), ("Jo", "Sample", None, "PhD")),
        (("JO", "SAMPLE MBA"), ("JO", "SAMPLE", None, "MBA")),
        (("Ana", "PhD, MBA"), ("Ana", "PhD", None, "MBA")),  # some name has to be left
    ],
)
def test_credentials_leave_the_family_name_and_are_kept_beside_it(shown, parts):
    assert split(*shown) == parts


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        (("Dr. Ben", "Erfunden"), ("Ben", "Erfunden", None, "Dr.")),
        (("ADJPROF Ben", "Erfunden"), ("Ben", "Erfunden", None, "ADJPROF")),
        (("Adj.Prof. Ben", "Erfunden"), ("Ben", "Erfunden", None, "Adj.Prof.")),
        (("DR BEN", "ERFUNDEN"), ("BEN", "ERFUNDEN", None, "DR")),
        (("Prof. Dr. med. Ana", "Muster"), ("Ana", "Muster", None, "Prof. Dr. med.")),
        (("Prof.Dr.Ana", "Muster"), ("Ana", "Muster", None, "Prof.Dr.")),
        (("Dipl.-Ing. (FH) Ana", "Muster"), ("Ana", "Muster", None, "Dipl.-Ing., FH")),
        (("Dott.ssa Ana", "Finta"), ("Ana", "Finta", None, "Dott.ssa")),
        (("Drs. Jan", "Verzonnen"), ("Jan", "Verzonnen", None, "Drs.")),
        (("mgr inż. Anna", "Zmyślona"), ("Anna", "Zmyślona", None, "mgr inż.")),
        (("Mme Ana", "Fictive"), ("Ana", "Fictive", None, "Mme")),
        (("Dra. Ana", "Ficticia"), ("Ana", "Ficticia", None, "Dra.")),
        (("Engª Ana", "Fictícia"), ("Ana", "Fictícia", None, "Enga")),
        (("Dr.", "Ben Erfunden"), (None, "Ben Erfunden", None, "Dr.")),
        (("د. أحمد", "مثال"), ("أحمد", "مثال", None, "د.")),
        (("ד״ר דנה", "דוגמה"), ("דנה", "דוגמה", None, 'ד"ר')),
        (("Dr", "Dre"), (None, "Dre", None, "Dr")),
        (("Dr. Phil", "Invented"), ("Phil", "Invented", None, "Dr.")),
        (("MS", "Invented"), ("MS", "Invented", None, None)),  # initials, for it says not Ms
        (("Ing", "Ficticia"), ("Ing", "Ficticia", None, None)),  # a name without its dot
        (("Sir", ""), ("Sir", None, None, None)),
    ],
)
def test_titles_leave_the_given_name(shown, parts):
    assert split(*shown) == parts


@pytest.mark.parametrize(
    ("given_name", "family_name"),
    [
        ("Yo Yo", "Ma"), ("Ana", "MA"), ("Lan", "DO"), ("Lan", "Do"), ("Lan", "NGUYEN DO"),
        ("Ana", "Ba"), ("Ana", "Esq"), ("Ngozi", "Mba"), ("Ngozi", "MBA"), ("Max", "Born"),
        ("Ai Nee", "Tan"), ("Kim", "Nata Invented"), ("Md", "Rahman"), ("JD", "Invented"),
        ("Ramesh", "M.A."), ("J. R. R.", "Invented"), ("Kumar", "S.K."), ("Han", "Lei"),
        ("Jan", "van der Beispiel"), ("María", "de la Ficticia y Otra"), ("Gerard", "'t Hooft"),
        ("O'Brien", "D'Angelo"), ("Jean-Luc", "Saint-Inventé"), ("山田", "太郎"), ("Ana", ""),
        ("", "Ficticia"), ("प्रिया", "शर्मा"), ("محمد", "مثال"), ("דנה", "דוגמה"),
        ("Anna", "Ó Briain"),
    ],
)  # fmt: skip
def test_a_name_is_never_stripped_away(given_name, family_name):
    assert split(given_name, family_name) == (given_name or None, family_name or None, None, None)


def test_a_family_name_that_is_a_credential_too_goes_only_after_another_family_name():
    assert split("Ana", "Ficticia MA") == ("Ana", "Ficticia", None, "MA")
    assert split("Ana", "Ficticia, MA") == ("Ana", "Ficticia", None, "MA")
    assert split("Ana", "Ficticia Ma") == ("Ana", "Ficticia Ma", None, None)
    assert name_key("Ana Ficticia MA") == "ana ficticia ma"  # one piece: it may be her name
    assert name_key("Ana Ficticia, MA") == "ana ficticia"


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        (("Ana", "Erfunden (née Beispiel)"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana", "Erfunden (nee Beispiel)"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana", "(Beispiel) Erfunden"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana", "Erfunden [Beispiel]"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana", "Erfunden geb. Beispiel"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana", "Erfunden, geb. Beispiel"), ("Ana", "Erfunden", "Beispiel", None)),
        (("Ana (née Beispiel)", "Erfunden"), ("Ana", "Erfunden", "Beispiel", None)),
        (("ANA", "ERFUNDEN NÉE BEISPIEL"), ("ANA", "ERFUNDEN", "BEISPIEL", None)),
        (("Anna", "Zmyślona z d. Przykład"), ("Anna", "Zmyślona", "Przykład", None)),
        (("Ana", "Finta nata Esempio"), ("Ana", "Finta", "Esempio", None)),
        (("Ana", "Ficticia nacida Ejemplo"), ("Ana", "Ficticia", "Ejemplo", None)),
        (("Ana", "Fictícia (nascida Exemplo)"), ("Ana", "Fictícia", "Exemplo", None)),
        (("Ana", "Verzonnen (meisjesnaam Voorbeeld)"), ("Ana", "Verzonnen", "Voorbeeld", None)),
        (("Ana", "Muster (von der Beispiel)"), ("Ana", "Muster", "von der Beispiel", None)),
        (("Ana", "Muster (Beispiel), PhD"), ("Ana", "Muster", "Beispiel", "PhD")),
        (("Ana", "Muster (geb. Beispiel) MBA"), ("Ana", "Muster", "Beispiel", "MBA")),
        (("Анна", "Пример (урожд. Образец)"), ("Анна", "Пример", "Образец", None)),
        # the name got by marriage is no former name; the one before it stays
        (("Ana", "Fictive (ép. Exemple)"), ("Ana", "Fictive", None, None)),
        (("Ana", "Fictive épouse Exemple"), ("Ana", "Fictive", None, None)),
        # all there is of a family name is the family name
        (("Ana", "née Beispiel"), ("Ana", "Beispiel", None, None)),
        (("Ana", "(Beispiel)"), ("Ana", "Beispiel", None, None)),
    ],
)
def test_a_former_name_in_brackets_or_after_its_word_has_a_column_of_its_own(shown, parts):
    assert split(*shown) == parts


@pytest.mark.parametrize(
    "shown",
    [
        ('Robert "Bob"', "Invented"), ("Robert “Bob”", "Invented"), ("Robert (Bob)", "Invented"),
        ("Robert 'Bob'", "Invented"), ("Robert", 'Invented "Bob"'), ("Robert", "Invented (IBM)"),
        ("Robert", "Invented (Open to work)"), ("Robert", "Invented (Hiring!)"),
        ("Robert", "Invented (伟)"), ("Robert", "Invented (🚀)"), ("Robert", "Invented ()"),
        ("Robert", "Invented (he/him)"), ("Robert", "Invented (He, Him)"),
        ("Robert", "Invented he/him"),
        ("Robert (he)", "Invented"), ("Robert", "Invented ✨ | We're hiring"),
        ("Robert", "Invented • Growth"), ("Robert", "Invented – Recruiter"),
        ("Robert", "Invented - Head of Growth"), ("Robert", "Invented, Head of Growth"),
        ("Robert", "Invented @ Invented Ltd"), ("Robert", "Invented robert@example.org"),
        ("Robert", "Invented +1 202 555 0143"), ("Robert", "Invented https://example.com/r"),
    ],
)  # fmt: skip
def test_nicknames_pronouns_slogans_and_addresses_are_no_part_of_a_name(shown):
    assert split(*shown) == ("Robert", "Invented", None, None)
    assert name_key(" ".join(shown)) == "robert invented"


def test_a_double_name_written_with_spaces_is_one():
    assert split("Ana", "García - López") == ("Ana", "García-López", None, None)
    assert name_key("Ana García - López") == name_key("Ana García-López")


def test_a_father_and_a_son_are_two_people():
    """Jr., Sr. and III are no degrees: they stay in the name, however they are set off."""
    assert split("John", "Smith, Jr.") == ("John", "Smith Jr.", None, None)
    assert split("John", "Smith, III, MD") == ("John", "Smith III", None, "MD")
    keys = {name_key(f"John Smith{end}") for end in ("", ", Jr.", ", Sr.", ", III")}
    assert len(keys) == 4
    assert {name_key(f"John Smith{end}") for end in (", Jr.", " Jr", " (Jr.)", " Jr., PhD")} == {
        "john smith jr"
    }


def test_tables_keep_their_index_and_what_is_missing_stays_missing():
    given_name = pd.Series(["Ana 🚀", None, ""], index=[7, 3, 5], dtype="str")
    family = pd.Series(["Ficticia", "Erfunden", None], index=[7, 3, 5], dtype="str")
    found = split_names(given_name, family)
    assert found.index.tolist() == [7, 3, 5]
    assert set(found.dtypes.astype(str)) == {"str"}
    assert found["given_name"].tolist()[0] == "Ana"
    assert found["given_name"].isna().tolist() == [False, True, True]
    assert found[["maiden_name", "credentials"]].isna().all(axis=None)
    assert given_name.tolist()[0] == "Ana 🚀"  # the caller's own is not changed


def test_no_rows_give_no_rows():
    nothing = pd.Series(dtype="str")
    assert split_names(nothing, nothing).dtypes.astype(str).tolist() == ["str"] * 4


# One piece ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Dr. Ana Ficticia (Beispiel), PhD 🚀", ("Ana Ficticia", "Dr., PhD", "Beispiel")),
        ("Ana Ficticia née Beispiel", ("Ana Ficticia", None, "Beispiel")),
        ("Ana (Beispiel) Ficticia", ("Ana Ficticia", None, None)),  # or is it her nickname
        ("Ana Ficticia", ("Ana Ficticia", None, None)),
        ("Ficticia, Ana", ("Ficticia Ana", None, None)),
        ("Ana, PhD Ficticia", ("Ana Ficticia", "PhD", None)),
        ("Ana (Ficticia)", ("Ana Ficticia", None, None)),
        ("PhD, MBA", ("PhD", "MBA", None)),
        ("(Ana)", ("Ana", None, None)),
        ("ana@example.org", ("ana example org", None, None)),
        ("🚀", ("", None, None)),
        ("", ("", None, None)),
    ],
)
def test_a_name_in_one_piece_is_taken_apart(full, parts):
    assert split_name(full) == parts
    assert (name_key(full) == "") == (parts[0] == "")


def test_all_names_the_reader_knew_before_keep_their_key():
    assert identity.name_key is name_key
    assert name_key("Ana  María Ficticia, PhD 🚀") == "ana maría ficticia"
    assert name_key("LinkedIn Member") == "linkedin member"
    assert name_key("José Å. d'Arc-Muster 2nd") == "josé å d'arc-muster 2nd"


# Letters -----------------------------------------------------------------------------------------


def test_accents_stay_significant():
    assert name_key("José Ficticia") != name_key("Jose Ficticia")
    assert name_key("Müller") != name_key("Muller")


@pytest.mark.parametrize(
    "shown",
    [
        "𝐀𝐧𝐚 𝓕icticia", "Ａｎａ Ficticia", "Ⓐna Ficticia", "\u202bAna Ficticia\u202c",
        "\u200eAna\u200f Ficticia",
        "A\u200dna Ficticia\ufeff", "Ana\u00a0Ficticia", "Ana\tFicticia ",
        "👩🏽\u200d💻 Ana Ficticia", "Ana Ficticia 🇪🇸", "Ana Ficticia ㊗️ 1️⃣ ™️", "★ Ana Ficticia ★",
        "Ana Fic\u00adticia", "Ana Ficticia\x07",
    ],
)  # fmt: skip
def test_fancy_unseen_and_pictured_letters_are_folded(shown):
    assert name_key(shown) == "ana ficticia"
    assert split_name(shown).core == "Ana Ficticia"


@pytest.mark.parametrize("sign", "'’‘ʼ´`ʹ′＇")
def test_every_apostrophe_is_the_same(sign):
    assert name_key(f"Pat O{sign}Invented") == "pat o'invented"


@pytest.mark.parametrize("sign", "-‐‑‒–−")
def test_every_hyphen_is_the_same(sign):
    assert name_key(f"Ana Doe{sign}Sample") == "ana doe-sample"


REAL_LOOKING = (
    "José García", "Müller", "João Conceição", "JOÃO CONCEIÇÃO", "SÃO PAULO", "Ângela Âncora",
    "Lukáš Kříž", "TOMÁŠ JURÍŠ", "Žofie Šťastná", "Łukasz Śniadecki", "Đặng Thị Ánh Tuyết",
    "Nguyễn Văn Ấn", "Ünlü Çağlar", "İpek Işık", "Ștefan Țăran", "Gintarė Žukaitė", "Åsa Öberg",
    "Søren Ærø", "Þór Guðmundsdóttir", "Anaïs Lefèvre-Œuvrard", "Núria Gal·la", "Ñandú Íñigo",
    "Иван Щукин", "Ґалина Їжак", "Άννα Ωμέγα", "أحمد مثال", "דנה דוגמה", "山田 太郎", "김 예시",
    "प्रिया शर्मा", "สมชาย ตัวอย่าง", "Ã", "Â", "Zoë Ÿves", "É Ä Ö Ü", "Ä. Žiža", "Œdipe Šš",
    "Máša Ížová", "Éša Úžas", "Ðorđe", "Mº Àngels", "Ŵyn Ŷ",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REAL_LOOKING if name.isprintable()])
def test_whole_names_of_many_languages_are_not_mended(name):
    wanted = unicodedata.normalize("NFKC", name)
    assert plain(name) == wanted
    assert plain(name.upper()) == unicodedata.normalize("NFKC", name.upper())


@pytest.mark.parametrize(
    "name",
    ["José García", "Müller", "Lukáš Kříž", "Łukasz", "Nguyễn Văn Ấn", "Иван", "أحمد", "山田",
     "JOÃO CONCEIÇÃO", "Søren Ærø", "Ünlü", "Jesús", "Inês", "João"],
)  # fmt: skip
def test_names_from_a_file_saved_in_the_wrong_code_page_are_mended(name):
    broken = name.encode().decode("sloppy-windows-1252")
    assert broken != name
    assert name_key(broken) == name_key(name)


# Laws --------------------------------------------------------------------------------------------

WORD = st.text("abcdefghijklmnoprstuvzéüñłøçšß", min_size=2, max_size=9).map(str.title)
HARMLESS = WORD.filter(
    lambda word: (
        word.casefold() not in words().title_words
        and word not in words().marks
        and word.casefold() not in words().any_case | words().suffixes | words().not_names
    )
)
NAME = st.lists(HARMLESS, min_size=2, max_size=4).map(" ".join)
ANY = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["Ana", "Ficticia", "Dr.", "Prof", "MBA", "MA", "PhD", ",", "|", "(", ")", "née", "geb.",
         "Beispiel", '"Bob"', "🚀", "Jr.", "she/her", "-", "–", "'", "ép.", "Ã©", "é", "e\u0301",
         "\u200d", "²", "ß", "İ", "ΐ", "M.", "Sc.", "/", "@", "[", "]", "12345678", "الـ", "²³"]
    ),
    max_size=9,
).map(" ".join)  # fmt: skip
SURE = sorted(
    word for word in words().trailing - words().also_surnames if word.isalpha() and word.isascii()
)


@given(ANY)
def test_any_text_has_a_key_and_it_is_empty_only_without_letters(text):
    key = name_key(text)
    assert key == " ".join(key.split())
    assert bool(key) == any(map(str.isalnum, letters_only(plain(text))))


@given(st.lists(ANY | NAME | st.text("aZÀßéÿþ '-ªºŸ", max_size=12), max_size=9))
def test_names_keyed_together_have_the_keys_they_have_alone(names):
    assert name_keys(names) == {name: name_key(name) for name in names}


@pytest.mark.parametrize(
    "name",
    ["Prof Ana Ficticia", "Ana Ficticia MBA", "Ana Ficticia mba", "Ana nee Ficticia", "Yo Yo MA",
     "Élodie Fictif", "Straße Groß", "Ana", "ANA-MARÍA O'FICTICIA", "", "Ana  Ficticia",
     "Ana \ud800"],
)  # fmt: skip
def test_a_name_that_only_looks_usual_is_taken_apart_among_others_too(name):
    assert name_keys([name, "Ben Erfunden"]) == {
        name: name_key(name), "Ben Erfunden": "ben erfunden",
    }  # fmt: skip


@given(ANY)
def test_showing_the_name_alone_changes_no_key(text):
    once = split_name(text).core
    assert name_key(once) == name_key(text)


@given(ANY)
def test_both_normal_forms_have_one_key(text):
    forms = {name_key(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {name_key(unicodedata.normalize("NFC", text))}


@given(
    NAME,
    st.sampled_from(SURE),
    st.sampled_from([", {}", " {}", ", {}, MBA", " {}®", " | {}", " ({})"]),
)
def test_a_credential_changes_no_key(name, credential, form):
    shown = name + form.format(credential)
    assert name_key(shown) == name_key(name)
    assert credential in (split_name(shown).credentials or "")


@given(
    NAME, st.sampled_from(["Dr. ", "Prof. Dr. ", "DR ", "Mrs ", "Mme ", "Dott.ssa ", "Dipl.-Ing. "])
)
def test_a_title_changes_no_key(name, title):
    assert name_key(title + name) == name_key(name)


@given(
    NAME, st.sampled_from(["🚀", "✨", "🇩🇪", "👩🏽\u200d💻", "❤️", "™", "★", "㊗️", "4️⃣"]), st.data()
)
def test_an_emoji_changes_no_key_wherever_it_stands(name, emoji, data):
    parts = name.split()
    at = data.draw(st.integers(0, len(parts)))
    assert name_key(" ".join([*parts[:at], emoji, *parts[at:]])) == name_key(name)


@given(
    NAME, HARMLESS, st.sampled_from([" (née {})", " geb. {}", " ({})", ", née {}", " z domu {}"])
)
def test_a_former_name_changes_no_key(name, maiden, form):
    assert name_key(name + form.format(maiden)) == name_key(name)


@given(st.lists(HARMLESS, min_size=1, max_size=2), st.lists(HARMLESS, min_size=1, max_size=2),
       st.sampled_from(["", ", PhD", " MBA", " 🚀", " (née Muster)", " (she/her)", ", Jr."]),
       st.sampled_from(["", "Dr. ", "🚀 "]))  # fmt: skip
def test_first_and_last_name_have_the_key_of_the_name_in_one_piece(first, last, after, before):
    shown = (before + " ".join(first), " ".join(last) + after)
    given_name, family_name, *_ = split(*shown)
    assert name_key(f"{given_name} {family_name}") == name_key(" ".join(shown))


@given(ANY)
def test_the_short_way_for_simple_names_is_the_long_way(text):
    simple = module._simple(text)
    if simple:
        assert is_plain(text)
        assert plain(text) == simple
        assert take_apart(simple) == ([simple], [], "")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_columns_are_split_and_no_letter_is_made_up(first, last):
    parts = split(first, last)
    letters = set(plain(first)) | set(plain(last))
    assert all(set(part) <= letters | set(" ,-") for part in parts if part)


@settings(deadline=None, max_examples=5)
@given(
    st.sampled_from(["(", "a@", "- ", "Dr. ", "née ", '"', "MBA ", "1 ", ", ", "Ã©", "[a](", " / "])
)
def test_an_absurdly_long_name_costs_little(piece):
    text = piece * 200_000
    start = time.perf_counter()
    name_key(text)
    name_key(piece * (LONGEST // len(piece)))
    assert time.perf_counter() - start < 5


def test_the_words_are_each_said_once_and_in_the_languages_promised():
    data = tomllib.loads(files("netquality.names").joinpath("names.toml").read_text("utf-8"))
    assert {"en", "de", "fr", "es", "pt", "it", "nl", "pl"} <= set(data["titles"]) & set(
        data["maiden"]
    )
    for table in ("credentials", "titles", "particles", "suffixes"):
        for name, group in data[table].items():
            assert len(group) == len(set(group)), (table, name)
    known = {word.upper() for group in data["credentials"].values() for word in group}
    assert set(data["also_surnames"]) <= known


def test_a_beginning_will_do_where_no_whole_word_fits():
    people = pd.DataFrame({
        "person_id": ["silas-18", "hugo-7", "ana-1", "anastasia-2", "nir-9"],
        "name": ["Silas Nirgendow", "Hugo Nirgendow", "Ana Probst-Leer", "Anastasia Øresund", None],
    })  # fmt: skip
    for typed, meant in {
        "Silas Nir": ["silas-18"],
        "Nirgendo": ["silas-18", "hugo-7"],
        "ana": ["ana-1"],  # a whole word of one name comes first
        "anas": ["anastasia-2"],
        "le pro": ["ana-1"],
        "ores": ["anastasia-2"],
        "HUGO-7": ["hugo-7"],  # an address comes before a beginning
        "nir-9": ["nir-9"],
        "irgendow": [],  # not from within a word
        "Silas Hu": [],
        " ": [],
    }.items():
        assert people_meant(people, typed) == meant, typed
