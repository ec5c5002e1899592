"""Contacts sealed on a device for LEAP alone, so that they can wait there when its own key is gone.

Whoever takes visits along is given a public key. What is written offline is encrypted to it: an
ephemeral P-256 key, HKDF-SHA-256, AES-256-GCM. The private key is on no device and in no table; it
is made again from SECRET_KEY and from what was taken, when a contact comes in.
"""

from base64 import b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT, NONCE = 65, 12  # bytes of an uncompressed point, and of what GCM begins with
CONTACT = b"leap offline contact"


class UnreadableError(Exception):
    """Sealed with another key, or changed on the way."""


def public_key(taken: str) -> str:
    """What a device encrypts to, in base64: an uncompressed point."""
    public = _private_key(taken, settings.SECRET_KEY).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return b64encode(point).decode()


def decrypt_payload(sealed: bytes, taken: str) -> bytes:
    """What was sealed with the public key of `taken`. UnreadableError where it was not."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            private = _private_key(taken, secret)
            point, nonce, box = (
                sealed[:POINT],
                sealed[POINT : POINT + NONCE],
                sealed[POINT + NONCE :],
            )
            shared = private.exchange(
                ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
            )
            return AESGCM(_derived(shared, CONTACT + point, 32)).decrypt(nonce, box, None)
        except (InvalidTag, ValueError):
            continue
    raise UnreadableError


def _private_key(taken: str, secret: str) -> ec.EllipticCurvePrivateKey:
    drawn = int.from_bytes(_derived(secret.encode(), b"leap offline key " + taken.encode(), 48))
    return ec.derive_private_key(drawn % (ORDER - 1) + 1, CURVE)


def _derived(secret: bytes, what_for: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=what_for).derive(secret)
