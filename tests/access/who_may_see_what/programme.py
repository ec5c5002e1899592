"""Signing in, administration, sites, outcomes and reports."""

ABOUT_FAMILIES = {
    "sites:cancel": (
        "200 inside closed; 302 out; 403 emergency; 404 outside",
        "302 inside closed; 403 emergency out; 404 outside",
    ),
}
BY_ROLE = {
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
    # Another team's manager creates sessions of their own team, at any site.
    "sites:create_session": (
        "200 manages manages-elsewhere admin; 302 out;"
        " 403 leads works asked elsewhere champion analyst",
        "200 manages manages-elsewhere admin; 403 leads works asked elsewhere champion analyst out",
    ),
    "sites:change_session": (
        "200 manages admin; 302 out;"
        " 403 leads works asked elsewhere manages-elsewhere champion analyst",
        "200 manages admin; 403 leads works asked elsewhere manages-elsewhere champion analyst out",
    ),
    "sites:cancel_session": (
        "200 manages admin; 302 out;"
        " 403 leads works asked elsewhere manages-elsewhere champion analyst",
        "200 manages admin; 403 leads works asked elsewhere manages-elsewhere champion analyst out",
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
    "design": (
        "200 everyone",
        "405 everyone",
    ),
    "accounts:end_session": (
        "302 out; 405 signed-in",
        "302 signed-in; 403 out",
    ),
}
