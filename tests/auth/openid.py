"""An OpenID provider of our own, in a process of its own: Authlib's server on Flask.

    python -m tests.auth.openid PORT CLIENT_ID CLIENT_SECRET

It signs ID tokens with a fresh RSA key, insists on PKCE with S256, takes each code once, and checks
the redirect address. Who "signs in" there, and what is wrong with it, stands in the address of its
sign-in page, `/claims/` being told beforehand: POST {"email": …, "email_verified": …, "amr": […]}.
"""

import os
import sys
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # on loopback

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey

PORT, CLIENT_ID, CLIENT_SECRET = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ISSUER = f"http://127.0.0.1:{PORT}"
KEY = RSAKey.generate_key(2048, {"kid": "today", "use": "sig", "alg": "RS256"})
STRANGER = RSAKey.generate_key(2048, {"kid": "today", "use": "sig", "alg": "RS256"})
CODES: dict[str, "Code"] = {}
CLAIMS: dict[str, object] = {}
app = Flask(__name__)


class Code:
    """An authorisation code, with what was asked along with it."""

    def __init__(self, code: str, parameters: dict[str, str]) -> None:
        self.code, self.parameters, self.auth_time = code, parameters, int(time.time())
        self.code_challenge = parameters.get("code_challenge")
        self.code_challenge_method = parameters.get("code_challenge_method")

    def get_redirect_uri(self) -> str:
        return self.parameters["redirect_uri"]

    def get_scope(self) -> str:
        return self.parameters["scope"]

    def get_nonce(self) -> str:
        return "another" if CLAIMS.get("wrong") == "nonce" else self.parameters.get("nonce", "")

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> object:
        return CLAIMS.get("amr")


class Client(ClientMixin):
    """LEAP, the only client. Its redirect address must end as ours does."""

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.endswith("/sign-in/provider/back/")

    def check_client_secret(self, secret: str) -> bool:
        return secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class CodeFlow(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code, request):
        CODES[code] = Code(code, dict(request.payload.data))

    def query_authorization_code(self, code, client):
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code):
        del CODES[authorization_code.code]

    def authenticate_user(self, authorization_code):
        return dict(CLAIMS)


class IdTokens(OpenIDCode):
    def exists_nonce(self, nonce, request):
        return False

    def get_jwt_config(self, grant):
        wrong = CLAIMS.get("wrong")
        return {
            "key": STRANGER if wrong == "signature" else KEY,
            "alg": "RS256",
            "iss": "https://elsewhere.example" if wrong == "issuer" else ISSUER,
            "exp": -3600 if wrong == "expired" else 3600,
        }

    def generate_user_info(self, user, scope):
        email_claims = {name: user[name] for name in ("email", "email_verified") if name in user}
        return UserInfo(sub="a-person", **email_claims)

    def get_audiences(self, request):
        return ["somebody-else"] if CLAIMS.get("wrong") == "audience" else [CLIENT_ID]


server = AuthorizationServer(app, query_client=lambda _: Client(), save_token=lambda *_: None)
server.register_grant(CodeFlow, [IdTokens(require_nonce=True), CodeChallenge(required=True)])


@app.get("/.well-known/openid-configuration")
def metadata():
    return jsonify(
        issuer=ISSUER,
        authorization_endpoint=f"{ISSUER}/authorize",
        token_endpoint=f"{ISSUER}/token",
        jwks_uri=f"{ISSUER}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
    )


@app.get("/keys")
def keys():
    return jsonify(keys=[KEY.as_dict(private=False)])


@app.get("/authorize")
def authorize():
    """The person is asked nothing: `/claims/` has said who they are, or that they refuse."""
    if request.args.get("code_challenge_method") != "S256":
        return "only with PKCE", 400
    grant = server.get_consent_grant(end_user=None)
    willing = None if CLAIMS.get("wrong") == "refused" else dict(CLAIMS)
    return server.create_authorization_response(grant_user=willing, grant=grant)


@app.post("/token")
def token():
    return server.create_token_response()


@app.post("/claims/")
def claims():
    CLAIMS.clear()
    CLAIMS.update(request.get_json())
    return "", 204


if __name__ == "__main__":
    app.run("127.0.0.1", PORT)
