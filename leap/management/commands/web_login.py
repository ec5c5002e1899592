"""Give web processes a login of their own: python3 manage.py web_login NAME."""

import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg2 import sql

from leap.core.rls.session import ROLE


class Command(BaseCommand):
    """The login is a member of the role that the policies are for, and owns nothing: pages
    that connect with it cannot step out from behind row-level security."""

    help = "Make or renew the database login of web processes; WEB_PASSWORD is its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *, name: str, **options: object) -> None:
        """Make the login where there is none, and set its password."""
        password = os.environ.get("WEB_PASSWORD", "")
        if not password:
            raise CommandError("Set WEB_PASSWORD to the password that web processes connect with.")
        login, role = sql.Identifier(name), sql.Identifier(ROLE)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
            if not cursor.rowcount:
                cursor.execute(sql.SQL("CREATE ROLE {}").format(login))
            cursor.execute(
                sql.SQL("ALTER ROLE {} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                    login, sql.Literal(password)
                )
            )
            cursor.execute(sql.SQL("GRANT {} TO {}").format(role, login))
        self.stdout.write(
            f"{name} can connect, and sees what row-level security lets its reader see."
        )
