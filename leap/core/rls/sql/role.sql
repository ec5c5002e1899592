-- The role that pages read and write as, and what it may touch at all.
-- Roles belong to the whole server, and two databases of it may be migrated at the same time.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leap_web') THEN
        CREATE ROLE leap_web NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'leap_web', 'MEMBER') THEN
        EXECUTE format('GRANT leap_web TO %I', current_user);
    END IF;
END $$;

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO leap_web', current_schema);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC', current_schema);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO leap_web',
                   current_schema);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO leap_web', current_schema);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I'
                   ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO leap_web', current_schema);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I'
                   ' GRANT USAGE, SELECT ON SEQUENCES TO leap_web', current_schema);
END $$;

-- The log is written by its own triggers; a page can add to it, and neither change nor cut it.
REVOKE UPDATE, DELETE ON audit_event FROM leap_web;
REVOKE ALL ON audit_chainhead, audit_anchor, audit_chainanchor FROM leap_web;
REVOKE INSERT, UPDATE, DELETE ON audit_declaredkind FROM leap_web;
-- Versions of contacts are added to and read.
REVOKE UPDATE, DELETE ON families_contactversion FROM leap_web;

-- Rights are given through teams, at the console.
REVOKE INSERT, UPDATE, DELETE ON accounts_user_user_permissions, auth_group_permissions,
    auth_permission, django_content_type, guardian_groupobjectpermission,
    guardian_userobjectpermission FROM leap_web;
REVOKE ALL ON django_session, django_migrations FROM leap_web;

-- A message's body is not read again, and what became of it is written by whoever sends it.
REVOKE SELECT, UPDATE, DELETE ON outbox_message FROM leap_web;
GRANT SELECT (id, key, channel, "to", subject, made_at, attempts, next_try_at, delivered_at,
              last_error, told_at, told_by_id) ON outbox_message TO leap_web;
GRANT UPDATE (next_try_at, told_at, told_by_id) ON outbox_message TO leap_web;
