"""Mail (.eml): the text part, or the HTML part's main text; attachments are left out."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from foedus.errors import DocumentError
from foedus.evidence.formats import html
from foedus.evidence.formats.extracted import Extracted, Stated
from foedus.evidence.limits import Limits


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Extract a message's body; subject, sender and date become title, author and date.

    Raises:
        DocumentError: no header, no text part, or a body that cannot be decoded.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not message.keys():
        raise DocumentError(name, "not a mail message: it has no header.")
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part is not None else ""
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise DocumentError(name, f"its body cannot be decoded ({error}).") from error
    if part is None or not isinstance(content, str) or not content.strip():
        raise DocumentError(name, "empty: the message holds no text part.")
    stated = Stated(
        title=_header(message, "subject"),
        author=_sender(message),
        date=_date(message),
    )
    if part.get_content_type() == "text/html":
        page = html.extract(content.encode("utf-8", "replace"), name, limits)
        return Extracted(page.text, "message/rfc822", page.blocks, stated)
    return Extracted(content.replace("\r\n", "\n"), "message/rfc822", None, stated)


def _header(message: EmailMessage, field: str) -> str | None:
    try:
        value = str(message.get(field, "")).strip()
    except (ValueError, IndexError, AttributeError, TypeError):
        return None
    return value[:500] or None


def _sender(message: EmailMessage) -> str | None:
    sender = _header(message, "from")
    return (parseaddr(sender)[0] or sender) if sender else None


def _date(message: EmailMessage) -> str | None:
    value = _header(message, "date")
    try:
        return parsedate_to_datetime(value).date().isoformat() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
