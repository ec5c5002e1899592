"""A referral on paper: the form for whoever it goes to, and the letter that tells the family."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from families.models import Family, Member, Person
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from referrals.external import actions, letters, rules
from referrals.external.views import load

FORM, LETTER = "The form", "A letter to the family"


@require_GET
def outside_form(request: HttpRequest, ref: str) -> HttpResponse:
    """The form with its return slip, to post or to hand over."""
    user = signed_in(request)
    outside = load(user, ref)
    rules.check_can_print(outside, user)
    answer = _pdf(letters.form(outside), f"referral-{outside.ref}")
    actions.print_outside(outside=outside, what=FORM, by=user)
    return answer


@require_GET
def outside_letters(request: HttpRequest, ref: str) -> HttpResponse:
    """To whom of the family a letter may go, and why not to others."""
    user = signed_in(request)
    outside = load(user, ref)
    rules.check_can_print(outside, user)
    people = [
        (person, why_not(rules.check_can_write_to, outside, person, user))
        for person in _carers(outside.family, user)
    ]
    return render(request, "referrals/outside/letters.html", {"outside": outside, "people": people})


@require_GET
def outside_letter(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """The letter to one carer: to whom they were referred, and nothing of why."""
    user = signed_in(request)
    outside = load(user, ref)
    rules.check_sends(outside, user)
    person = get_by_ref_or_404(_carers(outside.family, user), person_ref)
    rules.check_can_write_to(outside, person, user)
    answer = _pdf(letters.letter(outside, person), f"letter-{outside.ref}")
    actions.print_outside(outside=outside, what=LETTER, by=user)
    return answer


def _carers(family: Family, user: User) -> QuerySet[Person]:
    members = Member.objects.visible_to(user).filter(family=family).current()
    grown = members.exclude(role__in=Member.CHILD_ROLES)
    return Person.objects.filter(
        pk__in=grown.values("person"), died_on=None, restriction=""
    ).order_by("given_name")


def _pdf(written: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(written, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slugify(name)}.pdf"'
    return answer
