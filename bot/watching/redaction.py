"""Text -> text without secrets and groups' ids. Pure but for the list of known secrets.

What has the form of a bot token, of a store key, of a password in an address or of a group's id is taken out, whoever it belongs to:
Telegram's own words name the id that a group has got. Secrets
that were named are taken out in whatever spelling they come: as they are, percent-encoded (once or more), with the escapes
of JSON, Python or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Bounded, so that a long row of them is read in one go.
_ENCODED_PERCENT: Final = "%(?:25){0,4}"
_BACKSLASHES: Final = r"\\{1,8}"
_ZEROS: Final = "0{0,6}"
_COLON: Final = (
    rf"(?::|{_ENCODED_PERCENT}3[Aa]|{_BACKSLASHES}(?:u003|x3)[Aa]|&#{_ZEROS}58;|&#[xX]{_ZEROS}3[Aa];)"
)
_TOKEN: Final = re.compile(rf"[0-9]{{3,16}}{_COLON}[A-Za-z0-9_-]{{30,}}")
_KEY: Final = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}=(?!=)")
_PASSWORD: Final = re.compile(r"(?<=://)([^\s:/?#@]{0,100}):[^\s/?#@]{1,200}(?=@)")
_GROUP: Final = re.compile(r"(?<![A-Za-z0-9_])-100[0-9]{6,13}(?![A-Za-z0-9_])")
GROUP: Final = "<group>"
TOKEN: Final = "<token>"  # noqa: S105 - what stands in its place
SECRET: Final = "<secret>"  # noqa: S105 - as TOKEN
_SHORTEST: Final = 6
"""Characters of a secret that can't be an ordinary word."""

_known: list[re.Pattern[str]] = []


def know(secrets: Iterable[str]) -> None:
    """Take these out from now on, and no others that were named before.

    Args:
        secrets: Each as it is; those of fewer than six characters are passed over, for they may be anybody's words.
    """
    longest_first = sorted({s for s in secrets if len(s) >= _SHORTEST}, key=len, reverse=True)
    _known[:] = [re.compile("".join(map(_spelled, secret))) for secret in longest_first]


def redact(text: str) -> str:
    """The text with every secret and every group's id taken out."""
    text = _TOKEN.sub(TOKEN, text)
    for known in _known:
        text = known.sub(SECRET, text)
    text = _PASSWORD.sub(rf"\1:{SECRET}", text)
    return _GROUP.sub(GROUP, _KEY.sub(SECRET, text))


def _spelled(character: str) -> str:
    """A pattern for a character in every spelling."""
    number = ord(character)
    spellings = [
        re.escape(character),
        "".join(f"{_ENCODED_PERCENT}{_hex(byte)}" for byte in character.encode("utf-8", "surrogatepass")),
        rf"{_BACKSLASHES}(?:[uU]{_ZEROS}|x){_hex(number)}",
        rf"&#{_ZEROS}{number};",
        rf"&#[xX]{_ZEROS}{_hex(number)};",
    ]
    return f"(?:{'|'.join(spellings)})"


def _hex(number: int) -> str:
    """A number in hexadecimal digits of either case."""
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in f"{number:02x}")
