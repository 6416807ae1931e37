"""Draws docs/conversation.png: questions asked to the bot itself, its replies laid out as on a phone.

Run it again when answers or the bot's words have changed:

    make picture        # or: uv run python docs/draw_conversation.py

It needs Chromium to draw and pngquant to make the file small (Debian and Ubuntu: `apt-get install chromium pngquant
fonts-roboto fonts-noto-color-emoji`). Every text on the bot's side comes from the same code as on Telegram; what
people say is written below.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from bot import private_replies
from bot.answering import Conversations
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.handlers import group_wording
from bot.handlers.context import Desk
from bot.reply import Reply
from bot.store.protocol import Store
from knowledge.opening import open_answerer
from knowledge.outcome import Answer, Clarify, Decline, Outcome, Question

PICTURE: Final = Path(__file__).with_name("conversation.png")
BOT: Final = "advisory_bot"
WIDTH: Final = 860
SCALE: Final = "1.6"
COLOURS: Final = "96"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
OFFLINE: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --disable-lcd-text"
).split()
"""Draws a local file, and talks to nobody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person writes; the bot is asked `asks`, and nothing where that is empty."""

    text: str
    time: str
    asks: str = ""
    by: str = ""
    """Who writes it; empty for the phone's owner."""
    outcome: type[Outcome] = Answer
    """What the picture is to show the bot doing about it."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One phone."""

    title: str
    subtitle: str
    messages: tuple[Said, ...]
    group: bool = False


PRIVATE: Final = Chat(
    "Advisory bot",
    "bot",
    (
        Said(
            "my clinic wants me to drive my own cells to tijuana in a cooler. what do i do??",
            "9:41",
            asks="my clinic wants me to drive my own cells to tijuana in a cooler. what do i do??",
        ),
        Said(
            "what is the exchange rate for pesos",
            "9:43",
            asks="what is the exchange rate for pesos",
            outcome=Decline,
        ),
    ),
)
GROUP: Final = Chat(
    "Stem cell patients",
    "group",
    (
        Said("They told us dry ice is fine for the drive 🤷", "9:41", by="Ana"),
        Said(
            "/ask is it ok to carry stem cells on dry ice?",
            "9:42",
            asks="is it ok to carry stem cells on dry ice?",
        ),
        Said(
            "/ask are the cells still good after a car ride in the heat",
            "9:50",
            asks="are the cells still good after a car ride in the heat",
            outcome=Clarify,
            by="Ben",
        ),
    ),
    group=True,
)

STYLE: Final = """
* { box-sizing: border-box; margin: 0; }
html { background: #fff; }
body { width: 860px; padding: 10px; display: flex; gap: 20px; align-items: stretch;
       font: 15px/1.36 Roboto, "Noto Color Emoji", sans-serif; color: #111; }
.phone { flex: 1; border: 9px solid #23272b; border-radius: 38px; overflow: hidden; display: flex;
         flex-direction: column; background: #cfdcc4; }
header { background: #fff; padding: 16px 18px 11px; display: flex; gap: 12px; align-items: center;
         border-bottom: 1px solid #d9d9d9; }
.face { width: 40px; height: 40px; border-radius: 50%; color: #fff; font-weight: 500; font-size: 18px;
        display: flex; align-items: center; justify-content: center; background: #3f8ecf; flex: none; }
.face.group { background: #d98a3d; }
header b { display: block; font-weight: 500; font-size: 16px; line-height: 1.25; }
header span { color: #7b8790; font-size: 13px; }
main { padding: 12px 10px 16px; display: flex; flex-direction: column; gap: 9px; flex: 1; }
.day { align-self: center; background: #93a884; color: #fff; font-size: 12.5px; font-weight: 500;
       padding: 2px 10px; border-radius: 11px; }
.turn { display: flex; flex-direction: column; gap: 3px; max-width: 91%; align-self: flex-start; }
.turn.own { align-self: flex-end; max-width: 84%; }
.bubble { background: #fff; border-radius: 14px 14px 14px 4px; padding: 7px 11px 5px; }
.own .bubble { background: #e9fcd4; border-radius: 14px 14px 4px 14px; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.said a, .command { color: #2176b8; text-decoration: none; }
.name { color: #b8632a; font-weight: 500; font-size: 14px; }
.name.bot { color: #2f7fc0; }
.quote { border-left: 3px solid #4aa05a; background: #eaf5ea; border-radius: 4px; padding: 2px 8px;
         font-size: 13.5px; margin: 1px 0 4px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.quote b { color: #3c8f4c; font-weight: 500; display: block; }
blockquote { border-left: 3px solid #3f8ecf; background: #ebf3fa; border-radius: 4px; padding: 4px 22px 4px 9px;
             font-size: 14px; position: relative; white-space: pre-wrap; }
blockquote div { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
blockquote::after { content: ""; position: absolute; right: 9px; bottom: 9px; width: 6px; height: 6px;
                    border: solid #3f8ecf; border-width: 0 2px 2px 0; transform: rotate(45deg); }
.time { text-align: right; font-size: 12px; color: #8d989f; line-height: 1.2; }
.own .time { color: #5da352; }
.row { display: flex; gap: 3px; }
.button { flex: 1; background: #7f9670; color: #fff; font-weight: 500; font-size: 14px; text-align: center;
          border-radius: 8px; padding: 7px 10px; }
footer { background: #fff; color: #9aa3a9; padding: 12px 20px 16px; border-top: 1px solid #d9d9d9; }
"""


def main() -> int:
    """Ask, lay out, and take the picture."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    shrinker = shutil.which("pngquant")
    if browser is None or shrinker is None:
        sys.stderr.write(f"needed: one of {', '.join(BROWSERS)}; and pngquant\n")
        return 1
    # Nothing is stored while a picture is drawn: no reply here asks for the store.
    desk = Desk(Conversations(open_answerer()), operator="", store=cast("Store", None), username=lambda: BOT)
    phones = "".join(_phone(desk, chat) for chat in (PRIVATE, GROUP))
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style><body>{phones}</body></html>'
    with tempfile.TemporaryDirectory() as folder:
        _screenshot(browser, page, Path(folder))
    _run([shrinker, "--force", "--ext", ".png", "--speed", "1", COLOURS, str(PICTURE)])
    sys.stderr.write(f"wrote {PICTURE.name}, {PICTURE.stat().st_size} bytes\n")
    return 0


def _phone(desk: Desk, chat: Chat) -> str:
    turns = []
    replies = GroupReplies(desk.renderer(None), GroupSettings(), username=BOT)
    for said in chat.messages:
        turns.append(_person(said))
        if said.asks:
            question = Question(said.asks)
            verdict = desk.conversations.answer(question, (chat.title, said.by))
            if chat.group:
                reply = group_wording.reply_to(desk, verdict, replies)
            else:
                private = desk.replies(desk.renderer(verdict.language))
                reply = private_replies.reply(verdict, desk.conversations.answerer, private)
            if reply is None or not isinstance(verdict.outcome, said.outcome):
                raise ValueError(f"the bot now does something else about {said.asks!r}: {verdict.outcome}")
            turns.append(_bot(reply, said, group=chat.group))
    face = "face group" if chat.group else "face"
    return (
        f'<section class="phone"><header><div class="{face}">{chat.title[0]}</div>'
        f"<div><b>{chat.title}</b><span>{chat.subtitle}</span></div></header>"
        f'<main><div class="day">Today</div>{"".join(turns)}</main><footer>Message</footer></section>'
    )


def _person(said: Said) -> str:
    name = f'<div class="name">{said.by}</div>' if said.by else ""
    text = re.sub(r"^/\w+", r'<span class="command">\g<0></span>', said.text)
    own = "" if said.by else " own"
    ticks = "" if said.by else " ✓✓"
    return (
        f'<div class="turn{own}"><div class="bubble">{name}<div class="said">{text}</div>'
        f'<div class="time">{said.time}{ticks}</div></div></div>'
    )


def _bot(reply: Reply, said: Said, *, group: bool) -> str:
    head = ""
    if group:
        head = (
            '<div class="name bot">Advisory bot</div>'
            f'<div class="quote"><b>{said.by or "You"}</b>{said.text}</div>'
        )
    text = reply.html.replace("<blockquote expandable>", "<blockquote><div>")
    # A blockquote stands apart by itself: the empty lines around it aren't shown by Telegram either.
    text = text.replace("</blockquote>", "</div></blockquote>").replace("\n\n<blockquote>", "<blockquote>")
    text = text.replace("</blockquote>\n\n", "</blockquote>")
    rows = ("".join(f'<div class="button">{b.text}</div>' for b in row) for row in reply.buttons)
    buttons = "".join(f'<div class="row">{row}</div>' for row in rows)
    return (
        f'<div class="turn"><div class="bubble">{head}<div class="said">{text}</div>'
        f'<div class="time">{said.time}</div></div>{buttons}</div>'
    )


def _screenshot(browser: str, page: str, folder: Path) -> None:
    """Measure the page's height, then take its picture at exactly that height."""
    html = folder / "conversation.html"
    measure = "<script>document.documentElement.dataset.height = document.body.offsetHeight</script>"
    html.write_text(page.replace("</body>", f"{measure}</body>"), encoding="utf-8")
    browse = [browser, *OFFLINE, f"--user-data-dir={folder / 'profile'}"]
    dom = _run([*browse, f"--window-size={WIDTH},1000", "--dump-dom", html.as_uri()])
    found = re.search(r'data-height="(\d+)"', dom)
    if found is None:
        raise ValueError("the browser did not lay the page out")
    size = [f"--window-size={WIDTH},{found[1]}", f"--force-device-scale-factor={SCALE}"]
    _run([*browse, *size, f"--screenshot={PICTURE}", html.as_uri()])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)  # noqa: S603 - our own words
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
