"""The programme itself: who works here, where, and what is counted."""

from leap.governance.data_inventory.field_declarations import Declared, declaration_about

PROGRAMME: dict[str, Declared] = {
    "accounts.Agency": declaration_about("nobody", neither="id code name"),
    "accounts.Team": declaration_about(
        "nobody",
        neither="id code name agency discipline group ward_codes telephone email intake_paused_at"
        " instead",
    ),
    "accounts.User": declaration_about(
        "practitioner",
        personal="ref email name telephone last_login programme_role is_active joined_at"
        " is_superuser has_password",
        sensitive="credential_version home_postcode",
        neither="id",
    ),
    "accounts.Credential": declaration_about("practitioner", personal="user", sensitive="password"),
    "accounts.Membership": declaration_about(
        "practitioner", personal="user team role started_on ended_on", neither="id"
    ),
    "leap_auth.UserSession": declaration_about(
        "practitioner",
        personal="user device since_at seen_at ref",
        sensitive="session_key session_data",
        neither="expire_date",
    ),
    "leap_auth.SecondFactor": declaration_about(
        "practitioner", personal="user set_up_at", sensitive="sealed_key last_step", neither="id"
    ),
    "leap_auth.RecoveryCode": declaration_about(
        "practitioner", personal="user used_at", sensitive="digest", neither="id"
    ),
    "leap_auth.LoginAttempt": declaration_about(
        "practitioner", personal="who whence at", neither="id"
    ),
    "families.CutOff": declaration_about(
        "nobody",
        personal="set_by",
        neither="id instrument months domain monitoring concern set_at",
    ),
    "reference_data.Postcode": declaration_about(
        "nobody", neither="id postcode ward_2011 ward_2022 lsoa_2011 imd_decile"
    ),
    "reference_data.Site": declaration_about(
        "nobody", neither="id code name postcode address telephone team"
    ),
    "reference_data.Service": declaration_about("nobody", neither="id code name strand kind"),
    "referrals.Pathway": declaration_about(
        "nobody",
        neither="id code name kind from_discipline to_discipline acknowledge_within"
        " first_contact_within what_to_send minimum expires_after escalates_after version"
        " also_called",
    ),
    "referrals.PathwayVersion": declaration_about(
        "nobody", personal="made_by", neither="id pathway version fields made_at"
    ),
    "referrals.CalendarException": declaration_about(
        "nobody", personal="made_by", neither="id day is_worked name made_at"
    ),
    "leap_sites.Room": declaration_about("nobody", neither="id site name"),
    "leap_sites.Session": declaration_about(
        "nobody",
        neither="id ref site room service during capacity places_taken cancelled_at"
        " cancelled_why source"
        " source_ref team register_opens_on register_closes_on",
    ),
    "leap_sites.SessionStaff": declaration_about(
        "practitioner", personal="session practitioner", neither="id"
    ),
    "outcomes.Night": declaration_about(
        "nobody",
        personal="by",
        neither="id as_at status scheduled forced periods started_at finished_at",
    ),
    "outcomes.CalculationStep": declaration_about(
        "nobody",
        neither="id night indicator status periods started_at finished_at figures error",
    ),
    # A small number can tell of one family: `outcomes.disclosure` decides what leaves.
    "outcomes.Figure": declaration_about(
        "nobody",
        sensitive="numerator denominator known value lower upper",
        neither="id night indicator version area_code period breakdown category note published"
        " hidden known_hidden denominator_hidden",
    ),
    "outcomes.Report": declaration_about(
        "nobody", personal="issued_by", neither="id ref period as_at content issued_at"
    ),
    "outcomes.GrowthCutoff": declaration_about(
        "nobody", neither="id sex age_days overweight_from obese_from"
    ),
}
