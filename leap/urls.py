"""Every address of the product."""

from django.urls import include, path

from families import urls as families
from families.views import finding
from leap.allocation import urls as allocation
from leap.merging.leading_on import following, seeking
from leap.pages import (
    before,
    break_glass,
    chronology,
    consent,
    design,
    drafts,
    due,
    family,
    health,
    my_work,
    notices,
    pathways,
    reviews,
)
from referrals import urls as referrals

# A family's own page meets referrals and bookings, which lie above families.
families_and_their_pages = [
    path("", seeking(finding.search), name="search"),
    path("find/", seeking(finding.find), name="find"),
    *families.urlpatterns,
    *allocation.urlpatterns,
    path("due/", due.due, name="due"),
    path("break-glass/", break_glass.break_glass, name="break_glass"),
    path("break-glass/review/", reviews.review, name="review"),
    path("break-glass/review/<ref:ref>/", reviews.judge, name="judge"),
    path(
        "break-glass/review/<ref:ref>/<uuid:practitioner>/<slug:day>/",
        reviews.explain,
        name="explain",
    ),
    path("<ref:ref>/chronology/", chronology.chronology, name="chronology"),
    path("<ref:ref>/chronology/print/", chronology.print_chronology, name="print_chronology"),
    path("<ref:ref>/consent/record/", consent.record_consent, name="record_consent"),
    path("<ref:ref>/break-glass/", break_glass.emergency_openings, name="emergencies"),
    path("<ref:ref>/break-glass/end/", break_glass.end_break_glass, name="end_break_glass"),
    path("<ref:ref>/before/", before.before, name="before"),
    path("<ref:ref>/", following(family.family), name="family"),
]

# How the pathways do in the whole programme is a figure, and outcomes lie above referrals.
referrals_and_their_pages = [
    path("pathways/", pathways.pathways, name="pathways"),
    path("pathways/<slug:code>/", pathways.pathway, name="pathway"),
    *referrals.urlpatterns,
]

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("", include("leap.signing_in.urls")),
    path("admin/", include("leap.administration.urls")),
    path("families/", include((families_and_their_pages, families.app_name))),
    path("merging/", include("leap.merging.urls")),
    path("families/", include("leap.prompts.urls")),
    path("families/", include("leap.life.urls")),
    path("families/", include("leap.plans.urls")),
    path("drafts/<slug:form>/", drafts.keep_draft, name="keep_draft"),
    path("drafts/<slug:form>/discard/", drafts.discard_draft, name="discard_draft"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read_notices"),
    path("notices/<ref:ref>/", notices.open_notice, name="open_notice"),
    path("account/notices/", notices.choose_notices, name="choose_notices"),
    path("", include("leap.offline.urls")),
    path("referrals/", include((referrals_and_their_pages, referrals.app_name))),
    path("", include("sites.urls")),
    path("outcomes/", include("outcomes.urls")),
    path("reports/", include("outcomes.reports.urls")),
    path("retention/", include("leap.retention.urls")),
    path("subject-access/", include("leap.subject_access.urls")),
    path("api/v1/", include("leap.api.urls")),
    path("health/", health.health, name="health"),
    path("design/", design.gallery, name="design"),
]

handler400 = "leap.pages.errors.bad_request"
handler403 = "leap.pages.errors.not_allowed"
handler404 = "leap.pages.errors.not_found"
handler500 = "leap.pages.errors.server_error"
