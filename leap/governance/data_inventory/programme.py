"""The programme itself: who works here, where, and what is counted."""

from leap.governance.data_inventory.field_declarations import Declared, about

PROGRAMME: dict[str, Declared] = {
    "accounts.Agency": about("nobody", neither="id code name"),
    "accounts.Team": about(
        "nobody",
        neither="id code name agency discipline group ward_codes telephone email intake_paused_at"
        " instead",
    ),
    "accounts.User": about(
        "practitioner",
        personal="ref email name telephone last_login programme_role is_active joined_at"
        " is_superuser has_password",
        sensitive="credential_version home_postcode",
        neither="id",
    ),
    "accounts.Credential": about("practitioner", personal="user", sensitive="password"),
    "accounts.Membership": about(
        "practitioner", personal="user team role started_on ended_on", neither="id"
    ),
    "leap_auth.UserSession": about(
        "practitioner",
        personal="user device since_at seen_at ref",
        sensitive="session_key session_data",
        neither="expire_date",
    ),
    "leap_auth.SecondFactor": about(
        "practitioner", personal="user set_up_at", sensitive="sealed_key last_step", neither="id"
    ),
    "leap_auth.RecoveryCode": about(
        "practitioner", personal="user used_at", sensitive="digest", neither="id"
    ),
    "leap_auth.LoginAttempt": about("practitioner", personal="who whence at", neither="id"),
    "families.CutOff": about(
        "nobody",
        personal="set_by",
        neither="id instrument months domain monitoring concern set_at",
    ),
    "reference_data.Postcode": about(
        "nobody", neither="id postcode ward_2011 ward_2022 lsoa_2011 imd_decile"
    ),
    "reference_data.Site": about("nobody", neither="id code name postcode address telephone team"),
    "reference_data.Service": about("nobody", neither="id code name strand kind"),
    "referrals.Pathway": about(
        "nobody",
        neither="id code name kind from_discipline to_discipline acknowledge_within"
        " first_contact_within what_to_send minimum expires_after escalates_after version"
        " also_called",
    ),
    "referrals.PathwayVersion": about(
        "nobody", personal="made_by", neither="id pathway version fields made_at"
    ),
    "referrals.CalendarException": about(
        "nobody", personal="made_by", neither="id day is_worked name made_at"
    ),
    "leap_sites.Room": about("nobody", neither="id site name"),
    "leap_sites.Session": about(
        "nobody",
        neither="id ref site room service during capacity places_taken cancelled_at source"
        " source_ref team register_opens_on register_closes_on",
    ),
    "leap_sites.SessionStaff": about("practitioner", personal="session practitioner", neither="id"),
    "outcomes.Night": about(
        "nobody",
        personal="by",
        neither="id as_at status scheduled periods started_at finished_at",
    ),
    "outcomes.CalculationStep": about(
        "nobody",
        neither="id night indicator status periods started_at finished_at figures error",
    ),
    # A small number can tell of one family: `outcomes.disclosure` decides what leaves.
    "outcomes.Figure": about(
        "nobody",
        sensitive="numerator denominator known value lower upper",
        neither="id night indicator version area_code period breakdown category note published"
        " hidden known_hidden denominator_hidden",
    ),
    "outcomes.Report": about(
        "nobody", personal="issued_by", neither="id ref period as_at content issued_at"
    ),
    "outcomes.GrowthCutoff": about("nobody", neither="id sex age_days overweight_from obese_from"),
}
