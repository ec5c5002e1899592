"""Text messages, by whatever provider the partnership has: JSON over HTTPS, with a token."""

import requests
from django.conf import settings

PATIENCE = 10  # seconds


class NotTakenError(OSError):
    """The provider refused the message, or could not be asked."""


def is_on() -> bool:
    """Whether there is a provider at all."""
    return bool(settings.TEXT_URL)


def send_text(*, to: str, body: str, key: str) -> None:
    """Give one message to the provider. `key` is the same however often it is tried, so that a
    provider can tell. Raises NotTakenError."""
    try:
        answer = requests.post(
            settings.TEXT_URL,
            json={"to": to, "text": body, "reference": key},
            headers={"Authorization": f"Bearer {settings.TEXT_TOKEN}", "Idempotency-Key": key},
            timeout=PATIENCE,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise NotTakenError(type(error).__name__) from None
    if not answer.ok or answer.is_redirect:
        raise NotTakenError(f"answered {answer.status_code}")
