"""Systems sign in with a token, which row-level security gives to whoever shows it."""

from typing import Any

from rest_framework.authentication import TokenAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed

from leap.core.accounts.models import User


class RowLevelSecurityTokenAuthentication(TokenAuthentication):
    """REST framework's own, through the function that opens one token by its key."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        opened = User.objects.raw(
            "SELECT account.* FROM leap_open_token(%s) token"
            " JOIN accounts_user account ON account.id = token.user_id",
            [key],
        )
        for user in opened:
            if user.is_active:
                return user, Token(key=key, user=user)
            raise AuthenticationFailed("User inactive or deleted.")
        raise AuthenticationFailed("Invalid token.")
