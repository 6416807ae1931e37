"""A fake Telegram Bot API server for end-to-end tests, over real HTTP.

It behaves like the real server where a bot can notice: the same parameters, checks, errors and updates. Descriptions
of errors follow the server's published source. What it does not imitate it refuses with a 404 and a violation.

    async with FakeBotApi() as api:
        ...  # start the bot with base_url(api.url + "/bot") and token(api.token)
        anna = api.user("Anna", language_code="de")
        question = anna.sends("/ask What now?")
        answer = await api.wait_sent(anna, "Which", after=question)
        press = anna.press(answer, "Yes")
        await api.wait_for(lambda: press.answer)
        api.fail("sendMessage", 429, "Too Many Requests: retry after 3", parameters={"retry_after": 3})
        group = api.supergroup("Patients", anna, forum=True)
        anna.sends("/ask@advisory_test_bot", chat=group, thread=group.topic("Questions"))
        api.assert_clean()  # no call or update that disagrees with the Bot API's schema
"""

from .actors import MEDIA, UserActor
from .api import TOKEN, FakeBotApi
from .calls import Call
from .groups import ChatActor
from .messages import Message
from .world import HasId, Query

__all__ = ["MEDIA", "TOKEN", "Call", "ChatActor", "FakeBotApi", "HasId", "Message", "Query", "UserActor"]
