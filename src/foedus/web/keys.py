"""Secrets of one running server: the login token, session cookies and CSRF tokens."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

SESSION_COOKIE = "foedus_session"
CSRF_COOKIE = "foedus_csrf"


def new_token() -> str:
    """A login token nobody guesses (144 bits)."""
    return secrets.token_urlsafe(18)


class Keys:
    """Signs what visitors carry. The key follows from the login token where there is one, so
    that a restart with the same token logs nobody out; else it is new with every start.
    """

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._key = sha256(b"foedus " + token.encode()).digest() if token else secrets.token_bytes()

    def is_token(self, given: str) -> bool:
        """Whether this is the login token."""
        return self._token is not None and hmac.compare_digest(
            given.encode("utf-8", "replace"), self._token.encode()
        )

    @property
    def session(self) -> str:
        """The value of the session cookie of whoever logged in."""
        return self._signed("session")

    def is_session(self, given: str) -> bool:
        """Whether a cookie's value is the session's."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.session.encode())

    def new_visitor(self) -> str:
        """The value of a new visitor's CSRF cookie."""
        return secrets.token_urlsafe(18)

    def csrf(self, visitor: str) -> str:
        """The CSRF token that belongs to a visitor's cookie."""
        return self._signed(f"csrf {visitor}")

    def is_csrf(self, visitor: str, given: str) -> bool:
        """Whether the token belongs to the visitor's cookie."""
        return bool(visitor) and hmac.compare_digest(
            given.encode("utf-8", "replace"), self.csrf(visitor).encode()
        )

    def _signed(self, what: str) -> str:
        return hmac.new(self._key, what.encode(), sha256).hexdigest()
