"""The Bot API's methods, as far as they are imitated, by lower-cased name."""

from . import chats, media, messages, profile, queries, updates
from .registry import METHODS, Result

__all__ = ["METHODS", "Result", "chats", "media", "messages", "profile", "queries", "updates"]
