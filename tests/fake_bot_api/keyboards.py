"""The server's checks of ``reply_markup``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .errors import Json, bad_request
from .links import USER_LINK, check_button_url
from .people import Chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from .wire import Params

MAX_BUTTONS: Final = 100
MAX_CALLBACK_DATA_BYTES: Final = 64
MAX_COPY_TEXT: Final = 256
_OTHER_ACTIONS: Final = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "login_url",
    "pay",
)
_PRIVATE_ONLY: Final = {
    "request_contact": "Phone number",
    "request_location": "Location",
    "request_poll": "Poll",
    "web_app": "Web App",
    "request_users": "Users",
    "request_chat": "Chats",
}


def _rows(rows: Any, name: str, check: Callable[[Any, Chat], None], chat: Chat) -> None:  # noqa: ANN401 - raw JSON
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    number = 0
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'Field "{name}" must be an Array of Arrays')
        for button in row:
            check(button, chat)
            number += 1
    if number > MAX_BUTTONS:
        raise bad_request("reply markup is too long")


def _text(button: Json, kind: str) -> None:
    text = button.get("text")
    if text is None:
        raise bad_request(f"Can't parse {kind}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request(f'Can\'t parse {kind}: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"{kind} text must be non-empty")


def check_inline_keyboard(markup: Json) -> None:
    """Refuse what a message that an inline query inserts can't have: it may end up in any chat."""
    anywhere = Chat(0, "supergroup")
    _rows(markup.get("inline_keyboard") or [], "inline_keyboard", _inline_button, anywhere)


def _inline_button(button: Any, chat: Chat) -> None:  # noqa: ANN401 - raw JSON
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _text(button, "inline keyboard button")
    for name, check in _ACTIONS.items():
        if button.get(name):
            check(button[name], chat)
            return
    if not any(name in button for name in _OTHER_ACTIONS):
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )


def _url(url: str, _: Chat) -> None:
    if not USER_LINK.match(url):
        check_button_url(url, "inline keyboard button")


def _callback_data(data: str, _: Chat) -> None:
    if len(str(data).encode()) > MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _web_app(app: Json, chat: Chat) -> None:
    if chat.user is None:
        raise bad_request("BUTTON_TYPE_INVALID")
    check_button_url(app.get("url", ""), "inline keyboard button Web App", https_only=True)


def _copy_text(copy: Json, _: Chat) -> None:
    if not 1 <= len(copy.get("text", "")) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


# In the server's order: of a button with several, the first counts.
_ACTIONS: Final[dict[str, Callable[[Any, Chat], None]]] = {
    "url": _url,
    "callback_data": _callback_data,
    "web_app": _web_app,
    "copy_text": _copy_text,
}


def _reply_button(button: Any, chat: Chat) -> None:  # noqa: ANN401 - raw JSON
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    _text(button, "keyboard button")
    for name, what in _PRIVATE_ONLY.items():
        if button.get(name) and chat.user is None:
            raise bad_request(f"{what} can be requested in private chats only")


def read_markup(params: Params, chat: Chat, *, inline_only: bool = False) -> Json | None:
    """A call's keyboard as the server keeps it; None for none, and for an inline one without buttons."""
    markup = params.value("reply_markup")
    if markup is None or markup == "":
        return None
    if isinstance(markup, str):
        raise bad_request("Can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" in markup:
        _rows(markup["inline_keyboard"], "inline_keyboard", _inline_button, chat)
        rows = [row for row in markup["inline_keyboard"] if row]
        return {"inline_keyboard": rows} if rows else None
    if inline_only or chat.type == "channel":
        raise bad_request("Inline keyboard expected")
    if "keyboard" in markup:
        _rows(markup["keyboard"], "keyboard", _reply_button, chat)
        return markup
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None
