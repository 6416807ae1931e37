"""What the bot can learn of a chat, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_bot_api.access import Right, find_chat
from tests.fake_bot_api.errors import bad_request
from tests.fake_bot_api.people import Member

from .registry import Result, method

if TYPE_CHECKING:
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World


@method("getChat")
def get_chat(world: World, params: Params) -> Result:
    """Everything about a chat."""
    return find_chat(world, params, Right.READ).full_json()


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Result:
    """One user's place in a chat; a known user who was never there has left."""
    chat = find_chat(world, params, Right.READ)
    user = world.users.get(params.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified")
    if chat.user is not None and user.id not in (chat.user.id, world.bot.id):
        raise bad_request("member not found")
    there = "member" if chat.user is not None else "left"
    return chat.members.get(user.id, Member(user, there)).json(chat)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> Result:
    """Who runs a chat; other bots are not told."""
    chat = find_chat(world, params, Right.READ)
    if chat.user is not None:
        raise bad_request("there are no administrators in the private chat")
    admins = [member for member in chat.members.values() if member.admin]
    return [admin.json(chat) for admin in admins if not admin.user.is_bot or admin.user is world.bot]


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> Result:
    """How many are in a chat."""
    chat = find_chat(world, params, Right.READ)
    return 2 if chat.user is not None else sum(member.present for member in chat.members.values())


@method("leaveChat")
def leave_chat(world: World, params: Params) -> Result:
    """Leave a group or channel."""
    chat = find_chat(world, params, Right.READ)
    if chat.user is not None:
        raise bad_request("chat member status can't be changed in private chats")
    member = world.bot_member(chat)
    before = member.json(chat)
    member.status = "left"
    chat.members[world.bot.id] = member
    change = {
        "chat": chat.json(),
        "from": world.bot.json(),
        "date": world.clock.date(),
        "old_chat_member": before,
        "new_chat_member": member.json(chat),
    }
    world.emit("my_chat_member", change, f"member:{chat.id}")
    return True
