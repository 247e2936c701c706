"""Invented people: common given names, family names that are put together here."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netquality._sample.dice import Dice


class Culture(NamedTuple):
    """Given names, and the pieces of family names; `language` is what they write to the owner."""

    language: str
    weight: float
    given: str
    stems: str
    ends: str
    particles: tuple[str, ...] = ("",)


class Name(NamedTuple):
    """A name as its bearer shows it, and the plain letters that a slug is made of."""

    first: str
    last: str
    slug: str
    language: str
    given: str  # how one would address the person


CULTURES = (
    Culture(
        "en",
        30,
        "Alice Ben Clara Daniel Emma Fiona George Hannah Isaac Julia Kate Liam Megan Nathan Olivia"
        " Peter Rachel Samuel Tessa Victor Wendy Amber Colin Derek Eleanor Frances Graham Holly",
        "Ashmer Brindle Cald Dunwick Elsmer Fenwold Garrow Hathel Kelwyn Larch Marl Nettle Orrin"
        " Pell Quarr Rooke Selwick Thistle Verl Wexel",
        "by combe croft den fold garth holt ley more stow thorpe wick worth",
    ),
    Culture(
        "de",
        12,
        "Anja Bernd Claudia Dieter Elke Florian Greta Hannes Ingrid Jonas Katrin Lukas Monika"
        " Niklas Petra Ralf Sabine Tobias Ulrike Wiebke Jürgen Günter Käthe Sören Björn",
        "Aldern Brunnel Dorfel Eichel Falken Grünel Hasel Immen Kressel Lindel Moosen Nebel Ostern"
        " Quellen Rauden Tannel Ulmen Wachol Zirben Blüten",
        "acker bruck dorner gruber hagen kamp lohe rieder steiger weiler",
    ),
    Culture(
        "fr",
        9,
        "Amélie Benoît Camille Désirée Élodie François Gaëlle Hervé Inès Jérôme Léa Mathilde Noémie"
        " Olivier Pascale Quentin Renée Stéphane Théo Valérie Yves Zoé Antoine Chloé",
        "Aub Beaur Chant Dorv Esp Fontr Grav Hautr Jol Lauv Marb Nov Orv Pelt Rocv Sauv Tramb Vall",
        "agnac elin eraud ignon inet ombelle ondier oseau urel égrin ière",
    ),
    Culture(
        "es",
        7,
        "Adrián Beatriz Carmen Diego Elena Fernando Gabriela Héctor Inés Joaquín Lucía Marcos Nuria"
        " Óscar Pilar Ramón Sofía Tomás Verónica Íñigo Begoña",
        "Alb Bar Cald Dor Esp Fal Gand Hor Lam Mor Nav Ort Palm Quint Rib Sand Tor Val Zam",
        "ancos arejo edilla eruela iñales izondo onera orriaga ugueda uñol",
    ),
    Culture(
        "pt",
        5,
        "Ana Bruno Catarina Duarte Eduarda Filipe Graça Henrique Inês João Leonor Miguel Natália"
        " Patrícia Rui Sónia Tiago Vânia Luís Simão",
        "Alb Barr Cas Dorn Evor Fal Guim Laj Moir Nog Oliv Pinh Queir Rib Salg Tav Vim",
        "adelo alvão eirinha elhos inhal oredo osela uães",
    ),
    Culture(
        "it",
        6,
        "Alessia Bruno Chiara Davide Elisa Federico Giulia Ivano Lorenzo Marta Nicolò Ornella Paolo"
        " Rosa Silvio Teresa Ugo Vittoria Desirè",
        "Alb Bran Cast Dol Ferr Gal Lamb Mal Nerv Olm Pav Quer Rond Salv Tarv Vign",
        "accini arello ebaldi elmi icucci ondelli otteri ugliani",
    ),
    Culture(
        "nl",
        7,
        "Anouk Bram Carlijn Daan Eline Floor Gijs Hanneke Ivo Joris Karlijn Lotte Maarten Noor"
        " Pieter Roos Sander Tess Wouter Zoë Renée Daniël",
        "Akker Berken Elzen Grachten Heiden Koren Linden Molen Noorder Polder Riet Schuur Tuinen"
        " Wilgen",
        "brink donk hof laar meer stra veld wijk zand",
        ("", "", "van ", "de ", "van der "),
    ),
    Culture(
        "en",
        5,
        "Agnieszka Bartosz Celina Dorota Elżbieta Filip Grażyna Hubert Iwona Jakub Kinga Łukasz"
        " Małgorzata Paweł Rafał Wojciech Zofia",
        "Brzoz Dębin Gór Jawor Kalin Lipow Modrz Olsz Polan Sosn Wierzb Żuraw",
        "ański ecki elak icz iewicz owiak",
    ),
    Culture(
        "en",
        5,
        "Anders Birgit Eero Freja Gustav Helmi Ingeborg Jónas Kirsten Lars Maja Nils Ólafur"
        " Pernille Sigrid Tove Åsa Øyvind",
        "Alm Björk Ek Frost Gran Hav Isel Lind Myr Nord Ravn Skog Tall Ulv Øst",
        "brekka dalin elius havn lund mark skär strand vang",
    ),
    Culture(
        "en",
        6,
        "Aarav Ananya Deepa Farhan Ishaan Kavya Lakshmi Meera Nikhil Priya Rohan Sanjana Tara"
        " Vikram Zara",
        "Anand Bhav Chandr Dev Gir Hari Kamal Mani Nav Pad Ratn Sur Vidy",
        "akeri alaya amurti apalli asundar avarma ikanth olkar",
    ),
    Culture(
        "en",
        4,
        "Ayşe Burak Ceren Deniz Emre Gökçe Hakan İpek Kerem Leyla Özge Selin Tuğba Umut Yiğit"
        " Çağla",
        "Ak Boz Çam Demirk Gül Ilgın Kar Oba Sedir Taş Yel Zeytin",
        "bahçe balkan dalı gönül kaya oğuz pınar türk yol",
    ),
    Culture(
        "en",
        4,
        "Adaeze Babajide Chidi Emeka Folake Kofi Ama Kwame Ngozi Olumide Simisola Tunde Wanjiru"
        " Otieno Thandiwe Sipho Zanele",
        "Ade Chuk Ebel Ife Kam Mbal Ndir Oke Obar Sow Tem Uch",
        "anola ediwe elani embe igbola okwu oruwa untala",
    ),
)

# Other scripts: "shown|as in a slug". They write English to the owner.
_SCRIPTS = (
    (
        "ليلى|layla يوسف|youssef نور|nour سامر|samer هالة|hala كريم|karim رنا|rana طارق|tarek",
        "القمراني|alqamrani الورداشي|alwardashi السنبلوي|alsunbulawi الزيتوندي|alzaytoundi",
    ),
    (
        "נועה|noa איתי|itai תמר|tamar אורי|uri שירה|shira יעל|yael מאיה|maya גיל|gil",
        "שקדירון|shkediron תמרלון|tamarlon ברושני|broshani ארזיאלי|arzieli כרמלון|karmelon",
    ),
    (
        "晓雨|xiaoyu 思远|siyuan 嘉怡|jiayi 子涵|zihan 文博|wenbo 雅琳|yalin",
        "云杉|yunshan 青禾|qinghe 白榆|baiyu 松溪|songxi",
    ),
    (
        "陽菜|hina 健太|kenta 美咲|misaki 大輔|daisuke 彩花|ayaka 翔太|shota",
        "霧ノ宮|kirinomiya 槙沢原|makisawara 雪ノ瀬|yukinose 葉月野|hazukino",
    ),
    (
        "지우|jiwoo 민준|minjun 서연|seoyeon 하은|haeun",
        "솔나무|solnamu 별내골|byeolnaegol 달여울|dalyeoul",
    ),
    (
        "Оксана|oksana Андрій|andrii Марія|mariia Дмитро|dmytro Ірина|iryna",
        "Вербодол|verbodol Зоряненко|zorianenko Липогай|lypohai Яснобір|yasnobir",
    ),
)
_CREDENTIALS = (
    ", MBA", ", PhD", ", PMP", ", CFA, FRM", ", M.Sc.", ", PMP, CSM", ", CPA", ", RN, BSN",
    ", LL.M.",
)  # fmt: skip
_EMOJI = (" 🌱", " 🚀", " ☕", " 🧗", " 🎶", " 🌍", " ✨")
_PLAIN = str.maketrans("łøßıæđ", "losiad")
_WEIGHTS = {number: culture.weight for number, culture in enumerate(CULTURES)}
_SCRIPT_SHARE = 0.045
_ORNAMENTS = {"credentials": 0.075, "emoji": 0.02, "maiden name": 0.015, "": 0.89}


def plain(text: str) -> str:
    """Return small ASCII letters and hyphens, as most slugs have them.

    >>> plain("Élodie van der Møl")
    'elodie-van-der-mol'
    """
    spread = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    kept = (c if c.isascii() and c.isalnum() else "-" if c in " -" else "" for c in spread)
    return "".join(kept).strip("-")


def _suffix(dice: Dice) -> str:
    return f"{dice.below(0x1000_0000):07x}"


def _foreign(dice: Dice) -> Name:
    given, family = dice.pick(_SCRIPTS)
    first, first_plain = dice.pick(given.split()).split("|")
    last, last_plain = dice.pick(family.split()).split("|")
    letters = f"{first}-{last}" if dice.chance(0.6) else f"{first_plain}-{last_plain}"
    return Name(first, last, f"{letters}-{_suffix(dice)}", "en", first)


def invent(dice: Dice) -> Name:
    """Invent a name: some carry credentials, emoji, a maiden name, or another script."""
    if dice.chance(_SCRIPT_SHARE):
        return _foreign(dice)
    culture = CULTURES[dice.weighted(_WEIGHTS)]
    given = dice.pick(culture.given.split())
    family = _family(dice, culture)
    accented = f"{given} {family}".lower().replace(" ", "-")
    letters = accented if dice.chance(0.4) else plain(f"{given} {family}")
    slug = f"{letters}-{_suffix(dice)}"
    return Name(given, family + _ornament(dice, culture), slug, culture.language, given)


def _family(dice: Dice, culture: Culture) -> str:
    stem, end = dice.pick(culture.stems.split()), dice.pick(culture.ends.split())
    return dice.pick(culture.particles) + stem + end


def _ornament(dice: Dice, culture: Culture) -> str:
    kind = dice.weighted(_ORNAMENTS)
    if kind == "credentials":
        return dice.pick(_CREDENTIALS)
    if kind == "emoji":
        return dice.pick(_EMOJI)
    return f" ({_family(dice, culture).split()[-1]})" if kind else ""


# What a parser trips over, once each: put into the cast on purpose.
HARD_NAMES = (
    Name(
        "Maximiliane Philippa Theodora Rosamunde",
        "von Quellenbruck-Haselkamp zu Raude, DBA",
        "maximiliane-quellenbruck-haselkamp-0a5be11",
        "de",
        "Maximiliane",
    ),
    Name("=Jules", "Orvombelle", "jules-orvombelle-3c7719d", "fr", "Jules"),
    Name("@mona", "Verlstow", "mona-verlstow-91d20fa", "en", "Mona"),
    Name("+Ravi", "Navakeri", "ravi-navakeri-5540b1c", "en", "Ravi"),
    Name("-Tess-", "Wilgenlaar", "tess-wilgenlaar-77e0a41", "nl", "Tess"),
    Name('Robert "Bo"', "Larchholt", "bo-larchholt-2b6c901", "en", "Bo"),
    Name("Null", "Fenwoldby", "null-fenwoldby-c04d5e7", "en", "Null"),
    Name("Gaëlle", "Sauvégrin (Trambière), PhD", "gaëlle-sauvégrin-1e88f3b", "fr", "Gaëlle"),
)
