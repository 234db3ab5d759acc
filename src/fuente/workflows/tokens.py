"""Bearer tokens: created once, kept as hashes."""

import hashlib
import secrets

from fuente.audit.event import Action, AuditEvent
from fuente.ports import TokenStore


def create_token(store: TokenStore, actor: str) -> str:
    """A new token with 256 bits of randomness; the store keeps its SHA-256 only."""
    text = secrets.token_urlsafe(32)
    digest = token_hash(text)
    store.add_token(digest, AuditEvent(Action.TOKEN_CREATED, actor, digest[:16]))
    return text


def is_known_token(store: TokenStore, text: str) -> bool:
    """Whether the token was created here."""
    return bool(text) and store.knows_token(token_hash(text))


def token_hash(text: str) -> str:
    """What the store keeps of a token; a random token needs no salt."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
