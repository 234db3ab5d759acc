"""Bearer tokens: created once, shown once, kept as hashes."""

import hashlib
import secrets

from fuente.audit.event import Action, AuditEvent
from fuente.ports import TokenStore


def create_token(store: TokenStore, actor: str) -> str:
    """A new token with 256 bits of randomness; the store keeps its SHA-256 only."""
    text = secrets.token_urlsafe(32)
    store.add_token(token_hash(text), AuditEvent(Action.TOKEN_CREATED, actor, actor_of_token(text)))
    return text


def is_known_token(store: TokenStore, text: str) -> bool:
    """Whether the token was created here."""
    return bool(text) and store.knows_token(token_hash(text))


def actor_of_token(text: str) -> str:
    """How the audit log names whoever holds the token."""
    return actor_of_hash(token_hash(text))


def actor_of_hash(token_sha256: str) -> str:
    """The same of a token of which only the hash is held: its beginning."""
    return f"token:{token_sha256[:12]}"


def token_hash(text: str) -> str:
    """What is kept of a token; a random token needs no salt."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
