"""Who may see what: every address, and how each is answered. Data, read by test_matrix.py.

Each row is the name of a route with its answers to a GET and to a POST with nothing in it: each
status with whom it is given to. In ABOUT_FAMILIES these are standings towards the family, as in
standings.py; in BY_ROLE, where no family is named, roles. Words for several at once are explained
in reading.py. 404 says no more than that there is nothing here; 403 and 409 give the reason; 200 to
an empty POST shows the form again with what is missing.
"""

from tests.access.reading import OF_FAMILIES, OF_ROLES, read

METHODS = ("GET", "POST")

_ABOUT_FAMILIES = {
    "families:log_contact": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside closed; 403 emergency out; 404 outside",
    ),
    "families:contact": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:correct_contact": (
        "200 leading named; 302 out; 403 closed works emergency; 404 outside",
        "200 leading named; 403 closed works emergency out; 404 outside",
    ),
    "families:add_alert": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "families:end_alert": (
        "302 out; 405 everyone",
        "302 inside closed; 403 emergency out; 404 outside",
    ),
    "families:finish_follow_up": (
        "302 out; 405 everyone",
        "302 inside closed; 403 emergency out; 404 outside",
    ),
    "families:before": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:looked": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:sharing": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:decide_sharing": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "200 inside closed; 403 emergency out; 404 outside",
    ),
    "families:withdraw_sharing": (
        "200 leading named led managed; 302 out; 403 works emergency worked; 404 outside",
        "200 leading named led managed; 403 works emergency worked out; 404 outside",
    ),
    "families:involvement": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:add_team": (
        "200 leading; 302 out; 403 closed works named emergency; 404 outside",
        "200 leading; 403 closed works named emergency out; 404 outside",
    ),
    "families:end_involvement": (
        "200 closed leads manages works; 302 out; 403 named; "
        "404 outside leads-alone manages-alone emergency",
        "200 closed leads manages works; 403 named out; "
        "404 outside leads-alone manages-alone emergency",
    ),
    "families:change_end": (
        "200 leads manages; 302 out; 403 closed works named; "
        "404 outside leads-alone manages-alone emergency",
        "302 leads manages; 403 closed works named out; "
        "404 outside leads-alone manages-alone emergency",
    ),
    "families:change_layer": (
        "200 leading named led managed; 302 out; 403 works emergency worked; 404 outside",
        "200 leading named led managed; 403 works emergency worked out; 404 outside",
    ),
    "families:protection": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:restrict": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "200 leading led managed; 403 works named emergency worked out; 404 outside",
    ),
    "families:lift": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "403 works named emergency worked out; 404 outside; 409 leading led managed",
    ),
    "families:name": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "200 leading led managed; 403 works named emergency worked out; 404 outside",
    ),
    "families:take_name_off": (
        "302 out; 405 everyone",
        "403 out; 404 everyone",
    ),
    "families:restrict_person": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "200 leading led managed; 403 works named emergency worked out; 404 outside",
    ),
    "families:lift_person": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "403 works named emergency worked out; 404 outside; 409 leading led managed",
    ),
    "families:name_person": (
        "200 leading led managed; 302 out; 403 works named emergency worked; 404 outside",
        "200 leading led managed; 403 works named emergency worked out; 404 outside",
    ),
    "families:take_name_off_person": (
        "302 out; 405 everyone",
        "403 out; 404 everyone",
    ),
    "families:shield": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "200 inside closed; 403 emergency out; 404 outside",
    ),
    "families:end_shield": (
        "302 out; 405 everyone",
        "403 out; 404 everyone",
    ),
    "families:safe_contact": (  # nothing ticked says that no way is safe
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "302 inside closed; 403 emergency out; 404 outside",
    ),
    "families:judge": (
        "200 emergency lapsed judges; 302 out; 404 asked stranger",
        "200 emergency lapsed judges; 403 out; 404 asked stranger",
    ),
    "families:explain": (
        "200 judges; 302 out; 404 inside closed asked-any emergency kept-out lapsed stranger",
        "200 judges; 403 out; 404 inside closed asked-any emergency kept-out lapsed stranger",
    ),
    "families:allocate": (
        "200 manages manages-alone; 302 out; 403 leads leads-alone works named closed emergency; "
        "404 outside",
        "200 manages manages-alone; 403 leads leads-alone works named closed emergency out; "
        "404 outside",
    ),
    "families:record_consent": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "200 inside closed; 403 emergency out; 404 outside",
    ),
    "families:emergencies": (
        "200 leading named led managed; 302 out; 403 works emergency worked; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:end_break_glass": (
        "302 out; 405 everyone",
        "302 emergency; 403 out; 404 outside; 409 inside closed",
    ),
    "families:family": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "offline:visit": (
        "200 leading works; 302 out; 403 named works-named closed emergency; 404 outside",
        "403 out; 405 everyone",
    ),
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
    "sites:cancel": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "302 inside closed; 403 emergency out; 404 outside",
    ),
    "subject_access:request": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "subject_access:extend": (
        "200 manages manages-alone managed; 302 out; "
        "403 leads leads-alone works named emergency led worked; 404 outside",
        "200 manages manages-alone managed; "
        "403 leads leads-alone works named emergency led worked out; 404 outside",
    ),
    "subject_access:read": (
        "200 manages manages-alone managed; 302 out; "
        "403 leads leads-alone works named emergency led worked; 404 outside",
        "403 out; 405 everyone",
    ),
    "subject_access:accept_proposals": (
        "302 out; 405 everyone",
        "302 manages manages-alone managed; "
        "403 leads leads-alone works named emergency led worked out; 404 outside",
    ),
    "subject_access:piece": (
        "200 manages manages-alone managed; 302 out; "
        "403 leads leads-alone works named emergency led worked; 404 outside",
        "200 manages manages-alone managed; "
        "403 leads leads-alone works named emergency led worked out; 404 outside",
    ),
    "subject_access:finish": (
        "302 out; 405 everyone",
        "403 leads leads-alone works named emergency led worked out; 404 outside; "
        "409 manages manages-alone managed",
    ),
    "subject_access:download": (
        "302 out; 403 inside closed emergency; 404 outside",
        "403 out; 405 everyone",
    ),
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
    "retention:holds": (
        "200 inside closed emergency; 302 out; 404 outside",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "subject_access:of_family": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "subject_access:new": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "200 inside closed; 403 emergency out; 404 outside",
    ),
    "families:chronology": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:print_chronology": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "prompts:decide": (
        "302 out; 404 everyone",
        "403 out; 404 everyone",
    ),
    "families:new_address": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "families:add_person": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "families:change_person": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "families:assessments": (
        "200 inside closed emergency; 302 out; 404 outside",
        "200 inside closed emergency; 403 out; 404 outside",
    ),
    "families:growth": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "merging:people": (
        "200 leading closed works; 302 out; 403 named works-named emergency; 404 outside",
        "200 leading closed works; 403 named works-named emergency out; 404 outside",
    ),
    "life:changes": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "life:birth": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "life:loss": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "life:leave": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "life:stopped": (
        "302 out; 404 everyone",
        "403 out; 405 everyone",
    ),
    "life:undo": (
        "302 out; 404 everyone",
        "403 out; 404 everyone",
    ),
    "life:move_out": (
        "200 leading; 302 out; 403 closed works named emergency; 404 outside",
        "200 leading; 403 closed works named emergency out; 404 outside",
    ),
    "life:adoption": (
        "200 leading; 302 out; 403 closed works named emergency; 404 outside",
        "200 leading; 403 closed works named emergency out; 404 outside",
    ),
    "life:acknowledge": (
        "302 out; 404 everyone",
        "403 out; 404 everyone",
    ),
    "life:call_off": (
        "302 out; 404 everyone",
        "403 out; 404 everyone",
    ),
    "life:close": (
        "302 out; 403 inside closed emergency; 404 outside",
        "403 inside closed emergency out; 404 outside",
    ),
    "life:reopen": (
        "200 closed; 302 out; 404 outside; 409 inside emergency",
        "200 closed; 403 out; 404 outside; 409 inside emergency",
    ),
    "plans:plan": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "plans:paper": (
        "302 out; 404 everyone",
        "403 out; 405 everyone",
    ),
    "plans:begin": (
        "200 inside; 302 out; 403 closed emergency; 404 outside",
        "200 inside; 403 closed emergency out; 404 outside",
    ),
    "plans:set_goal": (
        "302 out; 403 closed emergency; 404 inside outside",
        "403 closed emergency out; 404 inside outside",
    ),
    "plans:hold_meeting": (
        "302 out; 403 closed emergency; 404 inside outside",
        "403 closed emergency out; 404 inside outside",
    ),
    "plans:close": (
        "302 out; 403 closed emergency; 404 inside outside",
        "403 closed emergency out; 404 inside outside",
    ),
    "plans:score": (
        "302 out; 403 closed emergency; 404 inside outside",
        "403 closed emergency out; 404 inside outside",
    ),
    "plans:agree_step": (
        "302 out; 403 closed emergency; 404 inside outside",
        "403 closed emergency out; 404 inside outside",
    ),
    "plans:finish_step": (
        "302 out; 405 everyone",
        "403 out; 404 everyone",
    ),
    "merging:merge": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "merging:undo": (
        "302 out; 405 everyone",
        "302 leading closed works; 403 named works-named emergency out; 404 outside",
    ),
    "merging:families": (
        "302 out; 403 inside closed emergency; 404 outside",
        "403 inside closed emergency out; 404 outside",
    ),
}

_BY_ROLE = {
    "families:allocate_many": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "302 managers admin; 403 practitioners out analyst champion",
    ),
    "my_work": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "accounts:sign_in": (
        "200 out; 302 signed-in",
        "200 out; 302 signed-in",
    ),
    "accounts:code": (
        "200 signed-in; 302 out",
        "200 signed-in; 302 out",
    ),
    "accounts:again": (
        "405 everyone",
        "403 everyone",
    ),
    "accounts:still": (
        "200 everyone",
        "200 everyone",
    ),
    "accounts:forgotten": (
        "200 everyone",
        "200 everyone",
    ),
    "accounts:new_password": (
        "403 everyone",
        "403 everyone",
    ),
    "accounts:open_new_password": (
        "302 everyone",
        "405 everyone",
    ),
    "accounts:sign_in_with_provider": (
        "404 everyone",
        "405 everyone",
    ),
    "accounts:provider_back": (
        "404 everyone",
        "405 everyone",
    ),
    "accounts:sign_out": (
        "405 everyone",
        "302 everyone",
    ),
    "accounts:account": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "accounts:change_password": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "accounts:second_factor": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "accounts:remove_second_factor": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "accounts:recovery_codes": (
        "302 everyone",
        "302 signed-in; 403 out",
    ),
    "accounts:download_recovery_codes": (
        "302 out; 405 signed-in",
        "200 signed-in; 403 out",
    ),
    "accounts:end_other_sessions": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
    "administration:practitioners": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "403 out; 405 signed-in",
    ),
    "administration:invite": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:practitioner": (
        "200 manages-elsewhere admin; 302 out; 403 practitioners analyst champion; 404 manages",
        "403 out; 405 signed-in",
    ),
    "administration:change": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:role": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:invite_again": (
        "200 admin; 302 out; 403 teams analyst champion",
        "403 teams out analyst champion; 409 admin",
    ),
    "administration:leaving": (
        "200 manages-elsewhere admin; 302 out; 403 practitioners analyst champion; 404 manages",
        "403 practitioners out analyst champion; 404 manages; 409 manages-elsewhere admin",
    ),
    "administration:deactivate": (
        "200 admin; 302 out; 403 teams analyst champion",
        "302 admin; 403 teams out analyst champion",
    ),
    "administration:reactivate": (
        "200 admin; 302 out; 403 teams analyst champion",
        "403 teams out analyst champion; 409 admin",
    ),
    "administration:sign_out_everywhere": (
        "200 admin; 302 out; 403 teams analyst champion",
        "302 admin; 403 teams out analyst champion",
    ),
    "administration:reset_second_step": (
        "200 admin; 302 out; 403 teams analyst champion",
        "302 admin; 403 teams out analyst champion",
    ),
    "administration:join": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:member_role": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:move": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:end": (
        "200 manages-elsewhere admin; 302 out; 403 practitioners analyst champion; 404 manages",
        "302 manages-elsewhere admin; 403 practitioners out analyst champion; 404 manages",
    ),
    "administration:teams": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "403 out; 405 signed-in",
    ),
    "administration:found_team": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:team": (
        "200 manages-elsewhere admin; 302 out; 403 practitioners analyst champion; 404 manages",
        "403 out; 405 signed-in",
    ),
    "administration:change_team": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:try_again": (
        "302 out; 405 signed-in",
        "403 teams out analyst champion; 404 admin",
    ),
    "administration:note_told": (
        "302 out; 405 signed-in",
        "403 teams out analyst champion; 404 admin",
    ),
    "administration:undelivered": (
        "200 admin; 302 out; 403 teams analyst champion",
        "403 out; 405 signed-in",
    ),
    "administration:cut_offs": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:agencies": (
        "200 admin; 302 out; 403 teams analyst champion",
        "403 out; 405 signed-in",
    ),
    "administration:found_agency": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "administration:change_agency": (
        "200 admin; 302 out; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "offline:today": (
        "200 everyone",
        "405 everyone",
    ),
    "offline:take": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "offline:send": (
        "302 out; 405 signed-in",
        "403 everyone",
    ),
    "offline:still": (
        "405 everyone",
        "200 everyone",
    ),
    "offline:worker": (
        "200 everyone",
        "405 everyone",
    ),
    "offline:manifest": (
        "200 everyone",
        "405 everyone",
    ),
    "families:search": (
        "200 signed-in; 302 out",
        "302 signed-in; 403 out",
    ),
    "families:known": (
        "302 out; 405 signed-in",
        "200 signed-in; 403 out",
    ),
    "families:ask_known": (
        "302 out; 405 signed-in",
        "302 teams; 403 programme out champion",
    ),
    "families:find": (
        "302 out; 405 signed-in",
        "200 signed-in; 403 out",
    ),
    "life:adopted": (
        "200 teams; 302 out; 403 programme champion",
        "200 teams; 403 programme out champion",
    ),
    "families:register": (
        "200 teams; 302 out; 403 programme champion",
        "200 teams; 403 programme out champion",
    ),
    "families:due": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "families:break_glass": (
        "200 teams; 302 out; 403 programme champion",
        "200 teams; 403 programme out champion",
    ),
    "families:review": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "403 out; 405 signed-in",
    ),
    "notices": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "read_notices": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
    "open_notice": (
        "404 signed-in out",
        "404 signed-in out",
    ),
    "choose_notices": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "keep_draft": (
        "302 out; 405 signed-in",
        "204 signed-in; 403 out",
    ),
    "discard_draft": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
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
    "sites:sites": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "sites:site": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "sites:session": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    "sites:book": (
        "200 signed-in; 302 out",
        "200 signed-in; 403 out",
    ),
    # Of a session of the first team, today. Ages and ties: tests/sites/test_who_opens_registers.py.
    "sites:register": (
        "200 leads manages; 302 out;"
        " 403 works asked elsewhere manages-elsewhere champion programme",
        "302 leads manages; 403 works asked elsewhere manages-elsewhere champion programme out",
    ),
    "sites:walk_in": (
        "200 leads manages; 302 out;"
        " 403 works asked elsewhere manages-elsewhere champion programme",
        "200 leads manages; 403 works asked elsewhere manages-elsewhere champion programme out",
    ),
    "sites:staff": (  # nobody chosen leaves it to the team of the site
        "200 manages admin; 302 out;"
        " 403 leads works asked elsewhere manages-elsewhere champion analyst",
        "302 manages admin; 403 leads works asked elsewhere manages-elsewhere champion analyst out",
    ),
    "outcomes:outcomes": (
        "200 teams programme; 302 out; 403 champion",
        "403 out; 405 signed-in",
    ),
    "outcomes:last_night": (
        "200 teams programme; 302 out; 403 champion",
        "403 out; 405 signed-in",
    ),
    "outcomes:export": (
        "302 out; 404 signed-in",
        "403 out; 405 signed-in",
    ),
    "outcomes:export_exact": (
        "302 out; 403 teams champion data-quality; 404 programme",
        "403 teams out champion data-quality; 404 programme",
    ),
    "outcomes:indicator": (
        "302 out; 404 signed-in",
        "403 out; 405 signed-in",
    ),
    "reports:reports": (
        "200 programme; 302 out; 403 data-quality teams champion",
        "200 programme; 403 data-quality teams out champion",
    ),
    "reports:issue": (
        "302 out admin; 403 teams analyst champion",
        "200 admin; 403 teams out analyst champion",
    ),
    "reports:report": (
        "200 programme; 302 out; 403 data-quality teams champion",
        "200 programme; 403 data-quality teams out champion",
    ),
    "reports:download": (
        "200 programme; 302 out; 403 data-quality teams champion",
        "200 programme; 403 data-quality teams out champion",
    ),
    "retention:retention": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "403 out; 405 signed-in",
    ),
    "subject_access:requests": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
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
    "design": (
        "200 everyone",
        "405 everyone",
    ),
    "accounts:end_session": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
    "merging:merging": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
    ),
    "merging:duplicates": (
        "200 data-quality; 302 out; 403 signed-in",
        "403 out; 405 signed-in",
    ),
    # Of a pair that does not exist; of one that does, tests/merging/test_possible_duplicates.py.
    "merging:ask_both": (
        "302 out; 405 signed-in",
        "403 everyone; 404 data-quality",
    ),
    "merging:are_two": (
        "302 out; 405 signed-in",
        "403 everyone; 404 data-quality",
    ),
}

ELSEWHERE = {
    "health": "200 or 503, by how the machine is: tests/api/test_health.py",
}

ABOUT_FAMILIES = {
    name: {method: read(said, OF_FAMILIES) for method, said in zip(METHODS, row, strict=True)}
    for name, row in _ABOUT_FAMILIES.items()
}
BY_ROLE = {
    name: {method: read(said, OF_ROLES) for method, said in zip(METHODS, row, strict=True)}
    for name, row in _BY_ROLE.items()
}
