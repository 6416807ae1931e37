"""What people type instead of pressing a button: its words, its number, a usual way to say it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import ELSEWHERE, Action, Payload
from bot.choices import chosen, concluded
from bot.locales import languages, words
from bot.phrases import MAX_LENGTH, plainly
from bot.remark import Remark, remarked
from bot.reply import Button, Reply
from bot.typed import Cited, heard, remembered
from knowledge.checklist import Response

LAW = Button("Is it legal?", "c:law", heard="legal")
FEES = Button("What does it cost?", "c:fees")
NONE = Button("None of these", "n:", heard="none|no|neither")
OFFERED = (LAW, FEES, NONE)


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("1", LAW),
        ("#2", FEES),
        ("2.", FEES),
        ("the second", FEES),
        ("The second one, please!", FEES),
        ("2nd", FEES),
        ("number 1", LAW),
        ("option two", FEES),
        ("one", LAW),
        ("the last one", FEES),
        ("yes the first", LAW),
        ("i mean the second one", FEES),
        ("2 pls", FEES),
        ("b", FEES),
        ("Option B", FEES),
        ("la segunda", FEES),
        ("el número dos, por favor", FEES),
        ("la última", FEES),
        ("IS IT LEGAL", LAW),
        ("legal", LAW),
        ("None.", NONE),
        ("no", NONE),
        ("none of these", NONE),
    ],
)
def test_a_choice_is_understood(text: str, button: Button) -> None:
    assert chosen(text, OFFERED) == button


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "4",
        "0",
        "99999999999999999999",
        "the fourth",
        "1 2",
        "one or two",
        "is it legal in Mexico?",
        "yes",
        "please",
        "the one",
        "no idea what you mean",
        "1" * (MAX_LENGTH + 1),
    ],
)
def test_anything_else_is_no_choice(text: str) -> None:
    assert chosen(text, OFFERED) is None


def test_nothing_is_chosen_where_nothing_was_offered() -> None:
    assert chosen("1", ()) is None


def test_words_that_two_buttons_share_choose_neither_unless_both_mean_the_same() -> None:
    assert chosen("same", (Button("Same", "e:a"), Button("same!", "e:b"))) is None
    assert chosen("same", (Button("Same", "e:a"), Button("same!", "e:a"))) == Button("Same", "e:a")


@pytest.mark.parametrize("text", ["nope", "none of those", "neither of them", "ninguna de las dos"])
def test_the_way_out_is_chosen_in_many_words(text: str) -> None:
    way_out = Button("None of these", "n:", heard="|".join(words(code)("typed-none") for code in languages()))
    assert chosen(text, (LAW, FEES, way_out)) == way_out


def test_where_no_question_is_offered_the_last_is_the_last_button() -> None:
    assert chosen("the last", (Button("Yes", "k:ab"), Button("No", "k:ac"))) == Button("No", "k:ac")


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("they asked me, that's right, so the first one I suppose", LAW),
        ("it's about money. The second, I think", FEES),
        ("bueno, la segunda creo", FEES),
        ("we were the first to ask", None),
        ("the first, no, the fee", None),
    ],
)
def test_of_questions_asked_back_one_is_chosen_at_the_end_of_a_sentence(
    text: str, button: Button | None
) -> None:
    assert (chosen(text, (LAW, FEES, NONE)) or concluded(text, (LAW, FEES, NONE))) == button


ANSWERED = Reply(
    "", ((Button("Is it legal?", "e:law"),), (Button("What the source says", "s:fees"),)), entry_id="fees"
)
ASKED_BACK = Reply("", ((LAW,), (FEES,), (NONE,)))
SILENCE = Reply("")


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "OK.",
        "okkkk",
        "k",
        "got it",
        "ok, got it",
        "I see",
        "👍",
        "👍🏽 🙏",
        "lol",
        "hmmm",
        "wow",
        "cool 😂",
        "ok so i wont do it",
        "no thanks",
        "vale",
        "ya entendí",
        "está bien",
        "wait",
        "hold on, let me think",
        "sorry, my bad",
        "oh god",
        "i had no idea",
        "idk",
        "ok i'll ask them",
        "espere, déjeme pensar",
        "no sabía",
    ],
)
def test_what_only_acknowledges_asks_nothing(text: str) -> None:
    assert heard(text, ANSWERED) is Remark.NOD
    assert heard(text, SILENCE) is Remark.NOD
    assert heard(text, ANSWERED, urgent=True) in (None, Remark.DENIED)  # "I won't do it" may be both
    assert heard(text, ASKED_BACK) is Remark.YES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙏😭",
        "ok?",
        "ok but is it legal",
        "thanks",
        "i see my doctor tomorrow",
        "please",
        "and then",
        "cool box",
        "right to try",
        "good clinic",
        "so",
        "ok " * 40,
    ],
)
def test_what_may_ask_something_is_no_mere_acknowledgement(text: str) -> None:
    assert remarked(text) is None
    assert heard(text, ANSWERED) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("again please", Payload(Action.SHOW, "fees")),
        ("can you repeat that?", Payload(Action.SHOW, "fees")),
        ("otra vez", Payload(Action.SHOW, "fees")),
        ("say it simpler", Remark.SIMPLER),
        ("I don't understand", Remark.SIMPLER),
        ("no entiendo", Remark.SIMPLER),
        ("shorter please", Remark.SIMPLER),
        ("more", Remark.MORE),
        ("tell me more", Remark.MORE),
        ("really?", Remark.MORE),
        ("no", Payload(Action.NONE_OF_THESE)),
        ("neither", Payload(Action.NONE_OF_THESE)),
        ("yes", Remark.NOD),
    ],
)
def test_wishes_are_about_the_answer_that_was_shown(text: str, meant: Payload | Remark) -> None:
    assert heard(text, ANSWERED) == meant
    assert heard(text, SILENCE) == (Remark.NOD if text in ("yes", "no", "neither") else None)


@pytest.mark.parametrize(
    ("text", "remark", "without"),
    [
        ("are you sure?", Remark.SURE, None),
        ("that's not true", Remark.SURE, None),
        ("where did you get this", Remark.SURE, None),
        ("¿está seguro?", Remark.SURE, None),
        ("why", Remark.WHAT, Remark.WHAT),
        ("how?", Remark.WHAT, Remark.WHAT),
        ("What do you mean?", Remark.WHAT, Remark.WHAT),
        ("¿por qué?", Remark.WHAT, Remark.WHAT),
        ("?", Remark.WHAT, Remark.WHAT),
        ("...", Remark.WHAT, Remark.WHAT),
        ("you already said that", Remark.SAID, Remark.SAID),
        ("Stop repeating yourself!", Remark.SAID, Remark.SAID),
        ("ya lo dijo", Remark.SAID, Remark.SAID),
        ("I have a question", Remark.OPEN, Remark.OPEN),
        ("tengo una pregunta", Remark.OPEN, Remark.OPEN),
        ("\U0001f62d\U0001f62d", Remark.SAD, Remark.SAD),
        ("nobody is ill", Remark.DENIED, Remark.DENIED),
        ("no, it's not an emergency, ok", Remark.DENIED, Remark.DENIED),
        ("No es una emergencia", Remark.DENIED, Remark.DENIED),
    ],
)
def test_a_reaction_is_about_the_answer_or_about_nothing(text: str, remark: Remark, without: Remark) -> None:
    assert heard(text, ANSWERED) is remark
    assert heard(text, SILENCE) is without
    asked = remark if remark in (Remark.SAD, Remark.DENIED) else Remark.YES
    assert heard(text, ASKED_BACK) is asked


@pytest.mark.parametrize("text", ["again", "simpler", "I don't understand", "otra vez", "más simple", "more"])
def test_after_a_question_back_the_list_is_wanted_again(text: str) -> None:
    assert heard(text, ASKED_BACK) is Remark.YES


@pytest.mark.parametrize("text", ["why not him", "how much", "are you sure it is legal", "what is it", "who"])
def test_what_has_a_word_of_its_own_is_a_question(text: str) -> None:
    assert heard(text, ANSWERED) is None


@pytest.mark.parametrize("text", ["why", "ok", "yes", "I have a question", "\U0001f62d", "are you sure"])
def test_in_an_emergency_nothing_is_a_mere_reaction(text: str) -> None:
    assert not isinstance(heard(text, ANSWERED, urgent=True), Remark)


@pytest.mark.parametrize("text", ["something else", "another question", "stop", "otra cosa"])
def test_something_else_is_meant(text: str) -> None:
    else_ = Payload(Action.NONE_OF_THESE, ELSEWHERE)
    assert heard(text, ANSWERED, urgent=True) == else_
    assert heard(text, ANSWERED) is (Remark.STOP if text == "stop" else Remark.OPEN)


@pytest.mark.parametrize(
    "text",
    [
        "that's not what I asked",
        "No, that's not it!",
        "nope, wrong answer",
        "ok sorry, you misunderstood me",
        "This didn't help",
        "It isn't what I asked",
        "eso no es lo que pregunté",
        "no, no me refería a eso",
    ],
)
def test_an_answer_to_something_else_is_rejected(text: str) -> None:
    judged = ANSWERED.with_rows(((Button("This didn't help", "f:fees:why"),),))
    assert heard(text, judged) is Remark.MISSED
    assert heard(text, ASKED_BACK) == Payload(Action.NONE_OF_THESE)
    assert heard(text, judged, urgent=True) == Payload(Action.NONE_OF_THESE, ELSEWHERE)
    assert heard(text, SILENCE) is None


@pytest.mark.parametrize(
    "text", ["wrong?", "¿eso está mal?", "está mal", "no me contestó", "that's not what they asked"]
)
def test_what_may_be_told_or_asked_rejects_no_answer(text: str) -> None:
    assert heard(text, ANSWERED) is None


def test_what_may_be_meant_instead_is_remembered_while_the_same_answer_is_spoken_of() -> None:
    shown = remembered(Reply("Fees.", entry_id="fees", instead=(LAW,)), SILENCE)
    assert remembered(Reply("In short: fees.", entry_id="fees"), shown).instead == (LAW,)
    assert remembered(Reply("Ice.", entry_id="ice"), shown).instead == ()


class TestTheOtherOne:
    """Two questions were asked back, and one was chosen."""

    both = remembered(Reply("Fees.", ANSWERED.buttons, entry_id="fees"), ASKED_BACK)

    @pytest.mark.parametrize(
        "text", ["the other one", "no the other one", "I meant the other one", "la otra"]
    )
    def test_it_is_the_one_that_is_left(self, text: str) -> None:
        assert heard(text, self.both) == Payload(Action.CHOOSE, "law")

    @pytest.mark.parametrize("text", ["no, the first", "I meant the first one", "sorry, 1", "no, la primera"])
    def test_its_number_is_that_in_the_list(self, text: str) -> None:
        assert heard(text, self.both) == Payload(Action.CHOOSE, "law")

    def test_a_mere_number_is_of_what_is_shown_now(self) -> None:
        assert heard("the first", self.both) == Payload(Action.SHOW, "law")

    def test_of_several_it_is_asked_which(self) -> None:
        three = Reply("", (*ASKED_BACK.buttons[:2], (Button("How long?", "c:long"),)))
        assert heard("the other one", remembered(Reply("Fees.", entry_id="fees"), three)) is Remark.OTHER

    def test_it_is_remembered_while_one_of_them_is_answered(self) -> None:
        again = remembered(Reply("Law.", entry_id="law"), self.both)
        assert heard("the other one", again) == Payload(Action.CHOOSE, "fees")
        gone = remembered(Reply("Ice.", entry_id="ice"), again)
        assert gone.asked == ()
        assert heard("the other one", gone) is Remark.OPEN


PASSAGES = ("A3", "A15", "C7.1")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("A15", ["A15"]),
        ("what does a15 say?", ["A15"]),
        ("what does (A3, C7.1) mean", ["A3", "C7.1"]),
        ("A3 and A3", ["A3"]),
        ("¿qué dice A3?", ["A3"]),
    ],
)
def test_passages_are_asked_for_by_their_ids(text: str, ids: list[str]) -> None:
    assert heard(text, ANSWERED, passages=PASSAGES) == Cited(tuple(ids))


@pytest.mark.parametrize("text", ["A99", "is A15 legal", "what does it say", "3", "a 15", "vitamin A3"])
def test_other_words_and_numbers_are_no_passages(text: str) -> None:
    assert not isinstance(heard(text, SILENCE, passages=PASSAGES), Cited)


def test_topics_are_shown_whatever_stands_there() -> None:
    for shown in (ANSWERED, SILENCE):
        assert heard("Topics", shown) == Payload(Action.TOPICS)


@pytest.mark.parametrize("text", ["stop", "I want to stop", "exit", "quit please", "quiero parar"])
def test_the_checklist_can_be_left_and_nothing_else_is(text: str) -> None:
    step = Reply("", ((Button("Yes", "k:abcd"), Button("No", "k:abce")),))
    assert heard(text, step) is Remark.LEAVE
    assert heard(text, ANSWERED) in (Remark.STOP, None)


def walk(code: str = "") -> Reply:
    """A question of the checklist with its four buttons."""
    heard_as = {
        r: "|".join(words(code)(f"checklist-heard-{r}") for code in languages())
        + f"|{words('en')(f'checklist-{r}')}"
        for r in Response
    }
    return Reply("", tuple((Button(r, f"k:{code}{n}", heard=heard_as[r]),) for n, r in enumerate(Response)))


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("yes I have it", Response.YES),
        ("they said yes I think", Response.YES),
        ("well, they claim to", Response.YES),
        ("they do, apparently", Response.YES),
        ("I asked but no reply so far", Response.WONT_SAY),
        ("creo que sí, al menos", Response.YES),
        ("Yes, I think so", Response.YES),
        ("yes please", Response.YES),
        ("no, not yet", Response.NOT_ASKED),
        ("no I haven't asked", Response.NOT_ASKED),
        ("yes, I will ask", Response.NOT_ASKED),
        ("idk sorry", Response.NOT_ASKED),
        ("I don't think so", Response.NO),
        ("no they don't", Response.NO),
        ("no, they won't say", Response.WONT_SAY),
        ("no, todavía no", Response.NOT_ASKED),
    ],
)
def test_a_response_may_be_said_in_several_ways_at_once(text: str, response: Response) -> None:
    assert heard(text, walk("ab")) == Payload(Action.CHECKLIST, f"ab{list(Response).index(response)}")


@pytest.mark.parametrize("text", ["yes and no", "please", "yes they have stolen it", "dry ice"])
def test_what_means_two_responses_or_none_is_none(text: str) -> None:
    assert heard(text, walk("ab")) is None


@pytest.mark.parametrize("text", ["checklist", "The checklist, please!", "House rules", "el cuestionario"])
def test_the_checklist_is_asked_for_by_what_it_is_and_by_its_title(text: str) -> None:
    titles = {"House rules"}
    for shown in (ANSWERED, ASKED_BACK, SILENCE):
        assert heard(text, shown, checklists=titles) == Payload(Action.CHECKLIST)
        assert heard(text, shown) is None
    assert heard(text, ANSWERED, urgent=True, checklists=titles) is None
    assert heard("what is the checklist", ANSWERED, checklists=titles) is None


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("they were evasive", "wont-say"),
        ("I asked but they laughed at me", "wont-say"),
        ("i will ask tomorrow", "not-asked"),
        ("they said it is not needed", "no"),
        ("I don't remember", "not-asked"),
        ("skip", "not-asked"),
        ("yes they showed me", "yes"),
        ("fueron evasivos", "wont-say"),
    ],
)
def test_what_people_tell_of_their_clinic_is_a_response(text: str, response: str) -> None:
    buttons = [
        Button(r, f"k:{r}", heard="|".join(words(code)(f"checklist-heard-{r}") for code in languages()))
        for r in Response
    ]
    meant = chosen(text, buttons)
    assert meant is not None
    assert meant.text == response


@pytest.mark.parametrize("text", ["more", "simpler", "again", "no entiendo"])
def test_in_an_emergency_a_wish_brings_the_whole_answer_again(text: str) -> None:
    assert heard(text, ANSWERED, urgent=True) == Payload(Action.SHOW, "fees")
    assert heard("no", ANSWERED, urgent=True) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in spanish please", "es"),
        ("otra vez en español", "es"),
        ("español", "es"),
        ("now in english", "en"),
        ("in English", "en"),
        ("en inglés por favor", "en"),
    ],
)
def test_a_language_is_asked_for_in_any_language(text: str, language: str) -> None:
    for shown in (ANSWERED, ASKED_BACK, SILENCE):
        assert heard(text, shown) == Payload(Action.LANGUAGE, language)


@pytest.mark.parametrize("text", ["is it in english", "english law", "spanish clinics", "in spain"])
def test_a_language_that_is_only_spoken_of_is_not_asked_for(text: str) -> None:
    assert heard(text, ANSWERED) is None


@pytest.mark.parametrize("waiting", ["k:ab", "q:ABCD:send"])
def test_what_waits_for_a_response_gets_no_remark(waiting: str) -> None:
    for text in ("ok", "more", "no", "in spanish"):
        assert heard(text, Reply("", ((Button("Send it", waiting.lower()),),))) is None


@given(st.text(max_size=MAX_LENGTH + 5))
def test_any_text_is_heard(text: str) -> None:
    for shown in (ANSWERED, ASKED_BACK, SILENCE):
        assert isinstance(heard(text, shown), Payload | Remark | None)


@given(st.text())
def test_any_text_chooses_what_was_offered_or_nothing(text: str) -> None:
    assert chosen(text, OFFERED) in (*OFFERED, None)


@given(st.text(max_size=MAX_LENGTH), st.text(max_size=MAX_LENGTH))
def test_a_buttons_own_words_choose_it(first: str, second: str) -> None:
    buttons = (Button(first, "e:a"), Button(second, "e:b"))
    if plainly(first) and plainly(first) != plainly(second):
        assert chosen(first, buttons) == buttons[0]


@pytest.mark.parametrize("language", languages())
def test_what_can_be_typed_in_a_checklist_means_one_response_each(language: str) -> None:
    say = words(language)
    meant: dict[str, Response] = {}
    for response in Response:
        for name in (say(f"checklist-{response}"), *say(f"checklist-heard-{response}").split("|")):
            assert plainly(name)
            assert meant.setdefault(plainly(name), response) is response, name
    back = {plainly(name) for name in say("checklist-heard-back").split("|")}
    assert not back & meant.keys()


@pytest.mark.parametrize("language", languages())
def test_the_words_named_in_a_checklists_question_are_understood(language: str) -> None:
    say = words(language)
    told = say("checklist-progress", number=1, total=2)
    named = [part.partition("”")[0] for part in told.split("“")[1:]]
    buttons = [
        Button(say(f"checklist-{response}"), f"k:{response.value}", heard=say(f"checklist-heard-{response}"))
        for response in Response
    ]
    assert [chosen(name, buttons) for name in named] == buttons


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("why not", Remark.WHAT),
        ("but why?", Remark.WHAT),
        ("por qué no", Remark.WHAT),
        ("¿Pero por qué?", Remark.WHAT),
        ("cómo lo sabes", Remark.SURE),
        ("estás segura", Remark.SURE),
        ("ya me lo dijiste", Remark.SAID),
        ("the other one", Remark.OPEN),
        ("otra", Remark.OPEN),
        ("la otra", Remark.OPEN),
    ],
)
def test_remarks_on_an_answer_in_both_languages(text: str, remark: Remark) -> None:
    assert heard(text, ANSWERED) is remark


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("wait, one more question", Remark.OPEN),
        ("hey hold on, one more thing", Remark.OPEN),
        ("oh, can i ask you something", Remark.OPEN),
        ("that's long, in one sentence?", Remark.SIMPLER),
        ("explain it like I'm five please", Remark.SIMPLER),
        ("can you make that shorter", Remark.SIMPLER),
        ("más corto por favor", Remark.SIMPLER),
        ("explícame con peras y manzanas", Remark.SIMPLER),
        ("¿me repite lo último?", Payload(Action.SHOW, "fees")),
        ("that's not what I asked. do YOU believe him", Remark.BELIEVE),
        ("¿y usted le cree?", Remark.BELIEVE),
        ("please forget me", Remark.FORGET),
        ("can you delete everything about me please", Remark.FORGET),
        ("borre todo lo que le dije", Remark.FORGET),
        ("can you ask them for me?", Remark.ERRAND),
        ("¿puede usted preguntarles por mí?", Remark.ERRAND),
        ("ok stop it please", Remark.STOP),
        ("ya basta", Remark.STOP),
        ("source?", Payload(Action.SOURCES, "fees")),
        ("hm, source please", Payload(Action.SOURCES, "fees")),
        ("no, the source for what you just told me about my cells", Payload(Action.SOURCES, "fees")),
    ],
)
def test_a_remark_may_have_other_words_around_it(text: str, meant: Payload | Remark) -> None:
    sourced = Reply("", (), entry_id="fees")  # what the source says was shown, so there is no button for it
    assert heard(text, sourced) == meant


@pytest.mark.parametrize(
    "text",
    [
        "stop the bleeding",
        "should i stop the treatment",
        "basta, no quiero vivir",
        "I want to end it",
        "I want to stop",
        "I don't want to go on",
        "no quiero seguir",
        "he wants me to forget everything",
        "forget me nots",
        "can they delete my records",
        "do you believe the clinic can arrest me",
        "can you ask the clinic for my cells back",
        "source of the stem cells",
        "explain what the cdc is",
        "is it shorter by car",
        "no explique",
    ],
)
def test_a_remarks_words_with_others_are_no_remark(text: str) -> None:
    assert heard(text, ANSWERED) is None
    assert heard(text, SILENCE) is None


@pytest.mark.parametrize("text", ["forget me", "can you ask them for me", "do you believe him", "stop"])
def test_in_an_emergency_such_a_remark_is_looked_up_or_shows_the_way_out(text: str) -> None:
    assert not isinstance(heard(text, ANSWERED, urgent=True), Remark)
