"""Which words of a text are somebody's name, as far as capitals, neighbours and a list of common names tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass
from typing import Final

NAMES: Final = frozenset(
    # English-speaking countries. Names that are words as well (Grace, Mark, Will) are left out: they show by their capital.
    """
    aaron abigail adam adrian agnes alan albert alex alexander alexandra alexis alfred alice alicia alison allen allison
    alyssa amanda amelia amy andrea andrew andy angela anita ann anna anne annette annie anthony arlene arnold arthur ashley
    audrey barb barbara barry beatrice becky ben benjamin bernard bernice bertha beth betty beverly bob bobby bonnie brad
    bradley brandon brenda brett brian brittany bruce bryan caitlin caleb cameron carl carla carol caroline carolyn carrie
    catherine cathy cecilia charles charlie charlotte chelsea cheryl chloe chris christian christina christine christopher
    cindy claire clara clarence claudia clifford colleen connie connor constance courtney craig crystal curtis cynthia dan
    dana daniel danielle darlene darrell dave david deborah debra denise dennis derek diana diane dolores donald donna doris
    dorothy doug douglas dustin dylan earl ed eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elizabeth
    ella ellen elsie emily emma eric erica erik erin ernest esther ethan ethel eugene eva evan evelyn fiona florence frances
    francis fred frederick gabriel gabriela gail gary geoffrey george georgia gerald geraldine gilbert gina gladys glen
    glenn gloria gordon greg gregory gwen hannah harold harriet harry harvey hazel heather heidi helen henry herbert
    holly howard hugh ian ida irene isabel isabella ivan jackie jackson jacob jacqueline jake james jamie jane janet janice
    jared jasmine jason jean jeff jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna
    joanne jodi joe joel john johnny jon jonathan jordan joseph josephine joshua joyce juanita judith judy julia julian
    julie justin karen karl kate katherine kathleen kathryn kathy katie kayla keith kelly ken kenneth kevin kim kimberly
    kristen kristin kristina kurt kyle larry laura lauren laurie lawrence leah lee leo leon leonard leroy leslie lester
    lewis lillian linda lindsay lisa liz logan lois loretta lori lorraine louis louise lucas lucille lucy luke lydia lynn
    madison marcia marcus marcy margaret maria marian marie marilyn marjorie marlene marsha martha martin marvin mary
    matt matthew maureen maurice max megan melanie melissa melvin michael michele michelle mike mildred milton mindy
    mitchell molly monica morgan nancy naomi natalie nathan neil nicholas nick nicole nina noah noel nora norma norman
    olivia oscar pamela patricia patrick paula pauline peggy penny peter phil philip phillip phyllis rachel ralph randy
    raymond rebecca regina renee ricardo richard rick ricky rita robert roberta robin rodney roger ron ronald ronnie
    rosemary ross roy ruby russell ruth ryan sally sam samantha samuel sandra sandy sara sarah scott sean seth shane shannon
    sharon shawn sheila shelly sherry shirley sidney simon sophia sophie stacey stacy stanley stella stephanie stephen steve
    steven stuart susan suzanne sylvia tamara tammy tanya tara ted teresa terri terry thelma theodore theresa thomas tiffany
    tim timothy tina todd tom tommy toni tony tracey tracy travis troy tyler valerie vanessa vera vernon veronica vicki
    vickie victoria vincent viola virginia vivian walter wanda warren wayne wendy willie wilma yolanda yvonne zachary
    """.split()
    # Elsewhere.
    + """
    abdul abdullah aditya ahmad ahmed aisha alejandra alejandro ali amit ana anastasia ananya andreas andrei angelina anil
    anja anjali antonio anwar arjun astrid ayesha beatriz berta birgit bogdan camila carlos carmen catalina chandra chen
    claudio cristina deepak diego dieter dmitri dmitry eduardo ekaterina elena emre enrique esteban fatima fatma felipe
    fernando francesca francesco francisco friedrich gabriella giovanni giulia giuseppe gonzalo guadalupe guillermo
    gustavo guzman hans hassan hector helga hiroshi hussein ibrahim ingrid irina isabela jaime javier jesus jorge jose juan
    juana julio jurgen karim katarzyna kavita kenji khadija khalid klaus krishna lakshmi lars leila ling lucia luis luisa
    magda malik manuel marek mariana mario marisol marta mateo matteo mehmet mei mercedes miguel mohamed mohammad mohammed
    monika mustafa natalia natasha neha nikhil noor olga omar pablo padma pedro pierre piotr pooja priya rafael rahul raj
    rajesh ramesh ramon raul ravi reza roberto rodrigo rohan rosa sanjay santiago sergei sergio shreya sofia sonia sunil
    sunita suresh svetlana tatiana usha valentina vijay vladimir wei wolfgang xavier ximena yan yasmin yuki yusuf zainab
    """.split()
    # Family names.
    + """
    aguilar alvarez anderson bailey banerjee bennett brooks brown bryant campbell carter castillo castro chavez choi chopra
    clark clarke cohen collins cooper cruz davies davis delgado diaz dominguez edwards estrada evans fernandez fischer
    fitzgerald flores foster garcia garza gomez gonzales gonzalez gupta gutierrez hamilton harris harrison hernandez herrera
    hoffman hughes ivanov iyer jenkins jensen jimenez johansson johnson johnston jones kapoor kaur kennedy khan kowalski
    kumar lopez macdonald marquez martinez mccarthy mcdonald medina mehta mendez mendoza meyer miranda mohan molina moore
    morales moreno morris mueller munoz murphy murray myers nakamura navarro nelson nguyen novak nunez obrien oconnor olsen
    ortega ortiz patel perez petersen peterson petrov pham phillips popov powell ramirez ramos rao reddy reyes reynolds rivera
    roberts robertson robinson rodriguez rogers rojas romero rossi ruiz salazar sanchez sanders sandoval santos schmidt
    schneider schulz schwartz sharma simmons singh smith soto stewart suarez sullivan suzuki takahashi tanaka taylor
    thompson torres tran vargas vasquez vazquez velasquez wagner watanabe watson weber williams williamson wilson yamamoto
    zhang zhou zimmerman
    """.split()
)
"""Common given and family names that aren't ordinary words, in lower case."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # noqa: RUF001 - the apostrophe that phones write
_TITLES: Final = frozenset("dr mr mrs ms miss prof doctor doctora nurse señor señora sr sra don doña".split())
_CUES: Final = re.compile(
    r"(?:\bname\s?(?:is|was|'s|’s)|\bnames|\bcall\sme|\bcalled|\bnamed|\bme\sllamo|\bse\sllama|\bnombre\ses|\bsigned|\bregards,?|\bsincerely,?)\s$",  # noqa: RUF001
    re.IGNORECASE,
)
_LONGEST_CUE: Final = 20
_SENTENCE_END: Final = re.compile(r"""[.!?…:;"“(\[•*-]\s?$""")
_NEVER: Final = frozenset(
    # Capitalised wherever they stand, and nobody's name: days, months, peoples, and places as large as a country or state.
    """
    i i'm i'd i'll i've ok usa us uk eu fda cdc january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving god internet english
    spanish american americans mexican mexicans canadian german french italian chinese japanese korean indian british
    european african asian latin hispanic jewish christian catholic muslim america europe asia africa australia canada
    mexico china japan korea india germany france italy spain england britain ireland scotland poland ukraine russia
    israel turkey greece portugal austria switzerland sweden norway denmark finland netherlands belgium brazil argentina
    chile peru colombia venezuela ecuador bolivia uruguay paraguay guatemala honduras salvador nicaragua panama costa rica
    cuba dominican jamaica haiti puerto rico bahamas cayman belize kenya egypt nigeria ghana ethiopia morocco philippines
    thailand vietnam indonesia malaysia singapore taiwan hong kong pakistan bangladesh nepal iran iraq emirates dubai saudi
    arabia alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada hampshire jersey york dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia
    washington wisconsin wyoming español española américa méxico españa estados unidos enero febrero marzo abril mayo
    junio julio agosto septiembre octubre noviembre diciembre
    """.split()
)


ORDINARY_UP_TO: Final = 3
"""Letters of words that count as ordinary without being looked up."""
ABBREVIATION_UP_TO: Final = 5
"""Letters of words in capitals that are taken for abbreviations, such as ALS."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words; all in lower case, but for the writer's names.

    Attributes:
        own_names: The writer's own, as Telegram tells them.
        known: Words that the subject itself uses, such as its places and agencies: nobody's name.
        ordinary: Words of the language, of four letters or more.
    """

    own_names: Collection[str]
    known: Container[str]
    ordinary: Container[str]

    def is_ordinary(self, lower: str) -> bool:
        """Whether a word means something by itself."""
        return len(lower) <= ORDINARY_UP_TO or lower in self.ordinary

    def is_own(self, word: str, lower: str) -> bool:
        """Whether a word is the writer's name; one that is an ordinary word too must be written as the name is."""
        return any(
            lower == part.lower() and (word.startswith(part) or not self.is_ordinary(lower))
            for name in self.own_names
            for part in _WORD.findall(name)
            if len(part) > 1
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands."""

    starts: bool
    """At the beginning of a sentence, where every word has a capital."""
    cued: bool
    """Behind "my name is", "Dr." and the like."""
    follows: bool
    """Right behind a name."""
    shouting: bool
    """In a text of capitals, which then tell nothing."""


def hide_names(text: str, marks: re.Pattern[str], mark: str, words: Words) -> str:
    """Put a mark in the place of each name; one for names that stand side by side.

    Args:
        text: A text.
        marks: What looks like this is a mark already.
        mark: The mark of a name.
        words: What is known of words.
    """
    taken = [found.span() for found in marks.finditer(text)]
    found_words = [
        word for word in _WORD.finditer(text) if not any(start <= word.start() < end for start, end in taken)
    ]
    long = [word[0] for word in found_words if len(word[0]) > 1]
    shouting = sum(word.isupper() for word in long) * 2 > len(long)
    out: list[str] = []
    at, last, last_is_name = 0, None, False
    for word in found_words:
        before = text[: word.start()]
        gap = text[last.end() : word.start()] if last else before
        place = _Place(
            starts=not before or bool(_SENTENCE_END.search(before[-3:])),
            cued=bool(_CUES.search(before[-_LONGEST_CUE:]))
            or (last is not None and last[0].lower() in _TITLES and gap in (" ", ".", ". ")),
            follows=last_is_name and gap == " ",
            shouting=shouting,
        )
        is_name = _is_name(word[0], place, words)
        if is_name:
            if not (last_is_name and gap.strip(" .-") == ""):
                out.append(text[at : word.start()] + mark)
            at = word.end()
        last, last_is_name = word, is_name
    return "".join([*out, text[at:]])


def _is_name(word: str, place: _Place, words: Words) -> bool:
    lower = re.sub(r"['\u2019]s?$", "", word.lower())
    if words.is_own(word, lower):
        return True
    if lower in _NEVER or lower in words.known or len(lower) < 2:
        return False
    if lower in NAMES:
        return True
    has_capital = word[0].isupper() and not place.shouting
    if place.cued:
        return has_capital or not words.is_ordinary(lower)
    if not has_capital or (word.isupper() and len(word) <= ABBREVIATION_UP_TO):
        return False
    return place.follows or not place.starts or not words.is_ordinary(lower)
