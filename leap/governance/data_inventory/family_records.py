"""The records of families: people, contacts, referrals, bookings, and the log of it all."""

from leap.governance.data_inventory.field_declarations import Declared, declaration_about

RECORDS: dict[str, Declared] = {
    "families.Family": declaration_about(
        "family",
        personal="ref name search_name lead_practitioner source_ref",
        sensitive="closed_reason restriction",
        neither="id lead_team opened_at closed_at last_contact_at source",
        of_others="name closed_reason",
    ),
    "families.Involvement": declaration_about(
        "family",
        personal="family practitioner by ended_by",
        sensitive="note ended_why",
        neither="id team names_only who reason started_at ended_at",
        of_others="note ended_why",
    ),
    "families.FamilyGroupObjectPermission": declaration_about(
        "family", personal="content_object", neither="id permission group"
    ),
    "families.FamilyUserObjectPermission": declaration_about(
        "family", personal="content_object user", neither="id permission"
    ),
    "families.Person": declaration_about(
        "person",
        personal="ref given_name family_name birth_date sex nhs_number language interpreter"
        " telephone search_name phonetic_name source_ref",
        sensitive="due_date died_on ethnicity restriction",
        neither="id source",
    ),
    "families.PossibleDuplicate": declaration_about(
        "person",
        personal="ref one other reasons decided_by",
        neither="id weight state found_at decided_at",
    ),
    "families.Member": declaration_about(
        "person", personal="family person role joined_on left_on", neither="id"
    ),
    "families.Residence": declaration_about(
        "person", personal="person postcode address moved_in_on", neither="id listed"
    ),
    "families.Contact": declaration_about(
        "family",
        personal="ref family by occurred_at occurred_on site service session_ref source_ref named",
        sensitive="note tried outcome",
        neither="id team kind minutes recorded_at source layer agency",
        of_others="note tried",
    ),
    "families.ContactPerson": declaration_about(
        "person",
        personal="contact person concerned present alone",
        sensitive="review",
        neither="id listed",
    ),
    "families.ContactVersion": declaration_about(
        "family",
        personal="contact people by at",
        sensitive="was why",
        neither="id number",
        of_others="was why",
    ),
    "families.FollowUp": declaration_about(
        "family",
        personal="ref family contact person to by due_on done_by",
        sensitive="what",
        neither="id team made_at done_at",
        of_others="what",
    ),
    "families.SafetyAlert": declaration_about(
        "family",
        personal="ref family by ended_by",
        sensitive="kind words",
        neither="id team review_on made_at ended_at",
        of_others="words",
    ),
    "families.HandoverNote": declaration_about(
        "family",
        personal="family from_practitioner to_practitioner by",
        sensitive="text",
        neither="id team at",
        of_others="text",
    ),
    "families.Observation": declaration_about(
        "person",
        personal="ref person by contact recorded_on named",
        sensitive="code value number",
        neither="id recorded_at source layer agency",
    ),
    "families.PersonReader": declaration_about(
        "person", personal="person practitioner by", neither="id named_at"
    ),
    "families.Shield": declaration_about(
        "person",
        personal="by",
        sensitive="person hidden_from reason",
        neither="id started_at ended_at",
        of_others="reason hidden_from",
    ),
    "families.SafeContact": declaration_about(
        "person",
        personal="person by said_at",
        sensitive="channels telephone times code_word note",
        neither="id",
        of_others="note",
    ),
    "families.SharingDecision": declaration_about(
        "family",
        personal="ref family by withdrawn_by family_told",
        sensitive="what with_whom reason why_not_told withdrawn_why",
        neither="id decision basis team decided_at withdrawn_at",
        of_others="what with_whom reason why_not_told withdrawn_why",
    ),
    "families.ServiceConsent": declaration_about(
        "person",
        personal="ref family person by service answer",
        sensitive="note",
        neither="id team said_at",
        of_others="note",
    ),
    "families.BreakGlass": declaration_about(
        "family",
        personal="ref family practitioner involvement reviewed_by justified",
        sensitive="reason review_note",
        neither="id at review_by reviewed_at",
        of_others="reason review_note",
    ),
    "families.AccessAlert": declaration_about(
        "family",
        personal="family practitioner reviewed_by explained why",
        sensitive="review_note",
        neither="id on reviewed_at",
        of_others="review_note",
    ),
    "life_events.Loss": declaration_about(
        "person",
        personal="ref person family by undone_by",
        sensitive="kind on note undone_why",
        neither="id team recorded_at stopped undone_at",
        of_others="note undone_why",
    ),
    "life_events.MoveOut": declaration_about(
        "family",
        personal="ref family by ended_by acknowledged_by organisation moving_on",
        sensitive="handed_over reach acknowledged_how ended_why",
        neither="id team asked_at acknowledged_on end ended_at",
        of_others="handed_over acknowledged_by reach acknowledged_how ended_why",
    ),
    "plans.Plan": declaration_about(
        "family",
        personal="ref family by closed_by",
        sensitive="level going_well worries family_view kept outcome closing_words",
        neither="id team opened_at review_on closed_at",
        of_others="going_well worries family_view kept closing_words",
    ),
    "plans.Goal": declaration_about(
        "family",
        personal="ref plan whose by",
        sensitive="words off_paper",
        neither="id made_at",
        of_others="words",
    ),
    "plans.Score": declaration_about(
        "family", personal="goal by", sensitive="value", neither="id on"
    ),
    "plans.PlanStep": declaration_about(
        "family",
        personal="ref goal practitioner who done_by",
        sensitive="what",
        neither="id by_when done_on",
        of_others="what who",
    ),
    "plans.Meeting": declaration_about(
        "family",
        personal="ref plan by",
        sensitive="came missing said",
        neither="id on next_on",
        of_others="came missing said",
    ),
    "referrals.Referral": declaration_about(
        "family",
        personal="ref family sent_by decided_by allocated_to follows incoming source_ref",
        sensitive="reason decline_reason alternative outcome sent_without for_safety",
        neither="id pathway pathway_version from_team to_team status made_at sent_at"
        " acknowledge_by first_contact_by due_on expires_on clock_paused_at acknowledged_at"
        " accepted_at declined_at first_contact_at closed_at joint_until ended_at source",
        of_others="reason decline_reason alternative outcome sent_without for_safety",
    ),
    "referrals.Challenge": declaration_about(
        "family",
        personal="referral proposed_by agreed_by",
        neither="id stage opened_at proposed proposed_by_team settled_at",
    ),
    "referrals.ChallengeStage": declaration_about(
        "family",
        personal="challenge for_sender for_receiver started_by",
        neither="id stage started_at agree_by",
    ),
    "referrals.Note": declaration_about(
        "family",
        personal="referral by",
        sensitive="text",
        neither="id kind team at",
        of_others="text",
    ),
    "referrals.Task": declaration_about(
        "family",
        personal="ref referral to done_by",
        sensitive="what_was_done",
        neither="id kind team about due_on made_at done_at",
        of_others="what_was_done",
    ),
    "referrals.InboundReferral": declaration_about(
        "family",
        personal="ref family settled_by sender_name sender_role sender_email sender_telephone",
        sensitive="people reach reason what_was_done",
        neither="id key to_team made_at settled_at sender_checked chased_at",
        of_others="sender_name people reach reason what_was_done",
    ),
    "referrals.ExternalReferral": declaration_about(
        "family",
        personal="ref family sent_by settled_by organisation receiver_name receiver_email"
        " receiver_telephone",
        sensitive="reason reach knows why_without outcome what_was_done",
        neither="id kind from_team status way sent_at answer_by acknowledged_at accepted_at"
        " declined_at closed_at ended_at settled_at",
        of_others="receiver_name reason reach why_without outcome what_was_done",
    ),
    "referrals.SecureLink": declaration_about(
        "family",
        personal="outside name role organisation",
        neither="id token_hash code_hash made_at expires_on tries opened_at session_hash"
        " revoked_at",
        of_others="name",
    ),
    "referrals.ExternalReferralStep": declaration_about(
        "family",
        personal="outside by name role organisation",
        sensitive="text",
        neither="id kind at key",
        of_others="name text",
    ),
    "referrals.Attachment": declaration_about(
        "family",
        personal="ref referral by removed_by name",
        sensitive="what why_removed",
        neither="id kind size sha256 sent_sha256 place scan team made_at removed_at",
        of_others="what name why_removed",
    ),
    "leap_sites.Booking": declaration_about(
        "family",
        personal="ref session family made_by",
        sensitive="access_needs",
        neither="id made_at cancelled_at",
        of_others="access_needs",
    ),
    "leap_sites.Attendance": declaration_about(
        "person", personal="session person booking status marked_by", neither="id marked_at"
    ),
    # What a prompt rests on is in the record; here is what somebody made of it.
    "prompts.Decision": declaration_about(
        "family",
        personal="ref family by",
        sensitive="rule basis choice note",
        neither="id until at",
        of_others="note",
    ),
    "retention.LegalHold": declaration_about(
        "family",
        personal="ref family placed_by lifted_by",
        sensitive="reason lifted_why",
        neither="id placed_at lifted_at",
        of_others="reason lifted_why",
    ),
    "subject_access.SubjectAccessRequest": declaration_about(
        "person",
        personal="ref family person asker asked_by asked_on identity proved_on recorded_by"
        " answered_by",
        sensitive="adviser extended_why answer",
        neither="id due_on extended_on status recorded_at gathered_at answered_at expires_on",
        of_others="extended_why",
    ),
    # A piece holds what the record holds: it is thrown away with the answer, never gathered again.
    "subject_access.DisclosureItem": declaration_about(
        "person",
        personal="request record label title decided_by agency named",
        sensitive="text suggested hidden why",
        neither="id layer place section proposal decision exemption decided_at",
        of_others="text suggested hidden",
    ),
    "merging.Merge": declaration_about(
        "family",
        personal="kept_person gone_person kept_family gone_family families by undone_by",
        neither="id ref taken merged_at undone_at",
    ),
    # Whole rows of the records above, while the merge stands; its maker's page counts them only.
    "merging.MergedRow": declaration_about(
        "family",
        personal="key",
        sensitive="before after",
        neither="id merge table",
        of_others="before after",
    ),
    "audit.Event": declaration_about(
        "family",
        personal="by_ref by_name family_ref subject_ref details chain",
        neither="id at kind team_code subject_type position previous_hash hash",
        of_others="details",
    ),
    "audit.DeclaredKind": declaration_about("nobody", neither="code"),
    "audit.ChainHead": declaration_about("family", personal="name", neither="length head"),
    "audit.Anchor": declaration_about("nobody", neither="id on made_at chains events hash"),
    "audit.ChainAnchor": declaration_about("family", personal="name", neither="length head"),
    "notifications.Notification": declaration_about(
        "practitioner",
        personal="ref to said path family_ref about made_at read_at",
        neither="id kind for_digest",
    ),
    "notifications.NotificationPreference": declaration_about(
        "practitioner", personal="practitioner how by_text", neither="id"
    ),
    "notifications.Digest": declaration_about(
        "practitioner", personal="to on", neither="id notices made_at"
    ),
    "outbox.Draft": declaration_about(
        "family",
        personal="user form address",
        sensitive="fields",
        neither="id saved_at size",
        of_others="fields",
    ),
    "outbox.IdempotencyKey": declaration_about(
        "practitioner",
        personal="user route answer digest digest_untimed",
        neither="id key made_at",
    ),
    "outbox.Message": declaration_about(
        "practitioner",
        personal="to subject body told_by",
        neither="id key channel made_at attempts next_try_at delivered_at last_error told_at",
    ),
}
