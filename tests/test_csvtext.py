"""CSV text: whatever another program made of a file reads as LinkedIn wrote it, or is rejected."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netquality.errors import ExportError
from netquality.reading import layout as layout_of
from netquality.reading.csvtext import parse_csv
from netquality.reading.encodings import as_utf8

HEADER = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
NEEDED = {"first name", "last name", "url", "connected on"}
PREAMBLE = 'Notes:\n"When exporting your connection data, you may see that some is missing."\n\n'
ROWS = [
    ["Zoë", "Erfunden", "https://x.y/in/z", "", "Bäckerei Größe", "Geschäftsführerin", "1.1.2020"],
    ["François", "Inventé", "https://x.y/in/fr", "", "Société, Paris", "Développeur", "2.1.2020"],
    ["José", "Muñoz", "", "", 'Said "hm"', "Señor; Dirección", "3 Jan 2020"],
]  # fmt: skip


def table(rows=ROWS, header=HEADER, *, separator=",", ends="\n", quoting=csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=ends, quoting=quoting).writerows(
        [header, *rows]
    )
    return out.getvalue()


def parse(data: bytes | str, needed=NEEDED):
    data = data.encode() if isinstance(data, str) else data
    return parse_csv(data, source="Connections.csv", needed=needed)


def cells(text) -> list[list[str]]:
    return text.rows.to_numpy().tolist()


def resaved(*traits: str) -> str:
    return f"Connections.csv: saved again by another program ({', '.join(traits)}); read as such."


# As LinkedIn writes it ---------------------------------------------------------------------------


def test_a_pristine_file_is_read_without_a_note():
    text = parse(PREAMBLE + table().rstrip("\n"))
    assert (cells(text), text.notes, text.rejected) == (ROWS, (), ())
    assert text.rows.columns.tolist() == [name.casefold() for name in HEADER]
    assert text.lines() == [5, 6, 7]


def test_a_pristine_file_is_neither_copied_nor_read_row_by_row(monkeypatch):
    data = table().encode()
    view, traits = as_utf8(data, "x.csv")
    assert view.obj is data
    assert traits == ()
    monkeypatch.setattr("netquality.reading.csvtext.records", None)
    assert cells(parse(data)) == ROWS


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_change_nothing(mark, ends):
    text = parse(mark + PREAMBLE.replace("\n", ends) + mark + table(ends=ends))
    assert (cells(text), text.notes) == (ROWS, ())


def test_mixed_line_ends():
    lines = table().splitlines()
    text = parse(lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r" + lines[3])
    assert cells(text) == ROWS
    assert text.lines() == [2, 3, 4]


def test_blank_lines_are_no_rows():
    assert cells(parse(table().replace("\n", "\r\r\n\n"))) == ROWS


# Separators and quotes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_another_separator(separator, name, quoting):
    text = parse(PREAMBLE + table(separator=separator, quoting=quoting))
    assert (cells(text), text.notes) == (ROWS, (resaved(name),))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_line_that_tells_excel_the_separator(ends):
    text = parse(f"sep=;{ends}" + table(separator=";", ends=ends))
    assert (cells(text), text.notes) == (ROWS, (resaved("semicolons"),))


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_preamble_padded_with_separators(separator):
    padded = f"Notes:{separator * 6}\n" + '"When exporting, you may see"' + separator * 6 + "\n"
    text = parse(padded + separator * 6 + "\n" + table(separator=separator))
    assert (cells(text), text.rejected) == (ROWS, ())


def test_a_header_padded_with_empty_names():
    lines = [line + ";;" for line in table(separator=";").splitlines()]
    text = parse("\n".join(lines))
    assert (cells(text), text.notes) == (ROWS, (resaved("semicolons", "padded with empty cells"),))
    assert list(text.rows.columns) == [name.casefold() for name in HEADER]


def test_a_remark_beside_the_table_rejects_its_row():
    lines = [line + ",," for line in table().splitlines()]
    text = parse("\n".join(lines[:2]) + "call her!\n" + lines[2])
    assert cells(text) == ROWS[1:2]
    assert [(bad.line, bad.reason) for bad in text.rejected] == [
        (2, "has 9 cells, the header has 7")
    ]
    assert "call" not in repr(text)


def wrapped(text: str, padding: str = "") -> str:
    return "\n".join('"' + line.replace('"', '""') + '"' + padding for line in text.splitlines())


@pytest.mark.parametrize("padding", ["", ";;;", "\t\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_whole_rows_quoted_into_one_cell(padding, quoting):
    text = parse(wrapped(PREAMBLE + table(quoting=quoting), padding))
    assert (cells(text), text.notes) == (ROWS, (resaved("whole rows in one cell"),))
    assert text.lines() == [5, 6, 7]


def test_only_some_rows_quoted_into_one_cell():
    lines = table().splitlines()
    text = parse("\n".join([*lines[:2], wrapped(lines[2]), lines[3]]))
    assert cells(text) == ROWS
    assert text.notes == ("Connections.csv: 1 row stood whole in one cell; taken apart again.",)


def test_every_quote_doubled():
    text = parse(table(ROWS[:2], quoting=csv.QUOTE_ALL).replace('"', '""'))
    assert (cells(text), text.notes) == (ROWS[:2], (resaved("every quote doubled"),))


# Code pages --------------------------------------------------------------------------------------

PEOPLE = {
    "cp1252": [*ROWS, ["Søren", "Næss", "", "", "Mærsk", "Rådgiver", "1.2.2020"]],
    "mac_roman": ROWS,
    "cp1250": [["Łukasz", "Wiśniewski", "", "", "Spółka Żółć", "Główny księgowy", "01.02.2020"]],
    "cp1251": [["Иван", "Выдуманный", "", "", "Рога и копыта", "Директор", "01.02.2020"]],
    "cp1254": [["Ayşe", "Yılmaz", "", "", "Uydurma Yolları", "Yazılım Mühendisi", "01.02.2020"]],
    "shift_jis": [["太郎", "架空", "", "", "株式会社みほん", "エンジニア", "2020/01/02"]],
    "gb18030": [["伟", "王", "", "", "虚构银行", "工程师", "2020/1/2"]],
}
GUESS = ": a guess, some letters may be wrong"
NAMES = {"mac_roman": "mac-roman", "shift_jis": "cp932", "cp1254": f"cp1254{GUESS}"}
WESTERN = {
    "Spanish": "Iñaki Martín María Sofía Muñoz Nuñez Ángel Andrés José Peña Íñigo Begoña",
    "French": "François Hélène Château Jérôme Anaïs Noël Benoît Stéphane Cécile Françoise Lefèvre",
    "Portuguese": "João Gonçalves Conceição António Inês Magalhães Simões Cláudia Estêvão Araújo",
    "Nordic": "Søren Næss Bjørn Åse Håkon Pålsson Björk Guðmundsdóttir Þór Jón Ásta Ödegård",
    "mixed": "Muñoz Björn Müller Søren João Hélène François Martín Größe Zoë Iñaki Andrés",
}


@pytest.mark.parametrize("page", PEOPLE)
@pytest.mark.parametrize("plain", [0, 40])
def test_another_code_page(page, plain):
    rows = PEOPLE[page] + [["Bob", "Invented", "", "", "Bake Co", "Baker", "01.02.2020"]] * plain
    text = parse(table(rows, separator=";", ends="\r\n").encode(page))
    assert cells(text) == rows
    assert text.notes == (resaved("semicolons", NAMES.get(page, page)),)


@pytest.mark.parametrize("names", WESTERN.values(), ids=WESTERN)
@pytest.mark.parametrize("count", [2, 4, 8])
def test_western_names_are_read_with_their_own_letters_however_few(names, count):
    several = names.split()
    for start in range(len(several)):
        some = [*several, *several][start : start + count]
        rows = [[name, "S", "", "", "Bake Co", "Baker", "05 Jan 2020"] for name in some]
        text = parse(table(rows).encode("cp1252"))
        assert cells(text) == rows
        assert text.notes in {(resaved("cp1252"),), (resaved(f"cp1252{GUESS}"),)}


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("cp1250", "Łukasz Wiśniewski Dąbrowska Wójcik Małgorzata Zieliński"),
        ("cp1250", "Erdős László Szűcs Győző Tóth Jenő Németh Sándor Vörös"),
        ("cp1250", "Kovačević Marković Đurić Božić Šimić"),
        ("cp1254", "Yılmaz Işık Doğan Şahin Gökçe Çelik Ayşe Müge"),
        ("cp1257", "Bērziņš Jānis Ēriks Liepiņa Šķēle Ģirts"),
    ],
)
def test_other_latin_pages_are_told_by_their_languages(page, names):
    rows = [[name, "S", "", "", "Bake Co", "Baker", "05 Jan 2020"] for name in names.split()]
    text = parse(table(rows).encode(page))
    assert cells(text) == rows


@pytest.mark.parametrize("name", ["Hélčne", "Răzvan", "Zieliński", "Ivančić"])
def test_where_too_little_tells_the_code_page_the_warning_says_that_letters_may_be_wrong(name):
    text = parse(table([[name, "S", "", "", "A", "B", "05 Jan 2020"]]).encode("cp1250"))
    assert text.notes == (resaved(f"cp1252{GUESS}"),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("cut", [0, 1])
def test_utf_16_with_and_without_its_mark(encoding, cut):
    data = (PREAMBLE + table(separator="\t")).encode(encoding)
    text = parse(data[: len(data) - cut])
    assert cells(text)[:2] == ROWS[:2]
    assert text.notes[0].startswith("Connections.csv: saved again by another program (tabs, UTF-16")


def test_a_damaged_byte_in_utf_8_does_not_make_another_code_page_of_it():
    text = parse(table().encode().replace("Größe".encode(), b"Gr\xff\xc3\x9fe"))
    assert text.rows["company"].tolist()[0] == "Bäckerei Gr\ufffdße"
    assert text.rows["first name"].tolist() == ["Zoë", "François", "José"]
    assert text.notes == (resaved("1 damaged character shown as \ufffd"),)


def test_parts_in_two_encodings_pasted_together():
    rows = [row for row in ROWS for _ in range(4)]
    data = table(rows).encode() + table(rows[-2:]).encode("cp1252")
    text = parse(data)
    assert cells(text) == rows + rows[-2:]


def test_cut_off_in_the_middle_of_a_character():
    data = table([*ROWS, ["Ana", "Erfunden", "", "", "Bäckerei ö"]]).encode().rstrip(b"\n")[:-1]
    text = parse(data)
    assert cells(text) == ROWS
    assert text.notes == (resaved("cut off in the middle of a character"),)
    assert text.rejected[0].line == 5


def test_nul_bytes_are_left_out_and_counted():
    text = parse(table().encode().replace(b"Erf", b"E\0rf") + b"\0" * 512)
    assert (cells(text), text.notes) == (ROWS, (resaved("513 NUL bytes left out"),))


# Damage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b" \r\n\n", b"\0" * 9, b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_error(data):
    with pytest.raises(ExportError, match=r"^Connections\.csv: "):
        parse(data)


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_header_only(end):
    text = parse(PREAMBLE + ",".join(HEADER) + end)
    assert (text.rows.shape, text.rejected, text.lines()) == ((0, 7), (), [])


def test_rows_with_empty_cells_too_many_at_the_end_are_mended_and_counted():
    lines = table().splitlines()
    text = parse("\n".join([*lines[:2], lines[2] + ",,", lines[3] + ","]))
    assert cells(text) == ROWS
    assert text.notes == ("Connections.csv: 2 rows had empty cells too many at the end; left out.",)


def test_of_a_column_that_stands_twice_the_filled_cell_counts_and_it_is_said():
    header = [*HEADER[:4], "Company", *HEADER[4:]]
    rows = [[*row[:4], "", *row[4:]] for row in ROWS[:2]] + [[*ROWS[2][:5], "other", *ROWS[2][5:]]]
    text = parse(table(rows, header))
    assert cells(text) == ROWS
    said = "1 column stands more than once; of each row the first filled cell is taken."
    assert text.notes == (f"Connections.csv: {said}",)
    assert parse(table([[*row, ""] for row in ROWS], [*HEADER, "Company"])).notes == ()


def test_an_empty_row_is_one_however_many_cells_it_has():
    text = parse(table() + ",,\n" + "," * 6 + "\n" + "," * 9 + "\n")
    assert cells(text) == ROWS + [[""] * 7] * 3
    assert text.lines()[-3:] == [5, 6, 7]
    assert text.rejected == ()


def test_rows_with_too_few_cells_are_rejected_since_nobody_knows_which_is_missing():
    text = parse(table([ROWS[0], ROWS[1][:-1], ["a,secret"], ROWS[2]]))
    assert cells(text) == [ROWS[0], ROWS[2]]
    assert [(bad.line, bad.reason) for bad in text.rejected] == [
        (3, "has 6 cells, the header has 7"),
        (4, "has 1 cell, the header has 7"),
    ]
    assert text.lines() == [2, 5]
    assert "secret" not in repr(text)


def test_parts_pasted_together_with_header_and_preamble():
    one, two = PREAMBLE + table(ROWS[:1]), PREAMBLE + table(ROWS[1:])
    text = parse(one + "\ufeff" + two)
    assert (cells(text), text.rejected) == (ROWS, ())
    assert text.notes == (
        "Connections.csv: the header stands 1 more time between the rows; left out.",
    )
    assert text.lines() == [5, 10, 11]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("above", ["", PREAMBLE])
def test_rows_above_the_header_are_rejected_by_line_as_a_sort_leaves_them(separator, above):
    sheet = table(separator=separator).splitlines(keepends=True)
    text = parse(above + sheet[1] + sheet[2] + sheet[0] + sheet[3])
    assert cells(text) == ROWS[2:]
    first = above.count("\n") + 1
    assert [(bad.line, bad.reason) for bad in text.rejected] == [
        (line, "stands above the header; put the header back on the first line")
        for line in (first, first + 1)
    ]
    assert text.lines() == [first + 3]


def test_rows_whole_in_one_cell_above_the_header_are_rejected_too():
    sheet = wrapped(table(), ",").splitlines()
    text = parse("\n".join([wrapped("Notes:", ","), sheet[1], sheet[0], *sheet[2:]]))
    assert cells(text) == ROWS[1:]
    assert [bad.line for bad in text.rejected] == [2]


def test_a_given_name_that_stands_above_the_header_too_is_no_preamble():
    alone = ["Zoë", *[""] * 6]
    sheet = table([*ROWS[1:], alone]).splitlines()
    text = parse("\n".join([table(ROWS[:1]).splitlines()[1], *sheet]))
    assert cells(text) == [*ROWS[1:], alone]


def test_rows_under_another_header_are_rejected_though_they_have_as_many_cells():
    other = [*HEADER[1::-1], *HEADER[2:]]
    text = parse(table() + table([["Erfunden", "Ana", *[""] * 5]], other) + table(ROWS[:1]))
    assert cells(text) == ROWS + ROWS[:1]
    assert [bad.reason for bad in text.rejected] == [
        "stands under another header, further down in the file"
    ]


@pytest.mark.parametrize(
    "last", ['Ana,"Erf', 'Ana,E,,,,,"1 Jan', 'Ana,E,,,,,"1 Jan 2020\nBob,E,,,,,2 Jan 2020\n', '"']
)
def test_a_quote_that_never_ends_keeps_the_rows_before_it(last):
    text = parse(PREAMBLE + table() + last)
    assert cells(text) == ROWS
    assert [(bad.line, bad.reason) for bad in text.rejected] == [
        (8, "has a quote that never ends; nothing after it can be read")
    ]


def test_an_absurdly_long_field_costs_its_row_and_no_other(monkeypatch):
    monkeypatch.setattr(layout_of, "LONGEST_FIELD", 1000)
    long = ["Ana", "E", "", "", "x\n" * 3000, "", "1 Jan 2020"]
    text = parse(table([ROWS[0], long, [*ROWS[1], "one too many"], ROWS[2]]))
    assert cells(text) == [ROWS[0], ROWS[2]]
    assert [(bad.line, bad.reason) for bad in text.rejected] == [
        (3, "has a field longer than 16 MiB"),
        (3004, "has 8 cells, the header has 7"),
    ]


def test_a_field_of_twenty_megabytes():
    long = ["Ana", "E", "", "", "x" * (20 << 20), "", "1 Jan 2020"]
    text = parse(table([ROWS[0], long, ROWS[2]]))
    assert cells(text) == [ROWS[0], ROWS[2]]
    assert [bad.line for bad in text.rejected] == [3]


def test_no_header_says_which_column_is_nearest_missing():
    with pytest.raises(ExportError, match=r"without CONNECTED ON\)"):
        parse(";".join(HEADER[:-1]) + "\n")


# Laws --------------------------------------------------------------------------------------------

PAGES = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=20)


@given(
    rows=st.lists(st.lists(cell, min_size=7, max_size=7), max_size=6),
    separator=st.sampled_from(",;\t|"),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    encoding=st.sampled_from(PAGES),
    preamble=st.booleans(),
)
def test_any_table_written_in_any_form_reads_back_the_same(
    rows, separator, ends, quoting, encoding, preamble
):
    if quoting == csv.QUOTE_MINIMAL:  # which in Python 3.11 leaves a line end unlike its own bare
        bare = {ord(end): " " for end in "\r\n" if end not in ends}
        rows = [[value.translate(bare) for value in row] for row in rows]
    text = table(rows, separator=separator, ends=ends, quoting=quoting)
    parsed = parse(((PREAMBLE.replace("\n", ends) if preamble else "") + text).encode(encoding))
    assert cells(parsed) == rows
    assert parsed.rejected == ()
    assert len(parsed.lines()) == len(rows)


@given(st.lists(st.lists(cell, min_size=7, max_size=7), max_size=4))
def test_any_table_quoted_into_single_cells_reads_back_the_same(rows):
    rows = [[" ".join(value.split()) for value in row] for row in rows]
    lines = [next(iter(table([row]).split("\n", 1)[1:])).rstrip("\n") for row in rows]
    outer = table([[line] for line in lines], [",".join(HEADER)], quoting=csv.QUOTE_ALL)
    assert cells(parse(outer)) == rows


@given(st.sampled_from(sorted(PEOPLE)), st.data())
def test_any_order_of_rows_gives_the_same_code_page(page, data):
    rows = data.draw(st.permutations(PEOPLE[page]))
    assert cells(parse(table(rows).encode(page))) == rows


@given(st.binary(max_size=400), st.booleans(), st.sampled_from([b",", b";", b"\t"]))
@example(b'"', True, b",")
@example(b"\xc3", True, b",")
def test_arbitrary_bytes_give_rows_or_a_clear_error(data, has_header, separator):
    head = separator.join(name.encode() for name in HEADER) + b"\n" if has_header else b""
    try:
        text = parse(head + data)
    except ExportError:
        return
    assert len(text.lines()) == len(text.rows)
    assert all(bad.line > 1 for bad in text.rejected)


@given(st.text('",\n\r;ab ', max_size=60))
def test_every_row_is_kept_or_rejected_and_has_its_line(body):
    text = parse("A,B\n" + body, needed={"a", "b"})
    lines = text.lines()
    assert len(lines) == len(text.rows)
    assert lines == sorted(set(lines))
    assert not set(lines) & {bad.line for bad in text.rejected}


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_keeps_the_rows_before_the_cut(cut):
    data = table(quoting=csv.QUOTE_ALL).encode()
    start = data.index(b"\n") + 1
    text = parse(data[: start + cut])
    whole = cells(text)
    assert whole[:-1] == ROWS[: len(whole)][:-1]
    for kept, written in zip(whole[-1:], ROWS[len(whole) - 1 :], strict=False):
        # where the cut falls between two cells or in a bare one, nothing shows that it is a cut
        assert kept[:-1] == written[:-1]
        assert written[-1].startswith(kept[-1])
