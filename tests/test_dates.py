"""Dates: every form LinkedIn or a spreadsheet wrote them in, and never a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.reading import months
from netquality.reading.dates import PACIFIC, parse_days, parse_instants, parse_periods
from netquality.reading.months import month_number


def column(*texts: str) -> pd.Series:
    return pd.Series(texts, dtype="str")


def days(*texts: str) -> list[str | None]:
    found = parse_days(column(*texts)).found
    assert found.dtype == "datetime64[us]"
    return [None if day is pd.NaT else f"{day:%Y-%m-%d}" for day in found]


def instants(*texts: str, zone=UTC) -> list[str | None]:
    found = parse_instants(column(*texts), zone).found
    assert found.dtype == "datetime64[us, UTC]"
    return [None if at is pd.NaT else f"{at:%Y-%m-%d %H:%M:%S}" for at in found]


AGAIN = "1 date is in another program's form; read as such."
UNCLEAR = "2 dates could have day or month first, and no row says which: left missing."


# Calendar days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["09 Nov 2018", "9 Nov 2018", "11/9/18, 5:33 PM", "11/9/18, 12:05 AM"]
)
def test_connected_on_as_linkedin_writes_it_needs_no_note(text):
    dates = parse_days(column(text))
    assert dates.found.item() == pd.Timestamp("2018-11-09")
    assert dates.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "09-Nov-18", "9-nov-2018", "9.11.2018", "09.11.18", "2018-11-09", "2018/11/09",
        "2018-11-09 17:33", "9. November 2018", "9 de nov. de 2018", "9 novembre 2018",
        "9-NOV.-18",
    ],
)  # fmt: skip
def test_connected_on_saved_again_by_a_spreadsheet(text):
    dates = parse_days(column(text))
    assert dates.found.item() == pd.Timestamp("2018-11-09")
    assert dates.notes == (AGAIN,)


def test_a_spreadsheet_that_converted_only_the_months_it_knew():
    assert days("01-feb-20", "02 Jan 2020", "03-ago-20", "04 Aug 2020") == [
        "2020-02-01",
        "2020-01-02",
        "2020-08-03",
        "2020-08-04",
    ]


def test_another_row_of_the_same_form_decides_which_number_is_the_day():
    assert days("03/04/2020", "25/04/2020", "") == ["2020-04-03", "2020-04-25", None]
    assert days("03/04/2020", "04/25/2020") == ["2020-03-04", "2020-04-25"]
    assert days("3-4-20", "25-4-20") == ["2020-04-03", "2020-04-25"]


def test_where_no_row_decides_the_date_is_missing_counted_and_said():
    dates = parse_days(column("03/04/2020", "05/04/2020", "06/06/2020", "soon", ""))
    assert dates.found.isna().tolist() == [True, True, False, True, True]
    assert dates.ambiguous.tolist() == [True, True, False, False, False]
    assert dates.unreadable.tolist() == [False, False, False, True, False]
    assert dates.notes == (AGAIN, "1 date is in no form known here: left missing.", UNCLEAR)


def test_rows_that_contradict_each_other_decide_nothing():
    assert days("25/04/2020", "04/25/2020", "03/04/2020") == ["2020-04-25", "2020-04-25", None]


def test_a_form_says_nothing_about_another():
    # a spreadsheet takes 9/5/17 for its own, writes it anew, and leaves 9/22/17, which it cannot be
    assert days("05/09/2017", "9/22/17, 5:33 PM") == [None, "2017-09-22"]


def test_the_american_form_of_2017_has_the_month_first_unless_a_row_shows_otherwise():
    assert days("9/5/17, 5:33 PM") == ["2017-09-05"]
    assert days("9/5/17, 5:33\u202fPM") == ["2017-09-05"]
    assert days("9/5/17, 5:33 PM", "22/9/17, 5:33 PM") == ["2017-05-09", "2017-09-22"]
    assert days("9/5/17, 5:33 PM", "22/9/17, 1:00 PM", "9/22/17, 1:00 PM")[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2020", "00 Jan 2020", "1 Foo 2020", "1 Jan 1999", "1.1.02", "1/13/1998",
        "32/1/2020", "13/13/2020", "1 Jan 20201",
        "9/22/17, 17:33 PM", "9/22/17, 0:33 AM", "9/22/17 25:00",
        "2020-13-01", "0/0/00", "Jan 2020", "43831", "1 2 2020", "１ Foo 2020", "1/2-2020",
    ],
)  # fmt: skip
def test_no_day_there_can_be(text):
    dates = parse_days(column(text))
    assert dates.found.isna().all()
    assert dates.unreadable.all()


# Instants ----------------------------------------------------------------------------------------


def test_messages_in_every_form():
    assert instants("2020-02-01 10:00:05 UTC", "2/13/18, 5:33 PM", "13/02/2020 17:33") == [
        "2020-02-01 10:00:05",
        "2018-02-13 17:33:00",
        "2020-02-13 17:33:00",
    ]
    dates = parse_instants(column("2020-02-01 10:00:05 UTC", "2/13/18, 5:33 PM"))
    assert dates.notes == ()
    assert parse_instants(column("01/02/2020 17:33", "02/03/2020 1:03")).notes == (UNCLEAR,)


def test_endorsements_and_recommendations():
    assert instants("2021/05/01 09:00:00 UTC", "05/01/21, 09:00 AM") == ["2021-05-01 09:00:00"] * 2
    assert parse_instants(column("2021/05/01 09:00:00 UTC", "05/01/21, 09:00 AM")).notes == ()


def test_invitations_hang_by_the_clock_of_us_pacific():
    assert instants("7/4/26, 5:33 PM", "12/1/26, 12:05 AM", "04.07.2026 17:33", zone=PACIFIC) == [
        "2026-07-05 00:33:00",
        "2026-12-01 08:05:00",
        "2026-07-05 00:33:00",
    ]
    assert instants("2026-07-04 17:33:00 UTC", zone=PACIFIC) == ["2026-07-04 17:33:00"]


def test_the_hour_that_autumn_has_twice_means_the_first():
    assert instants("11/1/26, 1:30 AM", zone=PACIFIC) == ["2026-11-01 08:30:00"]


def test_impossible_instants_stay_missing():
    assert instants("2020-02-30 10:00:00 UTC", "1999-02-01 10:00:00 UTC", "") == [None] * 3
    assert instants("2020/02/30 10:00:00 UTC", "1999/02/01 10:00:00 UTC") == [None] * 2
    assert instants("2020/02-01 10:00:00 UTC", "2020/02/01 10:00:60 UTC") == [None] * 2


def test_a_column_keeps_its_index_and_may_be_empty():
    texts = pd.Series(["2020-02-01 10:00:00 UTC", "x"], index=[7, 3], dtype="str")
    dates = parse_instants(texts)
    for each in (dates.found, dates.ambiguous, dates.unreadable):
        assert each.index.tolist() == [7, 3]
    for parse in (parse_days, parse_instants, parse_periods):
        assert len(parse(column()).found) == 0
        assert parse(column()).notes == ()


# Periods -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("Mai 1998", "1998-05-01", "1998-05-31"),  # a job may be older than LinkedIn
        ("feb-24", "2024-02-01", "2024-02-29"),
        ("Mar-98", "1998-03-01", "1998-03-31"),
    ],
)
def test_positions_bear_months_or_years(text, start, end):
    assert parse_periods(column(text)).found.item() == pd.Timestamp(start)
    assert parse_periods(column(text), is_end=True).found.item() == pd.Timestamp(end)


@pytest.mark.parametrize("text", ["98", "Foo 2020", "long ago", "0000", "2024 Feb"])
def test_no_period(text):
    assert parse_periods(column(text)).unreadable.all()


# Months ------------------------------------------------------------------------------------------


def test_no_spelling_denotes_two_months():
    spellings = [name for line in months._SPELLINGS for name in line.split()]
    assert len(months._SPELLINGS) == 12
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    "names",
    [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "JANVIER FÉVRIER MARS AVRIL MAI JUIN JUILLET AOÛT SEPTEMBRE OCTOBRE NOVEMBRE DÉCEMBRE",
    ],
)
def test_months_in_seven_languages(names):
    assert [month_number(name) for name in names.split()] == list(range(1, 13))


# Laws --------------------------------------------------------------------------------------------

day = st.dates(date(2003, 1, 1), date(2099, 12, 31))
FORMS = {
    "day first": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "month first": lambda d: f"{d.month}/{d.day}/{d.year}",
}


@given(st.lists(day, max_size=8), st.sampled_from(["%d %b %Y", "%d-%b-%y", "%d.%m.%Y", "%Y-%m-%d"]))
def test_any_day_in_any_clear_form_reads_back(written, form):
    # months of strftime are English here: tests run in the C locale
    assert days(*(each.strftime(form) for each in written)) == [str(each) for each in written]


@given(st.lists(day, max_size=8), st.sampled_from(sorted(FORMS)))
def test_an_unclear_date_is_never_guessed(written, form):
    found = parse_days(column(*(FORMS[form](each) for each in written)))
    is_shown = any(each.day > 12 for each in written)
    for each, value, unclear in zip(written, found.found, found.ambiguous, strict=True):
        clear = is_shown or each.day == each.month
        assert unclear is not clear
        assert (value == pd.Timestamp(each)) if clear else value is pd.NaT


@given(st.lists(st.text("0123456789/-.: AMPJanfeb,UTC", max_size=22), max_size=6), st.randoms())
def test_any_text_is_read_unclear_unreadable_or_blank_in_whatever_order(texts, dice):
    texts = column(*texts)
    for parse in (parse_days, parse_instants, parse_periods):
        dates = parse(texts)
        blank = texts.str.strip() == ""
        ways = [dates.found.notna(), dates.ambiguous, dates.unreadable, blank]
        assert pd.concat(ways, axis=1).astype(int).sum(axis=1).eq(1).all()
        order = dice.sample(range(len(texts)), len(texts))
        pd.testing.assert_series_equal(parse(texts.iloc[order]).found, dates.found.iloc[order])


@given(st.datetimes(datetime(2003, 1, 2), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_pacific_time_agrees_with_the_time_zone_data(at):
    at = at.replace(second=0, microsecond=0, fold=0)
    half = "AM" if at.hour < 12 else "PM"
    text = f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M} {half}"
    expected = at.replace(tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)
    assert instants(text, zone=PACIFIC) == [f"{expected:%Y-%m-%d %H:%M:%S}"]
