"""Where the reference of a record that was merged leads: to the one that is kept, for those who see
that. For everybody else it is a reference that there never was."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from families.models import Family, Person
from families.people.search_query import read
from leap.casework.merging import rules
from leap.casework.merging.models import Merge
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.ids import is_ref
from leap.core.rls.session import bypass_rls

WHY = "a record that was merged is visible to nobody by itself"


def kept_family(ref: str, user: User) -> str:
    """The reference of the family that this one was merged into; blank where there is none."""
    if not is_ref(ref):
        return ""
    with bypass_rls(WHY):
        gone = Merge.objects.standing().filter(gone_family__ref=ref).first()
        key = rules.survivor(gone.gone_family_id or 0) if gone else 0
    refs = Family.objects.visible_to(user).filter(pk=key).values_list("ref", flat=True)
    return refs[0] if refs else ""


def kept_person(ref: str, user: User) -> str:
    """The same for a person."""
    if not is_ref(ref):
        return ""
    with bypass_rls(WHY):
        gone = Merge.objects.standing().filter(gone_person__ref=ref).first()
        key = rules.surviving_person(gone.gone_person_id or 0) if gone else 0
    refs = Person.objects.visible_to(user).filter(pk=key).values_list("ref", flat=True)
    return refs[0] if refs else ""


def redirect_merged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of a family, or the one of the family that it was merged into."""

    @wraps(view)
    def followed(request: HttpRequest, ref: str, *args: object, **more: object) -> HttpResponse:
        try:
            return view(request, ref, *args, **more)
        except Http404:
            if survivor := kept_family(ref, signed_in(request)):
                return redirect("families:family", survivor)
            raise

    return followed


def redirect_search(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A search, in which an old reference means the record that is kept."""

    @wraps(view)
    def sought(request: HttpRequest) -> HttpResponse:
        for name in ("GET", "POST"):
            params = getattr(request, name)
            if survivor := _meant(params.get("q", ""), signed_in(request)):
                setattr(request, name, params.copy())
                getattr(request, name)["q"] = survivor
        return view(request)

    return sought


def _meant(typed: str, user: User) -> str:
    query = read(typed)
    if query.ref:
        return kept_family(query.ref, user)
    return kept_person(query.person_ref, user) if query.person_ref else ""
