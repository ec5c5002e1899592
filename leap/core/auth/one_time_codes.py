"""The second factor's arithmetic: six digits of an authenticator app, and recovery codes."""

import base64
import hmac
import secrets
import time

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

EVERY = 30  # seconds a code stands
SLACK = 1  # steps a telephone's clock may be off, either way
HOW_MANY = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper


def new_key() -> str:
    """A fresh secret, as authenticator apps write it: 32 letters."""
    return pyotp.random_base32()


def encrypt(key: str) -> str:
    """The secret as it is stored: a copy of the database alone makes no codes."""
    return _sealer().encrypt(key.encode()).decode()


def decrypt(sealed: str) -> str:
    """The secret again. Empty when it was sealed under another SECRET_KEY."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def step_of(key: str, code: str) -> int | None:
    """Which thirty seconds `code` belongs to, if it is one of `key`'s of this moment."""
    if not key:
        return None
    now = int(time.time()) // EVERY
    totp = pyotp.TOTP(key)
    digits = "".join(code.split())
    for step in range(now - SLACK, now + SLACK + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()):
            return step
    return None


def address(key: str, email: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(key).provisioning_uri(name=email, issuer_name="LEAP")


def qr(text: str) -> str:
    """`text` as a QR code: an SVG in a data: address."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, border=4))


def new_recovery_codes() -> list[str]:
    """Ten codes such as `k7mq-4xzp-9hnd`; each has 59 bits of chance."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        for _ in range(HOW_MANY)
    ]


def digest(recovery_code: str) -> str:
    """How a recovery code is stored; spaces, dashes and capitals play no part."""
    letters = "".join(one for one in recovery_code.lower() if one.isalnum())
    return salted_hmac("leap.recovery", letters, algorithm="sha256").hexdigest()


def _sealer() -> MultiFernet:
    return MultiFernet(
        [_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leap second factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
