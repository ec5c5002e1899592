"""What happens once, when the app starts."""

from django.apps import AppConfig


class LeapConfig(AppConfig):
    name = "leap"

    def ready(self) -> None:
        """Make our Celery application the current one, so that whoever sends a task, a page, a
        command or a worker, sends it to our broker."""
        import leap.celery
        import leap.core.encoding  # noqa: F401
