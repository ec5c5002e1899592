"""Forms as they are rendered: labels, hints, errors, and what was typed."""

from datetime import date

import pytest
from django import forms
from django.template import engines

from leap.core.ui.fields import DateField3, DateInput


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


class Visit(forms.Form):
    name = forms.CharField(label="Name", help_text="As they say it.", max_length=5)
    minutes = forms.IntegerField(label="Minutes")
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Clinic"), ("b", "Phone")], widget=forms.RadioSelect
    )
    seen = forms.BooleanField(label="Seen")
    born_on = DateField3(label="Date of birth", required=False)
    on = forms.DateField(label="Day", required=False, widget=DateInput)


def test_a_field_has_a_label_a_hint_and_says_when_it_can_be_left_out():
    page = rendered("{{ form }}", form=Visit())
    assert '<label class="govuk-label govuk-label--s" for="id_name">Name</label>' in page
    assert 'aria-describedby="id_name_helptext"' in page
    assert page.count("(optional)") == 2


def test_an_error_is_tied_to_its_field_and_summed_up_on_top():
    page = rendered("{% error_summary form %}{{ form }}", form=Visit({}))
    assert '<a href="#id_name">Fill in “Name”.</a>' in page
    assert '<a href="#id_kind_0">Choose an answer for “Kind”.</a>' in page
    assert '<a href="#id_seen">Tick “Seen” to go on.</a>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'class="govuk-input govuk-input--error"' in page


def test_wrong_input_comes_back_as_it_was_typed():
    page = rendered("{{ form }}", form=Visit({"minutes": "an hour", "name": "far too long"}))
    assert 'value="an hour"' in page
    assert 'value="far too long"' in page
    assert "maxlength" not in page


def test_a_bare_sentence_names_its_field_in_the_summary():
    page = rendered("{% error_summary form %}", form=Visit({"minutes": "an hour"}))
    assert "Minutes: enter a whole number." in page


def test_a_sentence_about_the_whole_form_is_never_lost_and_never_said_twice():
    form = Visit({})
    form.add_error(None, "This room is taken.")
    assert "This room is taken." in rendered("{{ form }}", form=form)
    both = rendered("{% error_summary form %}{{ form }}", form=form)
    assert both.count("This room is taken.") == 1


def test_what_was_typed_is_escaped():
    page = rendered("{% error_summary form %}{{ form }}", form=Visit({"minutes": '"><script>'}))
    assert "<script>" not in page


def test_no_errors_no_summary():
    assert rendered("{% error_summary form %}", form=Visit()) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("31", "3", "2016"), date(2016, 3, 31)), (("1", "May", "2015"), date(2015, 5, 1))],
)
def test_three_boxes_make_a_date(typed: tuple[str, str, str], meant: date):
    assert DateField3().clean(list(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2016"), "Enter a real date"),
        (("31", "", "2016"), "The date needs a month."),
        (("1", "5", "16"), "four figures"),
        (("1", "Maybe not", ""), "The date needs a year."),
        (("x", "y", "zzzz"), "Enter a real date"),
        (("²", "1", "2016"), "Enter a real date"),
    ],
)
def test_a_date_that_cannot_be_gets_a_sentence(typed: tuple[str, str, str], sentence: str):
    with pytest.raises(forms.ValidationError, match=sentence):
        DateField3().clean(list(typed))


def test_three_boxes_show_a_known_date_and_a_mistyped_one():
    known = rendered("{{ form.born_on }}", form=Visit(initial={"born_on": date(2016, 3, 31)}))
    assert 'value="31"' in known
    assert 'value="2016"' in known
    mistyped = {"born_on_day": "99", "born_on_month": "Mai", "born_on_year": ""}
    assert 'value="Mai"' in rendered("{{ form.born_on }}", form=Visit(mistyped))


def test_a_native_date_is_given_as_browsers_want_it():
    page = rendered("{{ form.on }}", form=Visit(initial={"on": date(2016, 3, 1)}))
    assert 'type="date"' in page
    assert 'value="2016-03-01"' in page
