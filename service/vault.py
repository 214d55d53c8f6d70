"""Personal data at rest: sealed values and blind indexes."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Without characters that are taken for each other; 16 of these 31 are 79 bits.
_PLAIN = "23456789abcdefghjkmnpqrstuvwxyz"
_NONCE_BYTES = 12  # what AES-GCM is specified for


class UnknownKey(LookupError):
    """A value was sealed with a key that this installation was not given."""


class Vault:
    """Seals with AES-256-GCM under the newest secret and opens under any that it knows.

    A sealed value is one byte of key id, the nonce, and the ciphertext with its tag. The place
    ("table.column") is authenticated, so that a value moved to another column does not open.
    """

    def __init__(self, secrets_newest_first: Sequence[str]) -> None:
        if not secrets_newest_first:
            raise ValueError("a vault needs at least one secret")
        self._ids = [hashlib.sha256(secret.encode()).digest()[0] for secret in secrets_newest_first]
        if len(set(self._ids)) < len(self._ids):
            raise ValueError("two secrets share a key id; make another secret")
        derived = [_derive(secret, b"seal") for secret in secrets_newest_first]
        self._ciphers = {key_id: AESGCM(key) for key_id, key in zip(self._ids, derived, strict=True)}
        self._index_keys = [_derive(secret, b"blind index") for secret in secrets_newest_first]

    def seal(self, text: str, place: str) -> bytes:
        """`text` encrypted for `place`; different bytes every time."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        newest = self._ids[0]
        sealed = self._ciphers[newest].encrypt(nonce, text.encode(), place.encode())
        return bytes([newest]) + nonce + sealed

    def open(self, sealed: bytes, place: str) -> str:
        """The text that was sealed for `place`.

        Raises:
            UnknownKey: sealed with a secret that is not here.
            InvalidTag: damaged, or sealed for another place.
        """
        cipher = self._ciphers.get(sealed[0])
        if cipher is None:
            raise UnknownKey(f"no secret with key id {sealed[0]}")
        return cipher.decrypt(
            sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], place.encode()
        ).decode()

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest secret sealed it."""
        return sealed[0] == self._ids[0]

    def blind_indexes(self, text: str) -> list[str]:
        """What `text` is found by, newest secret first: HMAC-SHA256 in hex, 64 characters."""
        return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in self._index_keys]


def new_secret() -> str:
    """A secret that nobody can guess: 32 random bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """A password to hand over once and to change at once: 16 characters, easy to read aloud and to type."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(4))


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chunfeng " + purpose).derive(secret.encode())


__all__ = ["InvalidTag", "UnknownKey", "Vault", "new_password", "new_secret"]
