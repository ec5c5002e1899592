"""Every address of the product."""

from django.urls import include, path

from families import urls as families
from families.people import search_views
from leap.casework import (
    break_glass_page,
    break_glass_review_page,
    chronology_page,
    consent_page,
    due_list_page,
    family_page,
    my_work_page,
    notifications_page,
    pathways_page,
    previsit_summary_page,
)
from leap.casework.allocation import urls as allocation
from leap.casework.merging.redirects import redirect_merged, redirect_search
from leap.core.outbox import views as draft_views
from leap.web import design_gallery, health
from referrals import urls as referrals

# A family's own page meets referrals and bookings, which lie above families.
families_and_their_pages = [
    path("", redirect_search(search_views.search), name="search"),
    path("find/", redirect_search(search_views.find), name="find"),
    *families.urlpatterns,
    *allocation.urlpatterns,
    path("due/", due_list_page.due, name="due"),
    path("break-glass/", break_glass_page.break_glass, name="break_glass"),
    path("break-glass/review/", break_glass_review_page.review, name="review"),
    path("break-glass/review/<ref:ref>/", break_glass_review_page.judge, name="judge"),
    path(
        "break-glass/review/<ref:ref>/<uuid:practitioner>/<slug:day>/",
        break_glass_review_page.explain,
        name="explain",
    ),
    path("<ref:ref>/chronology/", chronology_page.chronology, name="chronology"),
    path("<ref:ref>/chronology/print/", chronology_page.print_chronology, name="print_chronology"),
    path("<ref:ref>/consent/record/", consent_page.record_consent, name="record_consent"),
    path("<ref:ref>/break-glass/", break_glass_page.emergency_openings, name="emergencies"),
    path("<ref:ref>/break-glass/end/", break_glass_page.end_break_glass, name="end_break_glass"),
    path("<ref:ref>/before/", previsit_summary_page.previsit_summary_page, name="before"),
    path("<ref:ref>/", redirect_merged(family_page.family), name="family"),
]

# How the pathways do in the whole programme is a figure, and outcomes lie above referrals.
referrals_and_their_pages = [
    path("pathways/", pathways_page.pathways, name="pathways"),
    path("pathways/<slug:code>/", pathways_page.pathway, name="pathway"),
    *referrals.urlpatterns,
]

urlpatterns = [
    path("", my_work_page.my_work, name="my_work"),
    path("", include("leap.core.auth.urls")),
    path("admin/", include("leap.administration.urls")),
    path("families/", include((families_and_their_pages, families.app_name))),
    path("merging/", include("leap.casework.merging.urls")),
    path("families/", include("leap.casework.prompts.urls")),
    path("families/", include("leap.casework.life_events.urls")),
    path("families/", include("families.plans.urls")),
    path("drafts/<slug:form>/", draft_views.keep_draft, name="keep_draft"),
    path("drafts/<slug:form>/discard/", draft_views.discard_draft, name="discard_draft"),
    path("notices/", notifications_page.notices, name="notices"),
    path("notices/read/", notifications_page.read_notices, name="read_notices"),
    path("notices/<ref:ref>/", notifications_page.open_notice, name="open_notice"),
    path("account/notices/", notifications_page.choose_notices, name="choose_notices"),
    path("", include("leap.casework.offline.urls")),
    path("referrals/", include((referrals_and_their_pages, referrals.app_name))),
    path("", include("sites.urls")),
    path("outcomes/", include("outcomes.urls")),
    path("reports/", include("outcomes.reports.urls")),
    path("retention/", include("leap.governance.retention.urls")),
    path("subject-access/", include("leap.governance.subject_access.urls")),
    path("api/v1/", include("leap.web.api_urls")),
    path("health/", health.health, name="health"),
    path("design/", design_gallery.gallery, name="design"),
]

handler400 = "leap.web.error_pages.bad_request"
handler403 = "leap.web.error_pages.not_allowed"
handler404 = "leap.web.error_pages.not_found"
handler500 = "leap.web.error_pages.server_error"
