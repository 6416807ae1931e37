"""What is left of a message without what only leads up to what it says ("hello", "I have a question", "just tell me, yes or no"). Pure.

People greet and thank in any language known here, so that all of them are looked for. What isn't listed stays: thanks for
something ("thanks to the clinic") are part of what is told.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.clauses import clauses

_MOST: Final = 5
"""How many courtesies in a row a sentence may begin or end with."""
_LONGEST: Final = 120
"""Characters at a sentence's end in which its last courtesy is looked for."""
_PAUSE: Final = r"(?=\s*(?:[^\w\s]|$))"
_WHOM: Final = r"(?:there|all|everyone|everybody|guys|folks|friends?|sir|madam|ma'?am|(?:dr|doc|doctora?)\b\.?|a\ todos|amigos?|again)"
_HELP: Final = r"""(?:all|any|every(?:thing|body|one)|your|the|that|this|it|me|us|taking|reading|listening|answering|replying|helping|kind|quick|great
    |time|help|assistance|answers?|reply|replies|response|patience|attention|advice|understanding|information|info|service|work)"""
_HELP_ES: Final = r"(?:su|sus|tu|tus|la|el|toda|todo|tan|ayuda(?:rme)?|atenci[o\u00f3]n|tiempo|respuestas?|paciencia|informaci[o\u00f3]n|leer(?:me)?|responder(?:me)?)"
_ASIDE: Final = rf"""
    (?:hi+|hello+|hey+|hiya|greetings|good\ (?:morning|afternoon|evening|day)|hola+|buen(?:as|os)?(?:\ (?:d[i\u00ed]as?|tardes|noches))?)
        (?:\ {_WHOM})*
    | (?:(?:many|much|no\ end\ of)\ )?(?:thanks+|thank\ (?:you|u)|thn?x|ty)(?:\ (?:so|very|a)\ (?:much|lot|million|ton|bunch)|\ (?:again|anyway|all|guys|everyone|everybody|(?:dr|doc|doctor|sir|madam|ma'?am)\b\.?))*
        (?:(?:\ in\ advance|\ for(?:\ {_HELP})+){_PAUSE})?(?!\s+(?:to|for|in|god|goodness|heavens)\b)
    | (?:(?:muchas|much[i\u00ed]simas|mil)\ )?gracias(?:\ (?:de\ antemano|por\ adelantado|de\ nuevo|doctora?)|\ por(?:\ {_HELP_ES})+{_PAUSE})*(?!\s+(?:a|al|por)\b)
    | (?:much\ appreciated|(?:any|all|your)\ (?:help|advice|info(?:rmation)?|answers?)\ (?:is|would\ be|will\ be)\ (?:much\ |greatly\ |very\ )?appreciated
        |i\ (?:really\ |would\ |do\ )?appreciate\ (?:it|(?:your|any|the|all)\ (?:help|time|answers?|advice))){_PAUSE}
    | (?:(?:may\ )?god\ bless(?:\ (?:you|u))?(?:\ all)?|bless\ you|(?:que\ )?dios\ (?:te|le|les|los|lo|la)\ bendiga|bendiciones){_PAUSE}
    | (?:(?:kind|best|warm)\ )?(?:regards|wishes){_PAUSE} | saludos(?:\ cordiales)?{_PAUSE} | cheers{_PAUSE}
    | (?:have\ a|que\ (?:tenga|tengan|tengas)\ (?:un\ )?)\ ?(?:nice|good|great|lovely|buen|lindo|excelente|feliz)\ (?:day|evening|week|weekend|one|d[i\u00ed]a|tarde|semana){_PAUSE}
    | (?:i\ )?hope\ (?:you\ are|you'?re|all\ is|this\ finds\ you)\ (?:doing\ )?(?:well|fine|good|ok|okay){_PAUSE} | espero\ que\ est[e\u00e9]n?s?\ bien{_PAUSE}
    | (?:i\ am\ |i'?m\ |so\ |very\ )*sorry\ (?:to\ (?:bother|disturb|trouble)\ you(?:\ again)?|for\ (?:my|the)\ (?:bad\ |poor\ |broken\ )?(?:english|spelling|typos|trouble)){_PAUSE}
    | excuse\ me{_PAUSE} | (?:disculp[ae]n?|perd[o\u00f3]n[ae]?n?)(?:\ (?:la\ molestia|(?:que\ )?(?:le|lo|la|te|los)\ molest[eo]|por\ molestar(?:los|le|te)?|mi\ espa[n\u00f1]ol))?{_PAUSE}
    | (?:please|pls+|plz+)(?!\ help)|por\ favor|porfa(?:vor)?|ok(?:ay)?|vale
"""
_STRAIGHT: Final = r"""
    (?:(?:just|simply|simple|give\ me|a)\ )*(?:yes\ or\ no|yes/no|y/n|(?:straight|honest|short)\ answer)(?:\ (?:please|question|answer))*
    | (?:to\ )?be\ (?:honest|straight|frank|blunt)(?:\ with\ me)? | honestly | seriously | for\ the\ last\ time | come\ on
    | (?:(?:solo|s[o\u00f3]lo|d[i\u00ed]game|dime)\ )*s[i\u00ed]\ o\ no | sin\ rodeos | sinceramente
"""
_LEADS_IN: Final = rf"""
    {_STRAIGHT} |
    (?:(?:i\ have|i'?ve\ got|i\ got|i\ had|just|here\ is)\ )*(?:a\ |one\ |my\ )?(?:(?:quick|small|short|simple|silly|stupid|dumb|little)\ )?question(?:\ (?:for|to)\ you)?{_PAUSE}
    | (?:(?:tengo|solo|s[o\u00f3]lo)\ )*una\ (?:pregunta|duda|consulta){_PAUSE}
    | (?:can|could|may)\ i\ (?:just\ )?ask(?:\ you)?(?:\ (?:a\ question|something))?{_PAUSE} | (?:i\ (?:was|am)\ |i'?m\ )?(?:just\ )?wondering(?:\ (?:if|whether)\b|{_PAUSE})
    | (?:(?:please|just|can\ you|could\ you)\ )*tell\ me(?:\ (?:please|one\ thing|if|whether)\b)* | (?:solo\ |s[o\u00f3]lo\ )?(?:quiero|quisiera|quer[i\u00ed]a|necesito)\ saber(?:\ si\b)?
    | (?:i\ )?(?:just|only|really)\ (?:want|wanna|need)(?:ed)?\ (?:to\ )?know(?:\ (?:if|whether)\b)? | (?:do\ you|does\ any(?:one|body)|any(?:one|body))\ know\ (?:if|whether)
"""
_FIRST: Final = re.compile(
    rf"[^\w?\u00bf]*(?:{_ASIDE}|{_LEADS_IN})(?![\w'\u2019\-])[^\w?\u00bf]*", re.VERBOSE | re.IGNORECASE
)
_NAMED: Final = r"(?:[,\n]\s*[A-Z][\w.]{1,20}(?:\ [A-Z][\w.]{0,20})?)?"
_LAST: Final = re.compile(rf"(?<![\w'\u2019\-])(?i:{_ASIDE}|{_STRAIGHT}){_NAMED}[^\w?\u00bf]*$", re.VERBOSE)


def without_courtesies(text: str) -> str:
    """What a message says besides courtesies, as typed; empty where it has none, or nothing else.

    A farewell stays: not everybody means it as a courtesy.
    """
    sentences = clauses(text)
    said = [rest for rest in map(_bare, sentences) if re.search(r"\w", rest)]
    return " ".join(said) if said != sentences else ""


def _bare(sentence: str) -> str:
    """A sentence without the courtesies that it begins and ends with."""
    # The end first: a name behind "thanks" belongs to it.
    for _ in range(_MOST):
        if not (found := _LAST.search(sentence, max(0, len(sentence) - _LONGEST))):
            break
        sentence = sentence[: found.start()].rstrip(" ,;:-\u2013\u2014")
    for _ in range(_MOST):
        if not (found := _FIRST.match(sentence)):
            break
        sentence = sentence[found.end() :]
    return sentence
