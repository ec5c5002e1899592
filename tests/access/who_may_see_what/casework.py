"""Pages that meet several apps, plans and governance."""

ABOUT_FAMILIES = {
    "offline:visit": (
        "200 leading works; 302 out; 403 named works-named closed emergency; 404 outside",
        "403 out; 405 everyone",
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
    "prompts:decide": (
        "302 out; 404 everyone",
        "403 out; 404 everyone",
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
BY_ROLE = {
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
    "life:adopted": (
        "200 teams; 302 out; 403 programme champion",
        "200 teams; 403 programme out champion",
    ),
    "retention:retention": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "403 out; 405 signed-in",
    ),
    "subject_access:requests": (
        "200 signed-in; 302 out",
        "403 out; 405 signed-in",
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
