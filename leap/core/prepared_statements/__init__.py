"""A database backend that plans a statement once for each connection.

Django sends text, which PostgreSQL plans anew each time: behind row-level security that takes
longer than running it. Here a statement that a connection has sent before is prepared, and executed
by name from then on. docs/decisions/0040-prepared-statements.md says what was measured.
"""
