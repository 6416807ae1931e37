"""Reply -> what the Bot API inserts into a chat in somebody's name: a result of an inline query, a guest's answer."""

from __future__ import annotations

from typing import Final

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.formatting import cut
from bot.reply import Reply
from bot.sending import keyboard

_RESULT_TITLE: Final = 100
"""UTF-16 units; phones show one line."""
MAX_DESCRIPTION: Final = 200
"""UTF-16 units; phones show two lines."""


def article(id_: str, title: str, reply: Reply, description: str = "") -> InlineQueryResultArticle:
    """A result.

    Args:
        id_: At most 64 bytes.
        title: What the list of results shows first.
        reply: What choosing it inserts. Its buttons must open pages: a press would come without a message to answer.
        description: What the list shows below the title.
    """
    return InlineQueryResultArticle(
        id_,
        cut(title, _RESULT_TITLE),
        InputTextMessageContent(
            reply.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard(reply),
        description=cut(description, MAX_DESCRIPTION) or None,
    )
