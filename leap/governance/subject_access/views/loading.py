"""Loading a request for a page: there only for those who may see its family."""

from django.http import HttpRequest

from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.governance.subject_access.models import SubjectAccessRequest


def load(request: HttpRequest, ref: str) -> SubjectAccessRequest:
    """The request, with its family. Http404 when it is not visible, just as when there is none."""
    visible = SubjectAccessRequest.objects.visible_to(signed_in(request)).select_related(
        "family__lead_team", "person", "asked_by", "recorded_by", "answered_by"
    )
    return get_by_ref_or_404(visible, ref)
