"""Referrals, within LEAP and outside."""

ABOUT_FAMILIES = {
    "referrals:outside_item": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "referrals:send_again": (
        "200 leading led managed; 302 out; 403 works emergency worked named; 404 outside",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "referrals:revoke": (
        "302 out; 405 everyone",
        "302 leading named led managed; 403 works emergency worked out; 404 outside",
    ),
    "referrals:write_down": (
        "200 leading named led managed; 302 out; 403 works emergency worked; 404 outside",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "referrals:inform_outside": (
        "302 out; 403 works emergency worked named; 404 outside; 409 leading led managed",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "referrals:take_back": (
        "200 leading named led managed; 302 out; 403 works emergency worked; 404 outside",
        "302 leading named led managed; 403 works emergency worked out; 404 outside",
    ),
    "referrals:settle_outside": (
        "302 out; 403 works emergency worked; 404 outside; 409 leading named led managed",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "referrals:outside_form": (
        "200 leading led managed; 302 out; 403 works emergency worked named; 404 outside",
        "403 out; 405 everyone",
    ),
    "referrals:outside_letters": (
        "200 leading led managed; 302 out; 403 works emergency worked named; 404 outside",
        "403 out; 405 everyone",
    ),
    "referrals:outside_letter": (
        "200 leading led managed; 302 out; 403 works emergency worked named; 404 outside",
        "403 out; 405 everyone",
    ),
    "referrals:done": (
        "200 leading named led managed; 302 out; 404 outside works emergency worked",
        "200 leading named led managed; 403 out; 404 outside works emergency worked",
    ),
    "referrals:referral": (
        "200 inside closed asked-in emergency; 302 out; 404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:receipt": (
        "200 inside closed asked-in emergency; 302 out; 404 not-named lapsed judges stranger",
        "403 out; 405 everyone",
    ),
    "referrals:send": (
        "302 out; 403 asked-in works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:acknowledge": (
        "200 asked-in; 302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger",
        "302 asked-in; 403 inside closed emergency out; 404 not-named lapsed judges stranger",
    ),
    "referrals:accept": (
        "200 asked; 302 out; 403 inside closed emergency asked-closed; "
        "404 not-named lapsed judges stranger",
        "302 asked; 403 inside closed emergency asked-closed out; "
        "404 not-named lapsed judges stranger",
    ),
    "referrals:allocate": (
        "302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger; 409 asked-in",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:decline": (
        "200 asked-in; 302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:ask": (
        "200 asked-in; 302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:answer": (
        "302 out; 403 asked-in works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:withdraw": (
        "200 leading named led managed; 302 out; "
        "403 asked-in works emergency worked; 404 not-named lapsed judges stranger",
        "302 leading named led managed; 403 asked-in works emergency worked out; "
        "404 not-named lapsed judges stranger",
    ),
    "referrals:first_contact": (
        "302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger; 409 asked-in",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:close": (
        "302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger; 409 asked-in",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:edit": (
        "302 out; 403 asked-in works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:attach": (
        "200 leading named led managed asked-in; 302 out; 403 works emergency worked; "
        "404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:attachment": (
        "200 leading named led managed asked-in; 302 out; 403 works emergency worked; "
        "404 not-named lapsed judges stranger",
        "403 out; 405 everyone",
    ),
    "referrals:remove_attachment": (
        "200 leading named led managed; 302 out; 403 asked-in works emergency worked; "
        "404 not-named lapsed judges stranger",
        "200 leading named led managed asked-in; 403 works emergency worked out; "
        "404 not-named lapsed judges stranger",
    ),
    "referrals:redirect": (
        "200 asked; 302 out; 403 inside closed emergency asked-closed; "
        "404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:pause": (
        "200 asked-in; 302 out; 403 inside closed emergency; 404 not-named lapsed judges stranger",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:resume": (
        "302 out; 403 works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
        "403 works emergency worked out; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
    ),
    "referrals:challenge": (
        "302 out; 403 asked-in works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:take_further": (
        "302 out; 403 works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:propose": (
        "302 out; 403 works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
        "200 inside closed asked-in emergency; 403 out; 404 not-named lapsed judges stranger",
    ),
    "referrals:agree": (
        "302 out; 403 works emergency worked; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
        "403 works emergency worked out; 404 not-named lapsed judges stranger; "
        "409 leading asked-in named led managed",
    ),
}
BY_ROLE = {
    "referrals:queue": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "referrals:tasks": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "referrals:send_in": (
        "200 signed-in out",
        "200 signed-in out",
    ),
    "referrals:outside": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "referrals:refer_outside": (
        "302 signed-in out",
        "302 signed-in; 403 out",
    ),
    "referrals:by_link": (
        "200 signed-in out",
        "200 signed-in out",
    ),
    "referrals:answer_by_link": (
        "302 signed-in out",
        "302 signed-in out",
    ),
    "referrals:incoming": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "referrals:incoming_item": (
        "200 leads manages; 302 out; "
        "404 works asked elsewhere manages-elsewhere programme champion",
        "200 leads manages; 403 out; "
        "404 works asked elsewhere manages-elsewhere programme champion",
    ),
    "referrals:intake": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "referrals:pause_intake": (
        "200 manages-elsewhere; 302 out; 403 practitioners programme manages champion",
        "200 manages-elsewhere; 403 practitioners programme out manages champion",
    ),
    "referrals:resume_intake": (
        "302 out; 405 signed-in",
        "403 practitioners programme out manages champion; 409 manages-elsewhere",
    ),
    "referrals:days": (
        "200 signed-in; 302 out",
        "200 admin; 403 teams out analyst champion",
    ),
    "referrals:forget_day": (
        "302 out; 405 signed-in",
        "403 out; 404 signed-in",
    ),
    "referrals:allocate_many": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
    "referrals:pathways": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "200 managers admin; 403 practitioners out analyst champion",
    ),
    "referrals:pathway": (
        "302 out; 404 signed-in",
        "403 out; 404 signed-in",
    ),
    "referrals:change_pathway": (
        "302 out; 404 signed-in",
        "403 out; 404 signed-in",
    ),
    "referrals:new": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
}
