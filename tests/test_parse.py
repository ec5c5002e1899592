"""Text, numbers and days that come in are read in one place, and never end in an error of ours."""

import pytest

from leap.core import parse


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Ada\u200b", "Ada"),  # zero-width space
        ("\ufeffAda", "Ada"),  # byte order mark
        ("A\u202eda", "Ada"),  # turns what follows round
        ("A\u2066da\u2069", "Ada"),
        ("Ada\u200f", "Ada"),
        ("Ada\u00ad", "Ada"),  # soft hyphen
        ("Ada\u00a0Okafor", "Ada Okafor"),
        ("Ada\u2007\u202fOkafor", "Ada  Okafor"),
        ("A\x00d\x07a\x7f\x85", "Ada\n"),
        ("Ada\ud800", "Ada"),
        ("Zoe\u0308", "Zoë"),
        ("Ada\u200d", "Ada"),  # Latin letters do not join
    ],
)
def test_what_nobody_sees_is_left_out(typed, text):
    assert parse.clean_text(typed) == text


@pytest.mark.parametrize(
    "text",
    [
        "নূর ক্\u200d",
        "عبد\u200cالله",
        "شهد",
        "👨\u200d👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "Nguyễn Thị Ánh",
        "O’Hara-Şahin",
        "Rang\ttwice;\r\ne\u0301 \u200f, as it was written",
    ],
)
def test_what_is_written_stays(text):
    assert parse.clean_text(text) == text


@pytest.mark.parametrize(("typed", "number"), [("38", 38), ("38.0", 38), (" 0 ", 0), ("-1", -1)])
def test_whole_numbers(typed, number):
    assert parse.whole(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "1E+30", "1e309", "3_8", "1_0", "３８", "٣٨", "²", "½", "NaN", "Infinity", "-inf", "+5",
     "1,234", "1 234", "12,5", "0x10", "9" * 5000, "7.5.1", "--1", "1.", ".5", "thirty"],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words(typed):
    for parse_text in (parse.number, parse.whole):
        with pytest.raises(parse.Unreadable, match=r"is not a (whole )?number\. .{20,}"):
            parse_text(typed)


def test_a_sentence_says_what_to_write_instead():
    with pytest.raises(parse.Unreadable, match="Write 1234,"):
        parse.number("1,234")
    with pytest.raises(parse.Unreadable, match=r"Write 12\.5,"):
        parse.number("12,5")


@pytest.mark.parametrize(
    "typed",
    ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", "2016-02-30", "2016-13-01",
     "٢٠١٦-٠١-٠١", "20160430", "2016-4", "", "30 April", "2016-04-30T10:00"],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_words(typed):
    for parse_text in (parse.day, parse.typed_day)[: 1 if typed[:4] in ("1899", "2101") else 2]:
        with pytest.raises(parse.Unreadable, match=r"^(“|The year).{20,}\.$|2016-04-30\.$"):
            parse_text(typed)


@pytest.mark.parametrize(
    "typed",
    ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2016-04-30T25:00",
     "2016-04-30T10:00+99:00", "now", "2016-04-30 ten"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_words(typed):
    with pytest.raises(parse.Unreadable):
        parse.moment(typed)


def test_a_day_as_a_hand_writes_it():
    assert str(parse.typed_day("30/4/2016")) == str(parse.typed_day("2016-04-30")) == "2016-04-30"
