"""Marking who came, on a phone, one tap a person; and correcting it later."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from families.models import Family
from leap.core.accounts.models import User
from leap.core.bulk import as_shown
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls
from sites.bookings.party_selection import choose_family, choose_people
from sites.models import Attendance, Correction, Session
from sites.registers import actions, rules
from sites.registers.forms import LateWalkInForm, RegisterCorrectionForm, RegisterForm, WalkInForm
from sites.sessions.queries import get_session


@idempotent_post(NOTHING_NEW)
def register(request: HttpRequest, ref: str) -> HttpResponse:
    """Names of those in this session, and whether each came."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_open_register(session, user)
    late, why = session.is_register_closed, request.GET.get("why", "")
    if late and request.method != "POST" and why not in Correction.values:
        correction_context = {
            "session": session,
            "form": RegisterCorrectionForm(request.GET or None),
        }
        return render(request, "sites/correct.html", correction_context)
    sent, is_sent = sent_or_draft(request), request.method == "POST"
    rows = _rows(session, user, all_of_them=is_sent)
    form = RegisterForm(rows, sent, corrects=late, initial={"why": why})
    status = 200
    if is_sent and form.is_valid():
        try:
            marks = {
                ref: mark for ref, mark in as_shown(request).items() if mark in Attendance.Status
            }
            perform(
                request,
                actions.mark,
                session=session,
                came=form.came,
                as_shown=marks,
                by=user,
                why=form.why,
            )
            came = sum(form.came.values())
            messages.success(
                request, f"Register saved: {came} came, {len(form.came) - came} did not."
            )
            onwards = "sites:walk_in" if request.POST.get("then") == "walk_in" else "sites:session"
            return redirect(onwards, session.ref)
        except Conflict as first:
            form.add_error(None, str(first))
            status, rows = 409, _rows(session, user, all_of_them=True)
    _note_opening(request, session, why if late else "")
    context = {"session": session, "form": form, "rows": rows, "may_walk_in": _has_families(user)}
    return render(request, "sites/register.html", context, status=status)


def _rows(session: Session, user: User, *, all_of_them: bool) -> list[Attendance]:
    """By name. A page that was opened earlier may mark somebody who has cancelled since."""
    there = session.attendances.filter(pk__in=session.named_on_register())
    there = (
        there.on_register_for(user)
        .select_related("person")
        .order_by("person__given_name", "person__family_name", "pk")
    )
    if not all_of_them:
        there = there.exclude(status=Attendance.Status.CANCELLED)
    with bypass_rls("a register names everybody in it, to whoever takes it"):
        return list(there)


def _note_opening(request: HttpRequest, session: Session, why: str) -> None:
    seen = set(request.session.get("registers", []))
    actions.open_register(session=session, by=signed_in(request), seen=seen, why=why)
    request.session["registers"] = sorted(seen)


def _has_families(user: User) -> bool:
    return Family.objects.visible_to(user).exists()


@idempotent_post("walk-in", route="{path} {family.ref}", opens="sites:session")
def walk_in(request: HttpRequest, ref: str) -> HttpResponse:
    """Put down somebody who came without a booking."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_open_register(session, user)
    if not request.GET.get("family"):
        return choose_family(request, session, "sites:walk_in")
    form = LateWalkInForm if session.is_register_closed else WalkInForm
    return choose_people(request, session, form, "sites/walk_in.html", _add)


def _add(session: Session, family: Family, user: User, **chosen: Any) -> dict[str, object]:
    actions.walk_in(session=session, family=family, by=user, **chosen)
    return {"said": f"{len(chosen['people'])} added to the register."}
