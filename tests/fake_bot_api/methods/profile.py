"""What the bot tells of itself: commands, name, descriptions, the menu button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.fake_bot_api.errors import Json, bad_request

from .registry import Result, method

if TYPE_CHECKING:
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World

MAX_COMMANDS: Final = 100
_SCOPES: Final = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_TEXTS: Final = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(world: World, params: Params) -> Result:  # noqa: ARG001 - getMe has none
    """The bot itself."""
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline,
        "supports_guest_queries": world.guest,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def _place(world: World, params: Params) -> tuple[str, str]:
    """The scope and language a list of commands is kept under."""
    scope: Any = params.value("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    if scope.get("type") not in _SCOPES:
        raise bad_request("Can't parse BotCommandScope: unsupported type specified")
    parts = [str(scope["type"])]
    for name in _SCOPES[scope["type"]]:
        if name not in scope:
            raise bad_request(f"Can't parse BotCommandScope: Can't find field \"{name}\"")
        parts.append(str(scope[name]))
    if "chat_id" in scope and int(scope["chat_id"]) not in world.chats:
        raise bad_request("chat not found")
    return ":".join(parts), _language(params)


def _command(given: Any) -> Json:  # noqa: ANN401 - raw JSON
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommand: BotCommand must be an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    command = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not command:
        raise bad_request("Command must be non-empty")
    if len(command) > 32:
        raise bad_request("Command length must not exceed 32")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > 256:
        raise bad_request("Command description length must not exceed 256")
    if not re.fullmatch("[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> Result:
    """Replace the commands of one scope and language."""
    given = params.value("commands")
    if not isinstance(given, list):
        raise bad_request("Can't parse commands JSON object")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(item) for item in given]
    world.profile.commands[_place(world, params)] = commands
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> Result:
    """The commands of exactly one scope and language."""
    return world.profile.commands.get(_place(world, params), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> Result:
    """Forget the commands of one scope and language."""
    world.profile.commands.pop(_place(world, params), None)
    return True


def _text_methods(kind: str, limit: int) -> None:
    """Register setMy... and getMy... of one of the bot's texts."""
    suffix = "".join(part.title() for part in kind.split("_"))

    @method(f"setMy{suffix}")
    def set_text(world: World, params: Params) -> Result:
        if len(params.text(kind)) > limit:
            raise bad_request(f"{suffix.upper()}_TOO_LONG")
        world.profile.texts[kind, _language(params)] = params.text(kind)
        return True

    @method(f"getMy{suffix}")
    def get_text(world: World, params: Params) -> Result:
        text = world.profile.texts.get((kind, _language(params)), "")
        return {kind: text or (world.bot.first_name if kind == "name" else "")}


for _kind, _limit in _TEXTS.items():
    _text_methods(_kind, _limit)


def _menu_owner(world: World, params: Params) -> int:
    chat_id = params.integer("chat_id")
    if params.has("chat_id") and chat_id not in world.users:
        raise bad_request("user not found")
    return chat_id


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> Result:
    """The button beside the input field, for one private chat or for all."""
    button: Any = params.value("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("Can't parse menu button: unsupported type specified")
    if button["type"] == "web_app" and not (button.get("text") and (button.get("web_app") or {}).get("url")):
        raise bad_request("Can't parse menu button: Can't find field \"web_app\"")
    world.profile.menu_buttons[_menu_owner(world, params)] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Result:
    """The button of one private chat, or of all."""
    buttons = world.profile.menu_buttons
    return buttons.get(_menu_owner(world, params)) or buttons.get(0) or {"type": "default"}
