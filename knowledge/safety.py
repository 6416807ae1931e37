"""Whether a message says that nobody is in danger, or not any more. Pure.

People of any language known here may be in a conversation, so that all of them are looked for. A word too many here
takes an emergency's number away from who needs it: what isn't listed doesn't count.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.normalizer import clean

LEADING: Final = r"(?:(?:no+|nope|nah|wrong|not\ that|eso\ no|sorry|but|oh|ok|okay|yes|yeah|wait|actually|well|please|nothing|i\ said|perdon|pero|oiga|si|nada)\b[\s,.!]*)*"
"""What may stand before such words, in a verbose pattern as all here."""
_NOW: Final = r"(?:\ (?:now|again|already|any\ ?more|any\ longer|ya|ahora|mas))*"
"""Since when, behind such words."""
_DENIES: Final = r"""
    (?:none\ of\ (?:this|that|it)\ is | (?:it|this|that)(?:'?s|\ is|\ was)\ (?:not|no) | (?:it|this)\ isn'?t
        | there(?:'?s|\ is)\ no | not | no)\ (?:longer\ )?(?:an?\ |any\ )?(?:emergency|danger)
    | (?:there(?:'?s|\ is)\ )?(?:nobody|no\ one|noone)(?:'?s|(?:\ here)?\ is)?\ (?:ill|sick|hurt|injured|dying|in\ (?:any\ )?danger|threatening\ (?:me|us|anyone|anybody))
    | (?:(?:i(?:'?m|\ am)|(?:he|she|(?:my|our)\ \w+)(?:'?s|\ is)|(?:we|they)(?:'?re|\ are))\ (?:not|no\ longer)|(?:he|she)\ isn'?t|(?:we|they)\ aren'?t)
        \ (?:ill|sick|hurt|injured|dying|suicidal|in\ (?:any\ )?danger)
    | (?:i|we|he|she)\ (?:do\ not|don'?t|does\ not|doesn'?t)\ have\ (?:an?\ |any\ )?
        (?:chest\ pains?|pains?|symptoms|fever|bleeding|trouble\ breathing|knife|gun|weapons?)
    | (?:ya\ )?no\ (?:tengo|tiene)\ (?:ningun[a]?\ |un\ |una\ )?(?:dolor(?:\ de\ pecho|\ en\ el\ pecho)?|sintomas?|fiebre|sangrado|armas?|cuchillo|pistola)
    | (?:esto\ )?(?:ya\ )?no\ es\ (?:una\ emergencia|nada\ grave) | (?:ya\ )?no\ hay\ (?:ningun[a]?\ )?(?:emergencia|peligro)
    | (?:ya\ )?(?:no\ hay\ |aqui\ )?nadie\ (?:(?:esta\ )?(?:enfermo|herido|mal|en\ peligro)|corre\ (?:ningun\ )?peligro|me\ amenaza)
    | (?:ya\ )?no\ (?:estoy|esta|estamos|estan)\ (?:enferm[oa]s?|herid[oa]s?|mal|en\ peligro) | no\ me\ estoy\ muriendo | no\ soy\ suicida
"""
DENIES: Final = rf"(?:{_DENIES}){_NOW}\b"
"""That somebody is in no danger: more may follow at once."""
_SAFE: Final = r"""
    (?:i(?:'?m|\ am)|(?:we|everyone|everybody)(?:'?re|'?s|\ are|\ is)?)\ (?:all\ )?(?:safe|fine|ok|okay)
    | (?:(?:it|that)(?:'?s|\ is|\ was)\ an?\ )?false\ alarm
    | (?:(?:yo|todos|nosotros)\ )?(?:estoy|estamos)\ bien | (?:fue\ (?:una\ )?|era\ (?:una\ )?)?falsa\ alarma
"""
"""The same, as what is said whether or not anybody has spoken of a danger."""
_WHO: Final = r"(?:(?:i|he|she|it|we|they|all|everything|everyone|everybody|(?:my|our)\ \w+)(?:\ (?:am|is|are)|'?(?:m|s|re)))"
_ILLS: Final = r"""(?:pains?|bleeding|danger|fever|temperature|shaking|shivers?|shivering|chills|seizures?|swelling|rash|dizziness|headache|nausea
    |vomiting|cramps?|cough|panic(?:\ attack)?|attack|emergency|symptoms)"""
_ILLS_ES: Final = r"""(?:fiebre|temperatura|dolor(?:es)?|sangrado|hemorragia|temblor(?:es)?|escalofrios|convulsion(?:es)?|hinchazon|mareos?|nauseas
    |vomitos?|ataque|emergencia|peligro|sintomas|tos|calambres?|susto)"""
_CALM: Final = rf"""
    {_SAFE} | {_WHO}\ (?:all\ |much\ |feeling\ |doing\ )?(?:fine|safe|better|well|ok|okay|okey|good|alright|all\ right)
    | (?:(?:i|he|she|we|they)\ feels?|feeling)\ (?:much\ )?(?:fine|better|ok|okay|well|good)
    | {_WHO}\ (?:out|home|away|free)\ now | all\ (?:is\ )?(?:good|fine|well|ok)
    | {_WHO}\ (?:not|no\ longer)\ (?:bleeding|choking|hurting|in\ pain|in\ danger|dizzy|ill|sick)
    | it(?:'?s|\ is|\ has)?\ (?:all\ )?(?:passed|gone) | it\ went\ away
    | (?:(?:the|my|his|her|their)\ )?{_ILLS}(?:'?s|\ (?:has|have|is|are))?\ (?:all\ )?(?:stopped|passed|gone|over|went\ away|(?:gone|went|come|came|is|are)?\ ?down)
    | (?:he|she|i|it|we|they|(?:my|our)\ \w+)\ (?:has\ |have\ )?(?:just\ )?(?:woke(?:n)?\ up|came\ (?:to|round|around)
        |(?:stopped|is\ done)\ (?:shaking|shivering|seizing|bleeding|choking|vomiting|throwing\ up|coughing|hurting))
    | {_WHO}\ (?:breathing|awake|conscious|talking|walking|eating|smiling|laughing|playing)\ (?:(?:fine|normally|well|just)\ )?(?:again|fine|normally|well)
    | {_WHO}\ (?:ok|okay|fine)\ (?:just|only)\ (?:tired|worried|scared|upset|sad|sleepy|hungry|stressed)
    | (?:(?:there\ is|there'?s|i\ have|we\ have)\ )?no\ need\ (?:for|of|to\ call)\ (?:an?\ |the\ )?(?:ambulance|911|112|doctor|police|help)
    | (?:i|we|he|she)\ (?:do\ not|don'?t|does\ not|doesn'?t)\ need\ (?:an?\ |the\ )?(?:ambulance|911|112|emergency\ (?:number|help))
    | (?:it|that|this)(?:'?s|\ was)\ (?:just\ |only\ )?(?:a\ )?(?:joke|prank|test|mistake)
    | (?:i\ (?:was|am)\ |i'?m\ )?(?:just|only)\ (?:kidding|joking|testing|asking) | i\ (?:was|am)\ (?:kidding|joking)
    | i\ (?:did\ not|didn'?t)\ mean\ (?:it|that) | wrong\ (?:chat|person|number|window)
    | (?:not\ me\W+)?(?:my\ \w+\W+)?(?:(?:it|that|this)\ (?:was|happened)\ )?
        (?:last\ (?:week|month|year)|(?:\w+\ |a\ long\ )?(?:time|weeks|months|years)\ ago)
    | (?:it|that|this)\ (?:was|happened)\ (?:yesterday|last\ night) | my\ mistake
    | (?:the\ |an\ )?(?:ambulance|paramedics?|medics?|police|doctors?|help)(?:'?s|\ is|\ are|\ has|\ have)?{_NOW}
        \ (?:here|arrived|there|with\ (?:me|us|him|her|them))
    | {_WHO}\ (?:at|in)\ (?:the\ |a\ )?(?:hospital|er|emergency\ room)
    | (?:(?:yo|el|ella|mi\ \w+|todos?|todo\ el\ mundo)\ (?:ya\ )?|ya\ )(?:se\ siente|esta|estan)\ (?:mucho\ )?
        (?:bien|mejor|a\ salvo|fuera\ de\ peligro|en\ casa)
    | (?:se\ siente|esta|estan)\ (?:mucho\ )?(?:mejor|a\ salvo|fuera\ de\ peligro|(?:ya\ )?bien\ (?:ya|ahora)|ya\ bien)
    | (?:(?:yo|todos|nosotros)\ )?(?:ya\ )?(?:me\ siento|estoy|estamos)\ (?:ya\ |mucho\ )?
        (?:bien|mejor|a\ salvo|fuera\ de\ peligro|en\ casa)
    | ya\ (?:(?:se\ )?(?:le|me)\ )?(?:bajo|paso|quito|fue)\ (?:la\ |el\ |los\ |las\ )?{_ILLS_ES} | ya\ no\ (?:tengo|tiene|hay)\ {_ILLS_ES}
    | (?:la\ |el\ )?{_ILLS_ES}\ (?:ya\ )?(?:(?:se\ )?(?:le|me)\ )?(?:bajo|paso|quito|fue)
    | ya\ (?:respira|desperto|reacciono|volvio\ en\ si|habla|camina|come)(?:\ (?:bien|normal|mejor|sol[oa]|otra\ vez|de\ nuevo))?
    | (?:ya\ )?dejo\ de\ (?:temblar|sangrar|convulsionar|vomitar|toser|dolerle|dolerme)
    | (?:ya\ )?no\ (?:hace\ falta|necesito|necesita|necesitamos)\ (?:una\ |la\ |al\ |llamar\ al?\ )?(?:ambulancia|911|112|policia|medico|emergencias)
    | todo(?:\ esta)?\ bien | ya\ (?:se\ (?:me|le)\ )?paso(?:\ todo)? | ya\ no\ (?:sangra|sangro|me\ duele|le\ duele)(?:\ nada)?
    | (?:era|fue)\ (?:solo\ )?(?:una\ )?broma | (?:solo\ )?(?:estaba\ bromeando|bromeaba)
    | (?:fue|era)\ (?:solo\ )?(?:un\ error|una\ prueba) | (?:chat|numero)\ equivocado | me\ equivoque(?:\ de\ (?:chat|numero))?
    | no\ lo\ (?:dije|decia)\ en\ serio | (?:(?:eso\ )?(?:fue|paso)\ )?(?:hace\ (?:\w+\ )?(?:anos|meses|semanas)|el\ (?:ano|mes)\ pasado)
    | (?:eso\ )?(?:fue|paso)\ (?:ayer|anoche) | solo\ (?:preguntaba|era\ una\ pregunta)
    | (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)\ (?:ya\ )?(?:llego|llegaron|esta|estan)(?:\ (?:ya|aqui|conmigo|con\ nosotros))+
    | (?:ya\ )?(?:llego|llegaron|esta\ aqui|estan\ aqui)\ (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)
    | (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)\ ya\ (?:llego|llegaron)
    | (?:ya\ )?(?:estoy|estamos|esta)\ en\ (?:el\ hospital|urgencias)
"""
PAUSE: Final = r"(?=\s*(?:[,.;:!\-]|\b(?:but|and|so|y|pero|asi\ que)\b|$))"
"""Where such words end: "I am better" is one thing, and "I am better off dead" another."""
CALMED: Final = rf"(?:{_CALM}){_NOW}{PAUSE}"
"""That a danger is over, or was none, or that help has come."""
_THANKS: Final = r"(?:(?:thanks(?:\ to\ god)?|thank\ (?:you|god|goodness|heavens)|sorry|now|gracias(?:\ a\ dios)?|perdon|ok|okay|stop|and|so|y|haha+|lol|jaja+)\b[\s,.!]*)*"


def _all_of(*patterns: str) -> re.Pattern[str]:
    """What nothing but such words matches, one at least, and what is polite beside them."""
    said = "|".join(rf"(?:{pattern}){_NOW}\b" for pattern in patterns)
    return re.compile(rf"(?:{LEADING}(?:{said})[\s,.;:!\-]*{_THANKS})+", re.VERBOSE)


_CALMS: Final = _all_of(_DENIES, _CALM)
_DENIES_ALONE: Final = _all_of(_DENIES, _SAFE)
_UNWELL: Final = re.compile(
    r"\bno\ (?:me\ |nos\ |se\ )?(?:siento|siente|sentimos|estoy|estamos|esta|estan|todo\ esta|era|fue|es)\ (?:muy\ |una\ |un\ |nada\ )?"
    r"(?:bien|mejor|a\ salvo|fuera\ de\ peligro|broma|falsa\ alarma|error)\b"
    r"|\bno\ (?:llego|ha\ llegado|(?:ambulance|paramedics?|medics?|police|doctors?|help)\ (?:is|are|has|have|here|arrived|there|with))\b"
)


def calms(text: str, *, alarmed: bool = True) -> bool:
    """Whether a text says that nobody is in danger, or not any more, or that help has come; and nothing besides.

    Args:
        text: What somebody wrote.
        alarmed: Whether a danger was spoken of before: without one, "it has passed" may be about anything.
    """
    said = " ".join(clean(text).split())
    return bool((_CALMS if alarmed else _DENIES_ALONE).fullmatch(said)) and not is_unwell(said)


def is_unwell(text: str) -> bool:
    """Whether a text says that all is not well, or that no help has come, in words of which all but the "no" say the contrary."""
    return bool(_UNWELL.search(" ".join(clean(text).split())))
