"""Keys: encryption of what is kept, keyed hashes in place of ids, and where the key comes from.

Two keys with two lives. STORE_KEY encrypts, and can be replaced: it may hold several keys, the first encrypts, each
decrypts. What ids are hashed with must never change, or nothing would be found again: it is a random secret, made once
for a database and kept in it, encrypted with STORE_KEY. A key for each purpose is derived from it, so that a chat can't
be followed from one table to another.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.store.protocol import StoreUnusableError
from bot.store.tables import HASH_LENGTH

_SECRET_BYTES: Final = 32
_MADE_WITH: Final = (
    "set STORE_KEY to the key that the database was made with, or restore the key file beside it"
)


class UnreadableError(Exception):
    """Something was encrypted with a key that isn't at hand."""


class StoreKey:
    """Encrypts with the first of its keys, decrypts with any.

    Args:
        text: One or more keys as `Fernet.generate_key` makes them (32 bytes in URL-safe base64), apart by commas or blanks.

    Attributes:
        is_single: Whether there is one key alone, so that nothing can be under an older one.

    Raises:
        ValueError: It holds something else, or nothing.
    """

    def __init__(self, text: str) -> None:
        fernets = [Fernet(key) for key in text.replace(",", " ").split()]
        if not fernets:
            raise ValueError("no key")
        self._fernets = MultiFernet(fernets)
        self._first = fernets[0]
        self.is_single = len(fernets) == 1

    def encrypt(self, plain: bytes) -> bytes:
        """Encrypt and sign."""
        return self._first.encrypt(plain)

    def decrypt(self, token: bytes) -> bytes:
        """Decrypt what any of the keys has encrypted.

        Raises:
            UnreadableError: None of them has, or it was changed since.
        """
        try:
            return self._fernets.decrypt(token)
        except InvalidToken:
            raise UnreadableError from None

    def renewed(self, token: bytes) -> bytes | None:
        """The same under the first key; None where it is already, or can't be read."""
        try:
            self._first.decrypt(token)
        except InvalidToken:
            try:
                return self._fernets.rotate(token)
            except InvalidToken:
                return None
        return None


class Hashes:
    """Keyed hashes of ids.

    Args:
        secret: What `new_secret` made once.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def lane(self, chat_id: int) -> str:
        """Whose updates are handled in order."""
        return self._hash(self._lanes, str(chat_id))

    def lone_lane(self, update_id: int) -> str:
        """The lane of an update that belongs to no chat and no person."""
        return self._hash(self._lanes, f"update {update_id}")

    def chat(self, chat_id: int) -> str:
        """Whose settings they are."""
        return self._hash(self._chats, str(chat_id))

    def sender(self, user_id: int) -> str:
        """Who sent a suggestion."""
        return self._hash(self._senders, str(user_id))

    def slot(self, key: str) -> str:
        """What is counted for the flood limits."""
        return self._hash(self._slots, key)

    @cached_property
    def _lanes(self) -> bytes:
        return self._derived(b"lane of a chat")

    @cached_property
    def _chats(self) -> bytes:
        return self._derived(b"settings of a chat")

    @cached_property
    def _senders(self) -> bytes:
        return self._derived(b"sender of a suggestion")

    @cached_property
    def _slots(self) -> bytes:
        return self._derived(b"slot of the flood limits")

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(SHA256(), _SECRET_BYTES, salt=None, info=purpose).derive(self._secret)

    @staticmethod
    def _hash(key: bytes, text: str) -> str:
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]


def new_secret(key: StoreKey) -> bytes:
    """A new secret to hash with, encrypted."""
    return key.encrypt(os.urandom(_SECRET_BYTES))


def hashes_of(key: StoreKey, token: bytes) -> Hashes:
    """The hashes of a database, from its encrypted secret.

    Raises:
        StoreUnusableError: The key isn't the one that the database was made with.
    """
    try:
        return Hashes(key.decrypt(token))
    except UnreadableError:
        raise StoreUnusableError(f"STORE_KEY doesn't fit the database: {_MADE_WITH}") from None


def key_file_of(database: Path) -> Path:
    """Where the key lies of a database whose operator set none: beside it, so that a copy of the one isn't a copy of both."""
    return database.with_name(f"{database.name}.key")


def read_key_file(path: Path) -> StoreKey | None:
    """The key in a file; None where there is no such file.

    Raises:
        StoreUnusableError: It can't be read, or holds no key.
    """
    try:
        return StoreKey(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreUnusableError(
            f"the key file {path} can't be used ({type(error).__name__}): {_MADE_WITH}"
        ) from None


def make_key_file(path: Path) -> StoreKey:
    """A new key in a file for the bot's user alone, or the one that another process has made there meanwhile.

    Raises:
        StoreUnusableError: It can't be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(Fernet.generate_key() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(name)  # whole or not at all, and never over another one
        finally:
            Path(name).unlink()
    except OSError as error:
        raise StoreUnusableError(f"the key file {path} can't be written ({error.strerror})") from None
    made = read_key_file(path)
    if made is None:
        raise StoreUnusableError(f"the key file {path} is gone as soon as it was written")
    return made
