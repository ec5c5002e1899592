"""Families: people, contacts, access, break-glass."""

ABOUT_FAMILIES = {
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
    "families:chronology": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
    ),
    "families:print_chronology": (
        "200 inside closed emergency; 302 out; 404 outside",
        "403 out; 405 everyone",
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
}
BY_ROLE = {
    "families:allocate_many": (
        "200 managers admin; 302 out; 403 practitioners analyst champion",
        "302 managers admin; 403 practitioners out analyst champion",
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
}
