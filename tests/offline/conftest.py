"""A device of Grace's, as LEAP sees it: it takes visits along, seals contacts and sends them."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone

KEY = "8b4c0bd4-8f6f-4f6e-9c5c-2d7f0e6f4a10"


@dataclass
class Device:
    browser: Client
    taken: dict[str, Any]

    def visit(self, family):
        return self.browser.get(f"/offline/visits/{family.ref}/").json()

    def send(self, family, typed, *, key=KEY, since=None, how=""):
        form = {"ref": family.ref, "submission": key, "typed": urlencode(typed, doseq=True)}
        form["since"] = since or self.taken["at"]
        data = {
            "taken": self.taken["taken"],
            "sealed": seal(form, self.taken["public"]),
            "how": how,
        }
        return self.browser.post("/offline/send/", data)


def seal(form, public):
    """As leap/static/offline/keys.js does."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64decode(public))
    ours = ec.generate_private_key(ec.SECP256R1())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leap offline contact" + point)
    key = drawn.derive(ours.exchange(ec.ECDH(), theirs))
    box = AESGCM(key).encrypt(b"twelve bytes", json.dumps(form).encode(), None)
    return b64encode(point + b"twelve bytes" + box).decode()


@pytest.fixture
def device_of(client_of):
    def take(user):
        browser = client_of(user)
        return Device(browser, browser.post("/offline/take/").json())

    return take


@pytest.fixture
def device(device_of, grace):
    return device_of(grace)


@pytest.fixture
def typed(chidi, stockwell):
    """An ordinary visit, as the form has it."""
    now = timezone.localtime()
    return {
        "concerned": [chidi.ref],
        "kind": "home_visit",
        "on": now.date().isoformat(),
        "at": "00:00",
        "outcome": "attended",
        "note": "Sleeps well.",
        "team": stockwell.code,
        "next_by": "me",
        "layer": "shared",
    }
