"""OpenID Connect against the provider that the environment names. Authlib does the protocol.

Discovery, state, nonce, PKCE and the signature of the ID token are checked there; who may come in
is decided here: an active account with the e-mail address that the provider says it has verified.
"""

from functools import cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from joserfc.errors import JoseError

from leap.core.accounts.models import User

# What can go wrong on the way: the protocol, a signature, the network, an answer that is none.
TROUBLE = (
    AuthlibBaseError,
    JoseError,
    requests.RequestException,
    RuntimeError,
    ValueError,
    KeyError,
)
WAIT = 10  # seconds for the provider to answer


def send_to(request: HttpRequest) -> HttpResponseRedirect:
    """To the provider, which sends the browser back to our own address."""
    back = settings.BASE_URL + reverse("accounts:provider_back")
    answer: HttpResponseRedirect = _client().authorize_redirect(request, back)
    return answer


def who_came(request: HttpRequest) -> dict[str, Any]:
    """What the provider says about whoever it sent back. Raises one of TROUBLE."""
    token = _client().authorize_access_token(request)
    claims = token.get("userinfo")
    if not claims:
        raise ValueError("the provider sent no ID token")
    return dict(claims)


def account_of(claims: dict[str, Any]) -> tuple[User | None, str]:
    """The account that these claims open, or nobody and why not."""
    email = str(claims.get("email", ""))
    if not email or claims.get("email_verified") is not True:
        return None, "unverified"
    user = User.objects.with_email(email)
    return (user, "") if user and user.is_active else (None, "unknown")


def asked_for_second_factor(claims: dict[str, Any]) -> bool:
    """Whether the provider says that it has seen more than a password (RFC 8176)."""
    return "mfa" in claims.get("amr", [])


@cache
def _client() -> Any:
    """One for the life of the process: it remembers the provider's metadata and keys."""
    provider = OAuth()
    return provider.register(
        "provider",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=f"{settings.OIDC_ISSUER}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": WAIT,
        },
    )
