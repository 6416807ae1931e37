"""Whether a message says that nobody is in danger, or not any more. Pure.

People of any language known here may be in a conversation, so that all of them are looked for. A word too many here
takes an emergency's number away from who needs it: what isn't listed doesn't count.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.normalizer import clean

LEADING: Final = r"(?:(?:no+|nope|nah|wrong|not\ that|eso\ no|sorry|but|oh|ok|okay|yes|yeah|wait|actually|well|please|nothing|perdon|pero|oiga|si|nada)\b[\s,.!]*)*"
"""What may stand before such words, in a verbose pattern as all here."""
DENIES: Final = r"""
    (?:none\ of\ (?:this|that|it)\ is | (?:it|this|that)(?:'?s|\ is)\ (?:not|no) | (?:it|this)\ isn'?t
        | there(?:'?s|\ is)\ no | not | no)\ (?:an?\ )?(?:emergency|danger)\b
    | (?:nobody|no\ one|noone)(?:'?s|\ (?:here\ )?is)\ (?:ill|sick|hurt|injured|dying|in\ danger|threatening\ (?:me|us|anyone|anybody))
    | (?:i(?:'?m|\ am)|(?:he|she)(?:'?s|\ is))\ not\ (?:ill|sick|hurt|injured|dying|suicidal|in\ danger)
    | (?:i|we|he|she)\ (?:do\ not|don'?t|does\ not|doesn'?t)\ have\ (?:an?\ |any\ )?
        (?:chest\ pains?|pains?|symptoms|fever|bleeding|trouble\ breathing|knife|gun|weapons?)
    | no\ (?:tengo|tiene)\ (?:ningun[a]?\ |un\ |una\ )?(?:dolor(?:\ de\ pecho|\ en\ el\ pecho)?|sintomas?|fiebre|sangrado|armas?|cuchillo|pistola)
    | (?:esto\ )?no\ es\ (?:una\ emergencia|nada\ grave) | (?:aqui\ )?nadie\ (?:esta\ (?:enfermo|herido|mal|en\ peligro)|me\ amenaza)
    | no\ (?:estoy|esta)\ (?:enferm[oa]|herid[oa]|mal|en\ peligro) | no\ me\ estoy\ muriendo | no\ soy\ suicida
"""
"""That somebody is in no danger: more may follow at once."""
_WHO: Final = r"(?:(?:i|he|she|it|we|they|all|everything|everyone|everybody|(?:my|our)\ \w+)(?:\ (?:am|is|are)|'?(?:m|s|re)))"
_ILLS: Final = r"""(?:pains?|bleeding|danger|fever|temperature|shaking|shivers?|shivering|chills|seizures?|swelling|rash|dizziness|headache|nausea
    |vomiting|cramps?|cough|panic(?:\ attack)?|attack|symptoms)"""
_ILLS_ES: Final = r"""(?:fiebre|temperatura|dolor(?:es)?|sangrado|hemorragia|temblor(?:es)?|escalofrios|convulsion(?:es)?|hinchazon|mareos?|nauseas
    |vomitos?|ataque|sintomas|tos|calambres?|susto)"""
_CALM: Final = rf"""
    {_WHO}\ (?:all\ |much\ |feeling\ |doing\ )?(?:fine|safe|better|well|ok|okay|okey|good|alright|all\ right)(?:\ (?:now|again|already))?
    | (?:i|he|she|we|they)\ feels?\ (?:fine|better|ok|okay|well|good)(?:\ (?:now|again))?
    | {_WHO}\ (?:out|home|away|free)\ now | all\ (?:is\ )?(?:good|fine|well|ok)(?:\ now)?
    | {_WHO}\ (?:not|no\ longer)\ (?:bleeding|choking|hurting|in\ pain|in\ danger|dizzy|ill|sick)(?:\ (?:any\ ?more|now))?
    | it(?:'?s|\ is|\ has)?\ (?:all\ )?(?:passed|gone)(?:\ now)? | it\ went\ away
    | (?:(?:the|my|his|her|their)\ )?{_ILLS}(?:'?s|\ (?:has|have|is|are))?\ (?:all\ )?(?:stopped|passed|gone|over|went\ away|(?:gone|went|come|came|is|are)?\ ?down)
        (?:\ (?:now|again))?
    | (?:he|she|i|it|we|they|(?:my|our)\ \w+)\ (?:has\ |have\ )?(?:just\ )?(?:woke(?:n)?\ up|came\ (?:to|round|around)
        |(?:stopped|is\ done)\ (?:shaking|shivering|seizing|bleeding|choking|vomiting|throwing\ up|coughing|hurting))(?:\ (?:now|again))?
    | {_WHO}\ (?:breathing|awake|conscious|talking|walking|eating|smiling|laughing|playing)\ (?:(?:fine|normally|well|just)\ )?(?:again|fine|normally|well)(?:\ now)?
    | {_WHO}\ (?:ok|okay|fine)\ (?:just|only)\ (?:tired|worried|scared|upset|sad|sleepy|hungry|stressed)
    | (?:(?:there\ is|there'?s|i\ have|we\ have)\ )?no\ need\ (?:for|of|to\ call)\ (?:an?\ |the\ )?(?:ambulance|911|112|doctor|police|help)
    | (?:i|we|he|she)\ (?:do\ not|don'?t|does\ not|doesn'?t)\ need\ (?:an?\ |the\ )?(?:ambulance|911|112|emergency\ (?:number|help))
    | (?:it\ (?:is|was)\ an?\ )?false\ alarm | (?:it|that|this)(?:'?s|\ was)\ (?:just\ |only\ )?(?:a\ )?(?:joke|prank|test|mistake)
    | (?:i\ (?:was|am)\ |i'?m\ )?(?:just|only)\ (?:kidding|joking|testing) | i\ (?:was|am)\ (?:kidding|joking)
    | i\ (?:did\ not|didn'?t)\ mean\ (?:it|that) | wrong\ (?:chat|person|number|window)
    | (?:not\ me\W+)?(?:my\ \w+\W+)?(?:(?:it|that|this)\ (?:was|happened)\ )?
        (?:last\ (?:week|month|year)|(?:\w+\ |a\ long\ )?(?:time|weeks|months|years)\ ago)
    | (?:the\ |an\ )?(?:ambulance|paramedics?|medics?|police|doctors?|help)(?:'?s|\ is|\ are|\ has|\ have)?(?:\ now|\ already)?
        \ (?:here|arrived|there|with\ (?:me|us|him|her|them))(?:\ (?:now|already))?
    | {_WHO}\ (?:at|in)\ (?:the\ |a\ )?(?:hospital|er|emergency\ room)(?:\ (?:now|already))?
    | (?:(?:yo|el|ella|mi\ \w+|todos?|todo\ el\ mundo)\ (?:ya\ )?|ya\ )(?:se\ siente|esta|estan)\ (?:mucho\ )?
        (?:bien|mejor|a\ salvo|fuera\ de\ peligro|en\ casa)(?:\ (?:ya|ahora))?
    | (?:se\ siente|esta|estan)\ (?:mucho\ )?(?:mejor|a\ salvo|fuera\ de\ peligro|(?:ya\ )?bien\ (?:ya|ahora)|ya\ bien)
    | (?:(?:yo|todos|nosotros)\ )?(?:ya\ )?(?:me\ siento|estoy|estamos)\ (?:ya\ |mucho\ )?
        (?:bien|mejor|a\ salvo|fuera\ de\ peligro|en\ casa)(?:\ (?:ya|ahora))?
    | ya\ (?:(?:se\ )?(?:le|me)\ )?(?:bajo|paso|quito|fue)\ (?:la\ |el\ |los\ |las\ )?{_ILLS_ES} | ya\ no\ (?:tengo|tiene|hay)\ {_ILLS_ES}
    | (?:la\ |el\ )?{_ILLS_ES}\ (?:ya\ )?(?:(?:se\ )?(?:le|me)\ )?(?:bajo|paso|quito|fue)(?:\ ya)?
    | ya\ (?:respira|desperto|reacciono|volvio\ en\ si|habla|camina|come)(?:\ (?:bien|normal|mejor|sol[oa]|otra\ vez|de\ nuevo))?
    | (?:ya\ )?dejo\ de\ (?:temblar|sangrar|convulsionar|vomitar|toser|dolerle|dolerme)
    | (?:ya\ )?no\ (?:hace\ falta|necesito|necesita|necesitamos)\ (?:una\ |la\ |al\ |llamar\ al?\ )?(?:ambulancia|911|112|policia|medico|emergencias)
    | todo(?:\ esta)?\ bien(?:\ (?:ya|ahora))? | ya\ (?:se\ (?:me|le)\ )?paso(?:\ todo)? | ya\ no\ (?:sangra|sangro|me\ duele|le\ duele)(?:\ (?:nada|mas))?
    | (?:fue\ (?:una\ )?|era\ (?:una\ )?)?falsa\ alarma | (?:era|fue)\ (?:solo\ )?(?:una\ )?broma | (?:solo\ )?(?:estaba\ bromeando|bromeaba)
    | (?:fue|era)\ (?:solo\ )?(?:un\ error|una\ prueba) | (?:chat|numero)\ equivocado | me\ equivoque\ de\ (?:chat|numero)
    | no\ lo\ (?:dije|decia)\ en\ serio | (?:(?:eso\ )?(?:fue|paso)\ )?(?:hace\ (?:\w+\ )?(?:anos|meses|semanas)|el\ (?:ano|mes)\ pasado)
    | (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)\ (?:ya\ )?(?:llego|llegaron|esta|estan)(?:\ (?:ya|aqui|conmigo|con\ nosotros))+
    | (?:ya\ )?(?:llego|llegaron|esta\ aqui|estan\ aqui)\ (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)
    | (?:la\ |el\ |los\ )?(?:ambulancia|policia|paramedicos?|medicos?|doctor|ayuda)\ ya\ (?:llego|llegaron)
    | (?:ya\ )?(?:estoy|estamos|esta)\ en\ (?:el\ hospital|urgencias)(?:\ ya)?
"""
PAUSE: Final = r"(?=\s*(?:[,.;:!\-]|\b(?:but|and|so|y|pero|asi\ que)\b|$))"
"""Where such words end: "I am better" is one thing, and "I am better off dead" another."""
CALMED: Final = rf"(?:{_CALM}){PAUSE}"
"""That a danger is over, or was none, or that help has come."""
_THANKS: Final = r"(?:(?:thanks(?:\ to\ god)?|thank\ (?:you|god|goodness|heavens)|sorry|now|gracias(?:\ a\ dios)?|perdon|ok|okay|and|so|y|haha+|lol|jaja+)\b[\s,.!]*)*"
_CALMS: Final = re.compile(
    rf"(?:{LEADING}(?:{CALMED}|(?:{DENIES})\b{PAUSE})[\s,.;:!\-]*{_THANKS})+", re.VERBOSE
)
_UNWELL: Final = re.compile(
    r"\bno\ (?:me\ |nos\ |se\ )?(?:siento|siente|sentimos|estoy|estamos|esta|estan|todo\ esta|era|fue|es)\ (?:muy\ |una\ |un\ |nada\ )?"
    r"(?:bien|mejor|a\ salvo|fuera\ de\ peligro|broma|falsa\ alarma|error)\b"
    r"|\bno\ (?:llego|ha\ llegado)\b"
)


def calms(text: str) -> bool:
    """Whether a text says that nobody is in danger, or not any more, or that help has come; and nothing besides."""
    said = " ".join(clean(text).split())
    return bool(_CALMS.fullmatch(said)) and not is_unwell(said)


def is_unwell(text: str) -> bool:
    """Whether a text says in Spanish that all is not well, in words of which all but the "no" say that it is."""
    return bool(_UNWELL.search(" ".join(clean(text).split())))
