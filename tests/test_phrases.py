"""Set phrases: found in seven languages, and nothing that says more is taken for one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from netquality.phrases import is_canned, question_count, readable

CANNED = [
    "Happy birthday!",
    "Happy Birthday Olga, hope you have a great day 🎂",
    "Congratulations on your work anniversary!",
    "Congrats on the new role, Jean-Luc. All the best!",
    "Merry Christmas and a happy new year to you",
    "Thanks for connecting, Ana. Let's stay in touch!",
    "I'd like to add you to my professional network on LinkedIn.",
    "Thank you so much!",
    "Sounds good 👍",
    "🎉🎉🎉",
    "Hi Ana",
    "Alles Gute zum Geburtstag, liebe Grüße, Jörg",
    "Frohe Weihnachten und einen guten Rutsch!",
    "Herzlichen Glückwunsch zum Dienstjubiläum!",
    "Joyeux anniversaire Élodie !",
    "Félicitations pour ton nouveau poste",
    "¡Feliz cumpleaños, Íñigo!",
    "Feliz Navidad y próspero año nuevo",
    "Parabéns pelo novo cargo!",
    "Tanti auguri di buon compleanno",
    "Congratulazioni per il nuovo lavoro!",
    "Gefeliciteerd met je werkjubileum!",
    "Happy birthday, דנה",
    "Congrats on 5 years at Acme!",
    "Happy New Year 2026!",
    "Merry Christmas to you and your family!",
    "Félicitations pour ces 5 ans",
    "Sure!",
]

REAL = [
    "",
    "Happy birthday! How did the move go?",
    "Congrats on the paper about ovens",
    "Congratulations, I read it twice.",
    "Thanks for the plan, I will send comments tomorrow",
    "Thanks. CALL ME TOMORROW",
    "Merry Christmas! We are in Oslo until the fifth.",
    "Shall we meet?",
    "Perfect, Thursday",
    "Ja, Mittwoch",
    "Ja, Berlin",
    "Sure, Starbucks",
    "Thanks - see you Monday",
    "Sehr gerne, Termin",
    "Not interested",
    "See you at 5",
    "?",
    "Herzlichen Glückwunsch zur Präsentation",
    "Merci pour le livre, je l'ai lu d'une traite",
    "谢谢你上次的帮助 明天 见面 再谈",
    "Thanks " * 60,
]


@pytest.mark.parametrize("text", CANNED)
def test_set_phrases_are_canned(text):
    assert is_canned(readable(text))


@pytest.mark.parametrize("text", REAL)
def test_what_says_more_is_not(text):
    assert not is_canned(readable(text))


def test_every_phrase_of_the_file_is_found_as_it_stands():
    data = tomllib.loads(files("netquality").joinpath("canned.toml").read_text("utf-8"))
    assert data.pop("schema_version") == 1
    del data["joining"], data["no_names"]
    for name, group in data.items():
        assert set(group) == {"en", "de", "fr", "es", "pt", "it", "nl"}, name
        for phrases in group.values():
            for phrase in phrases:
                assert phrase == phrase.lower().strip(), phrase
                said = phrase.replace("#", "12")
                assert is_canned(said), phrase
                assert is_canned(said.capitalize() + "!"), phrase


def test_questions_are_runs_of_marks_outside_of_links():
    assert question_count("Really?? Yes? See https://example.com/?q=1") == 2
    assert question_count("هل نلتقي؟") == 1


def test_entities_and_tags_are_what_a_reader_sees():
    assert readable("<p>Tea &amp; cake?</p>\n") == "Tea & cake?"
    assert readable("a < b and b > a") == "a < b and b > a"
