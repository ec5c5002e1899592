"""`rebuild_outcomes`: the night at the terminal."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from outcomes.indicators import INDICATORS
from outcomes.models import Figure

ONE = ("--as-at", "2016-09-30", "--periods", "2016-Q1", "--indicators", "new_birth_visit_14")


def test_it_says_what_it_did(lives, capsys):
    lives.child(date(2016, 4, 10))
    call_command("rebuild_outcomes", *ONE)
    output = capsys.readouterr()

    assert "1 indicators computed (5 figures), 0 unchanged, 0 failed" in output.out
    assert "1 of 1: new_birth_visit_14 done" in output.err
    assert Figure.objects.published().get(area_code="LEAP").denominator == 1


def test_it_fails_when_an_indicator_fails_and_publishes_the_others(lives, monkeypatch, capsys):
    broken = replace(INDICATORS["new_birth_visit_14"], numerator_sql="1 / 0 = 1")
    monkeypatch.setitem(INDICATORS, "new_birth_visit_14", broken)
    lives.child(date(2016, 4, 10))

    with pytest.raises(CommandError, match="new_birth_visit_14: DataError: division by zero"):
        call_command("rebuild_outcomes", *ONE, "new_birth_visit_30")
    assert set(Figure.objects.published().values_list("indicator", flat=True)) == {
        "new_birth_visit_30"
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-at", "yesterday"], "“yesterday” is not a date"),
        (["--as-at", "2999-01-01"], "is in the future"),
        (["--periods", "2016-Q9"], "“2016-Q9” is not a period"),
        (["--as-at", "2016-01-01", "--periods", "2016-Q1"], "has not begun"),
        (["--indicators", "happiness"], "“happiness” is not an indicator. There are: new_birth"),
    ],
)
def test_bad_input_gets_a_sentence(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("rebuild_outcomes", *arguments)


def test_with_nothing_on_record_there_is_nothing_to_do(db, capsys):
    call_command("rebuild_outcomes")

    assert "over 0 periods: 0 indicators computed" in capsys.readouterr().out
