"""What is left of a message without what only leads up to what it says ("hello", "I have a question", "just tell me, yes or no"). Pure.

People greet and thank in any language known here, so that all of them are looked for. What isn't listed stays: thanks for
something ("thanks to the clinic") are part of what is told.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.clauses import clauses

_MOST: Final = 8
"""How many courtesies in a row a sentence may begin or end with."""
_LONGEST: Final = 120
"""Characters at a sentence's end in which its last courtesy is looked for."""
_PAUSE: Final = r"(?=\s*(?:[^\w\s]|$))"
_WHOM: Final = r"(?:there|all|everyone|everybody|guys|folks|friends?|sir|madam|ma'?am|(?:dr|doc|doctora?)\b\.?|a\ todos|amigos?|again)"
_ON: Final = r"""(?=\s*(?:[^\w\s]|$)|\s+(?:and|but|so|then|now|thanks?|thank|ty|well|got|fine|great|cool|perfect|oh|wow|yes|no|ok|okay|guess|i|i'?m|i'?ll|i'?d|i'?ve|we|we'?re|my|he|she|it'?s
    |y|e|pero|entonces|pues|gracias|muchas|mil|bueno|vale|listo|claro|mejor|igual|ya|yo|me|mi|mis|nos|las|los|let|s[i\u00ed]|no|voy)\b)"""
"""What a nod may stand before: a pause, or where something else begins."""
_NOD: Final = r"""
    (?:(?:all|al)\ ?right|right|sure|fine|great|cool(?:\ cool)?|perfect|good|nice|there\ (?:we|you)\ go|got\ it|gotcha|understood|i\ (?:see|understand|get\ it)|(?:(?:it|that)\ )?makes\ (?:(?:total|perfect|more)\ )?sense|fair\ (?:enough|point)|noted
    |well|wow|hm+|mhm|ug+h+|phew|ah+|oh+|aha+|lol|ha(?:ha)+|omg|(?:oh\ )?my\ (?:god|goodness|gosh)|gosh|look|listen|dear|darling|honey|sweetie
    |(?:ya\ )?(?:entiendo|entend[i\u00ed](?:do)?)|ya\ veo|ya(?=\s*[,.;!]|\s*$)|listo|bueno|dale|sale|[o\u00f3]rale|claro|perfecto|genial|de\ acuerdo|est[a\u00e1]\ bien|muy\ bien|okey|oki|va
    |aj[a\u00e1]+|uf+|uy|ay(?:\ dios(?:\ m[i\u00ed]o)?)?|ja(?:ja)+|pues|h[i\u00ed]jole|no\ manches|mira|oye|oiga)
"""
"""What people say to an answer, or sigh, before they go on."""
_HELP: Final = r"""(?:all|any|every(?:thing|body|one)|nothing|your|the|that|this|it|me|us|taking|reading|listening|answering|replying|helping|kind|quick|great
    |time|help|assistance|answers?|reply|replies|response|patience|attention|advice|understanding|information|info|service|work)"""
_HELP_ES: Final = r"(?:su|sus|tu|tus|la|el|toda|todo|nada|tan|ayuda(?:rme)?|atenci[o\u00f3]n|tiempo|respuestas?|paciencia|informaci[o\u00f3]n|leer(?:me)?|responder(?:me)?)"
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
    {_STRAIGHT}
    | (?:now\ )?let\ me\ ask(?:\ you)?(?:\ (?:this|something|(?:another|one(?:\ more)?|a\ different)\ (?:thing|question)))?(?:\ else)?
    | (?:d[e\u00e9]j[ea]me|quer[i\u00ed]a|quiero|quisiera)\ preguntar(?:le|te)?\ (?:algo|otra\ cosa|una\ cosa)(?:\ m[a\u00e1]s)?{_PAUSE} |
    (?:(?:i\ have|i'?ve\ got|i\ got|i\ had|just|here\ is)\ )*(?:a\ |one\ |my\ )?(?:(?:quick|small|short|simple|silly|stupid|dumb|little)\ )?question(?:\ (?:for|to)\ you)?{_PAUSE}
    | (?:(?:tengo|solo|s[o\u00f3]lo)\ )*una\ (?:pregunta|duda|consulta){_PAUSE}
    | (?:can|could|may)\ i\ (?:just\ )?ask(?:\ you)?(?:\ (?:a\ question|something))?{_PAUSE} | (?:i\ (?:was|am)\ |i'?m\ )?(?:just\ )?wondering(?:\ (?:if|whether)\b|{_PAUSE})
    | (?:(?:please|just|now|can\ you|could\ you)\ )*tell\ me(?:\ (?:please|one\ thing|if|whether)\b)* | (?:solo\ |s[o\u00f3]lo\ )?(?:quiero|quisiera|quer[i\u00ed]a|necesito)\ saber(?:\ si\b)?
    | (?:i\ )?(?:just|only|really)\ (?:want|wanna|need)(?:ed)?\ (?:to\ )?know(?:\ (?:if|whether)\b)? | (?:do\ you|does\ any(?:one|body)|any(?:one|body))\ know\ (?:if|whether)
"""
_NODS: Final = rf"""
    {_NOD}{_ON}(?:[\s,.!]+(?:and|but|so|then|y|pero|entonces|pues)\b)*
    | (?:(?:ok(?:ay)?|vale)[\s,.!]+)(?:and|but|so|then|y|pero|entonces|pues)\b
"""
_FIRST, _FIRST_OR_NOD = (
    re.compile(rf"[^\w?\u00bf]*(?:{said})(?![\w'\u2019\-])[^\w?\u00bf]*", re.VERBOSE | re.IGNORECASE)
    for said in (f"{_ASIDE}|{_LEADS_IN}", f"{_NODS}|{_ASIDE}|{_LEADS_IN}")
)
_NAMED: Final = r"(?:[,\n]\s*[A-Z][\w.]{1,20}(?:\ [A-Z][\w.]{0,20})?)?"
_LAST: Final = re.compile(rf"(?<![\w'\u2019\-])(?i:{_ASIDE}|{_STRAIGHT}){_NAMED}[^\w?\u00bf]*$", re.VERBOSE)


def without_courtesies(text: str, *, nods: bool = False) -> str:
    """What a message says besides courtesies, as typed; empty where it has none, or nothing else.

    A farewell stays: not everybody means it as a courtesy.

    Args:
        text: The message.
        nods: Whether "all right" and "oh dear" are courtesies as well.
    """
    sentences, said = clauses(text), _said(text, _FIRST_OR_NOD if nods else _FIRST)
    return " ".join(said) if said != sentences else ""


def is_only_courtesies(text: str) -> bool:
    """Whether a message has no word besides courtesies and nods."""
    return bool(clauses(text)) and not _said(text, _FIRST_OR_NOD)


def _said(text: str, first: re.Pattern[str]) -> list[str]:
    """What is left of each sentence that says something besides courtesies."""
    bare = (_bare(sentence, first) for sentence in clauses(text))
    return [rest for rest in bare if re.search(r"\w", rest)]


def _bare(sentence: str, first: re.Pattern[str]) -> str:
    """A sentence without the courtesies that it begins and ends with."""
    # The end first: a name behind "thanks" belongs to it.
    for _ in range(_MOST):
        if not (found := _LAST.search(sentence, max(0, len(sentence) - _LONGEST))):
            break
        sentence = sentence[: found.start()].rstrip(" ,;:-\u2013\u2014")
    for _ in range(_MOST):
        if not (found := first.match(sentence)):
            break
        sentence = sentence[found.end() :]
    return sentence
