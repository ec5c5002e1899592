"""The API."""

ABOUT_FAMILIES = {
    "api:families-detail": (
        "200 inside closed emergency; 401 out; 404 outside",
        "401 out; 405 everyone",
    ),
    "api:families-allocate": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:persons-detail": (
        "200 inside closed emergency; 401 out; 404 outside",
        "401 out; 405 everyone",
    ),
    "api:contacts-detail": (
        "200 inside closed emergency; 401 out; 404 outside",
        "401 out; 405 everyone",
    ),
    "api:observations-detail": (
        "200 inside closed emergency; 401 out; 404 outside",
        "401 out; 405 everyone",
    ),
    "api:referrals-detail": (
        "200 inside closed emergency asked asked-closed; 401 out; 404 unasked asked-kept",
        "401 out; 405 everyone",
    ),
    "api:referrals-accept": (
        "401 out; 405 everyone",
        "200 asked; 401 out; 403 inside closed emergency asked-closed; 404 unasked asked-kept",
    ),
    "api:referrals-acknowledge": (
        "401 out; 405 everyone",
        "200 asked asked-closed; 401 out; 403 inside closed emergency; 404 unasked asked-kept",
    ),
    "api:referrals-agree": (
        "401 out; 405 everyone",
        "401 out; 403 works emergency worked; 404 unasked asked-kept; "
        "409 leading named led managed asked asked-closed",
    ),
    "api:referrals-allocate": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-answer": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-ask": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-challenge": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-close": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-decline": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-edit": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-first-contact": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-pause": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-propose": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-redirect": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-resume": (
        "401 out; 405 everyone",
        "401 out; 403 works emergency worked; 404 unasked asked-kept; "
        "409 leading named led managed asked asked-closed",
    ),
    "api:referrals-send": (
        "401 out; 405 everyone",
        "401 out; 403 works emergency worked asked asked-closed; 404 unasked asked-kept; "
        "409 leading named led managed",
    ),
    "api:referrals-take-further": (
        "401 out; 405 everyone",
        "400 everyone; 401 out",
    ),
    "api:referrals-withdraw": (
        "401 out; 405 everyone",
        "200 leading named led managed; 401 out; "
        "403 works emergency worked asked asked-closed; 404 unasked asked-kept",
    ),
    "api:bookings-detail": (
        "200 inside closed emergency; 401 out; 404 outside",
        "401 out; 405 everyone",
    ),
    "api:bookings-cancel": (
        "401 out; 405 everyone",
        "200 inside closed; 401 out; 403 emergency; 404 outside",
    ),
}
BY_ROLE = {
    "api:schema": (
        "200 everyone",
        "405 everyone",
    ),
    "api:docs": (
        "200 everyone",
        "405 everyone",
    ),
    "api:families-list": (
        "200 signed-in token; 401 nobody",
        "400 signed-in token; 401 nobody",
    ),
    "api:persons-list": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:contacts-list": (
        "200 signed-in token; 401 nobody",
        "400 signed-in token; 401 nobody",
    ),
    "api:observations-list": (
        "200 signed-in token; 401 nobody",
        "400 signed-in token; 401 nobody",
    ),
    "api:referrals-list": (
        "200 signed-in token; 401 nobody",
        "400 signed-in token; 401 nobody",
    ),
    "api:sites-list": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:sites-detail": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:sessions-list": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:sessions-detail": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:bookings-list": (
        "200 signed-in token; 401 nobody",
        "400 signed-in token; 401 nobody",
    ),
    "api:indicators-list": (
        "200 signed-in token; 401 nobody",
        "401 nobody; 405 signed-in token",
    ),
    "api:indicators-detail": (
        "401 nobody; 404 signed-in token",
        "401 nobody; 405 signed-in token",
    ),
    "api:figures-list": (
        "200 teams programme token; 401 nobody; 403 champion",
        "401 nobody; 405 signed-in token",
    ),
    "api:reports-list": (
        "200 programme; 401 nobody; 403 data-quality teams champion token",
        "400 signed-in token; 401 nobody",
    ),
    "api:reports-detail": (
        "200 programme; 401 nobody; 403 data-quality teams champion token",
        "401 nobody; 405 signed-in token",
    ),
    "api:nothing_here": (
        "404 everyone",
        "404 everyone",
    ),
}
