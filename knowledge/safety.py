"""Whether a message says that help has come or is on its way, or that nobody is in danger, or not any more. Pure.

People say so in any language known here, in their own words and beside other things, so a message is read part by part, and
what is left of it is what else it says. A word too many here takes an emergency's number away from who needs it: what
compromises the good news ("but nobody answers", "I took them all") undoes it, and a bare "they are here" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.normalizer import clean, tokens
from knowledge.outcome import Relief
from knowledge.overhearing import plainly_asks


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says about a danger, and what else.

    Attributes:
        relief: What is better; `NONE` where nothing is, or something speaks against it.
        rest: What else it says, in lower case; empty for nothing that matters. The whole of it where there is no relief.
    """

    relief: Relief
    rest: str


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


# English is read with its contractions spelled out ("isn't" is "is not"), Spanish without accents.
_KIN: Final = r"(?:mom|mum|mother|dad|father|sister|brother|son|daughter|wife|aunt|uncle|cousin|grandma|friends?|neighbou?rs?|roommate|family|people)"
_RESCUE: Final = r"(?:ambulance|paramedics?|medics?|emts?|police|cops?|doctors?|doc|nurses?|help|911|112|999|988|fire (?:department|brigade)|firefighters|crisis line|hotline|helpline|emergency services?|therapist|counsell?or|social worker|security)"
_HELPER: Final = (
    rf"(?:(?:the|an?|my|our|her|his|some) )?(?:{_RESCUE}|{_KIN}|(?:some ?(?:one|body))(?: safe| nice| else)?)"
)
_DID: Final = (
    r"(?: (?:have|has|had|just|already|finally|now|also|then|did|am|are|is|was|were|will|got|been|a nice))*"
)
_ADV: Final = r"(?: (?:now|all|much|so|really|very|quite|just|doing|feeling|getting|finally|pretty|completely|already|a (?:bit|little|lot)|back|still))*"
_NOW: Final = (
    r"(?: (?:now|again|already|any ?more|any longer|right now|today|tonight|thank god|thank goodness))*"
)
_ME: Final = r"(?:me|us|him|her|them|it)"
_TO_HOSPITAL: Final = r"(?:hospital|er|emergency room|urgent care|doctor|doctors|ambulance)"
_STARTS: Final = (
    r"(?= (?:i|he|she|it|we|they|you|my|our|his|her|the|this|that|there|nobody|what|how|who|where|when|why|which|can|could|do|does|did|is|are"
    r"|will|would|should|may|must|just|only|thanks?|sorry|please|also|so|and|but|though|actually|then|tell|haha|lol|stop)\b|$)"
)
"""Where such words end: "I am better" is one thing, and "I am better off dead" another."""
_TAIL: Final = (
    r"(?: (?:at|in|on|to|for|from|about|by|with|me|us|him|her|today|tomorrow|tonight|now|already|back|ago|again|this|the|an?|few|couple of|some|\d+\w*|five|ten|minutes?|mins?"
    rf"|(?:to )?(?:the )?{_TO_HOSPITAL}|oclock|pm|am|morning|afternoon|evening|lunch|too|here|there|soon|right|away|phone|line|it|everything|how i feel|first|instead))*"
)
_SOMEBODY: Final = rf"(?:its|(?!(?:nobody|no|nothing|none|not|what|who|how|where|why|when|if|never)\b)(?:(?:my|our|his|her|the) )?\w+(?: \w+)? (?:am|is|are|was|seems?(?: to be)?|looks?|has been|(?:is )?back to)|{_KIN} (?:is|are))"
_ILLS: Final = r"(?:pains?|chest pains?|bleeding|danger|fever|temperature|shaking|shivers?|shivering|chills|seizures?|swelling|rash|dizziness|headache|nausea|vomiting|cramps?|cough|panic|attack|panic attack|emergency|symptoms|trouble breathing|knife|gun|weapons?)"
_HURT: Final = r"(?:ill|sick|hurt|injured|dying|suicidal|bleeding|choking|dizzy|in (?:any |real |immediate )?(?:danger|pain)|(?:threatening|hurting|hitting)(?: (?:me|us|anyone|anybody|myself))?)"
_HARM: Final = r"(?:(?:hurt|harm|kill)(?:ing)? (?:myself|anyone|anybody|him|her)|commit(?:ting)? suicide)"
_GOING: Final = (
    r"(?: (?:going to|gonna|planning to|planning|thinking (?:of|about)|about to|really|ever|actually))*"
)
_ONLY: Final = r"(?: (?:i am )?(?:just|only) (?:tired|worried|sleepy|hungry|stressed|curious|exhausted))?"
_DENIED: Final = _any(
    r"(?:(?:none of (?:this|that|it)|it|its|this|that|there|my \w+) )?(?:(?:is|was) )?(?:not|no|never)(?: (?:longer|really|even|actually|an?|any|in))*(?: (?:emergency|danger))",
    rf"(?:there is )?(?:nobody|no ?one)(?: here)?(?: (?:is|was|got|gets|has been))? {_HURT}",
    rf"(?:i|he|she|we|they|(?:my|our) \w+) (?:am|is|are|was|were) (?:not|no longer|never) {_HURT}{_ONLY}",
    rf"(?:i|we|he|she) (?:do|does|did) not have (?:an? |any )?{_ILLS}",
    r"(?:please )?(?:stop|quit|enough|no more)(?: (?:saying|telling me|it|with|of|the|your|about|to call|sending|calling|this|that|all|these))* (?:911|112|988|emergency|emergencies|ambulances?)(?: (?:thing|stuff|number|message|talk)s?)?",
    rf"i (?:am|will|would|have) (?:not|never){_GOING} {_HARM}",
)
_SAFE: Final = _any(
    rf"(?:i am|(?:we|everyone|everybody) (?:are|is))(?: all)? (?:safe|fine|ok|okay)(?: (?:just|only) \w+)?{_NOW}{_STARTS}",
    r"(?:(?:it|that) (?:is|was) )?(?:an? )?false alarm",
)
"""The same, as what is said whether or not anybody has spoken of a danger."""
_WELL: Final = _any(
    rf"{_SOMEBODY}{_ADV} (?:fine|safe|better|well|ok|okay|okey|good|alright|all right|stable|calmer|alive|awake|conscious|home|unhurt|recovering|out of danger|normal)(?: (?:just|only) (?:tired|worried|scared|upset|sad|sleepy|hungry|stressed))?{_NOW}{_STARTS}",
    rf"(?:(?:i|he|she|we|they) )?(?:feel|feels|feeling){_ADV} (?:fine|better|ok|okay|well|good|calmer|safe|safer){_NOW}{_STARTS}",
    rf"{_SOMEBODY} (?:out|home|away|free) now",
    rf"all(?: is)? (?:good|fine|well|ok){_STARTS}",
    r"(?:it(?: has| is)?|its)(?: all)? (?:passed|gone)|it went away",
    rf"(?:(?:the|my|his|her|their) )?{_ILLS}(?: (?:has|have|is|are))?(?: all)? (?:stopped|passed|gone|over|went away|(?:gone|went|come|came|is|are)? ?down)",
    r"(?:he|she|i|it|we|they|(?:my|our) \w+)(?: has| have)?(?: just| finally)? (?:woke(?:n)? up|calmed down|came (?:to|round|around)|opened (?:his|her) eyes)"
    + _STARTS,
    rf"(?:he|she|i|it|we|they|(?:my|our) \w+)(?: has| have)?(?: just| finally)? (?:stopped|is done) (?:shaking|shivering|seizing|bleeding|choking|vomiting|throwing up|coughing|hurting){_STARTS}",
    rf"(?:{_SOMEBODY} |is |are )?(?:breathing|awake|conscious|talking|walking|eating|smiling|laughing|playing|responding)(?: (?:fine|normally|well|just fine|ok|okay))?{_NOW}{_STARTS}",
    r"(?:(?:there is|i have|we have) )?no need (?:for|of|to call)(?: an?| the)? (?:ambulance|911|112|doctor|police|help)",
    r"(?:i|we|he|she) (?:do|does) not need(?: an?| the)? (?:ambulance|911|112|emergency number|emergency help)",
    r"(?:it )?(?:turns|turned) out (?:it was|to be)(?: just| only)?(?: an?)? (?:fine|nothing|panic attack|allergy|allergic reaction|false alarm|cramp)",
    r"(?:it|that|this) (?:is|was)(?: just| only)?(?: an?)? (?:joke|prank|test|mistake|misunderstanding|expression|exaggeration|figure of speech|panic attack|typo|autocorrect)",
    r"(?:i (?:was|am) )?(?:just|only) (?:kidding|joking|testing|asking)(?=$)|i (?:was|am) (?:kidding|joking)",
    r"i (?:did|do) not mean (?:it|that|literally|to scare you|(?:that )?i (?:want|wanted) to die)|i (?:am|was) not(?: being)? serious|wrong (?:chat|person|number|window)|my mistake",
    r"(?:not me|my \w+)?(?:(?:it|that|this) (?:was|happened) )?(?:last (?:week|month|year)|(?:\w+ |a long )?(?:time|weeks|months|years) ago)(?=$)",
    r"(?:it|that|this) (?:was|happened) (?:yesterday|last night)(?=$)",
)
_TOLD: Final = r"(?:called|phoned|rang|texted|contacted|reached|spoke (?:to|with)|talked (?:to|with)|(?:am |are |is )?(?:talking|speaking|chatting) (?:to|with)|on the phone with|saw|(?:am |are |is )?seeing|told|(?:am |are |is )(?:here )?with)"
_THERE: Final = rf"(?:on (?:the|its|their|his|her|my|our) way|coming|came|arrived|here|there|got here|with {_ME}|(?:seeing|see|call|calling|helping|looking after|taking care of|examining|treating|driving|taking|staying with|stayed with|talking (?:to|with)|working on) {_ME}|stayed(?: over)?|(?:took|taking|take|taken) over|(?:has|have|drove|took|brought|picked|admitted|checked|treated|helped|saved|gave|giving) {_ME}(?: up| in| oxygen| something)?|on the (?:phone|line)(?: with {_ME})?)"
_HELP: Final = _any(
    rf"{_HELPER}{_DID} {_THERE}{_TAIL}{_STARTS}",
    rf"(?:(?:i|we|he|she|they|{_KIN}|my {_KIN})(?! (?:can|could|should)))?{_DID} ?{_TOLD} {_HELPER}{_TAIL}{_STARTS}",
    rf"(?:i|we|he|she|they){_DID} (?:called|phoned|rang|texted)(?: (?:them|there|the (?:number|line)|that number))?{_TAIL}{_STARTS}",
    rf"(?:(?:i|we|he|she|they|(?:my|our) \w+){_DID} )?(?:at|in) (?:the |an? )?{_TO_HOSPITAL}{_NOW}{_STARTS}",
    rf"(?:(?:i|we|he|she|they|(?:my|our) \w+){_DID} )?(?:on (?:the|our|my|his|her|their) way|going|driving|heading|rushing|taking {_ME}|took {_ME}|brought {_ME}|driving {_ME}){_DID} (?:to|there)(?: (?:the|an?|my))? {_TO_HOSPITAL}{_NOW}{_STARTS}",
    rf"(?!(?:nobody|no|none|he|she|they|it|who|what|husband|boyfriend|ex)\b)\w+ (?:is|are|stayed|stays)(?: (?:here|right here|now|over))* with {_ME}{_NOW}{_STARTS}",
    rf"(?:i |we )?(?:have |got )+an appointment{_TAIL}{_STARTS}",
)
_WEAK: Final = _any(
    rf"(?:they|he|she|it)(?: (?:are|is|will|have|has|just|all|now|finally|already))* (?:{_THERE}|gave me \w+){_TAIL}{_STARTS}",
    r"(?:it|this) is(?: all)? over(?: now)?",
    r"(?:they|he|she|everyone) (?:was|were|is|are)(?: (?:so|very|really|super|all))* (?:nice|kind|great|helpful|lovely|good|amazing|wonderful|patient|friendly)",
    r"(?:esta|estan) bien|(?:fueron|son|fue)(?: (?:muy|tan))? (?:amables?|buen[oa]s?|atent[oa]s?|lindos?)|(?:ya )?(?:llegaron|vienen|estan aqui)",
)
"""What is good news beside other good news, and may be bad by itself: who is it that is coming?"""

_HELPER_ES: Final = (
    r"(?:(?:el|la|los|las|al|mis?|mi|un|una|nuestr[oa]) )?(?:ambulancia|policia|paramedicos?|medic[oa]s?|doctora?|doctores|enfermer[oa]s?|ayuda|bomberos|911|112|988"
    r"|vecin[oa]s?|herman[oa]s?|mama|papa|madre|padre|amig[oa]s?|hij[oa]s?|esposa|tia|familia|psicolog[oa]|terapeuta|alguien|linea de crisis|emergencias)"
)
_STARTS_ES: Final = (
    r"(?= (?:yo|el|ella|ellos|me|te|se|lo|la|le|los|las|mi|mis|que|como|quien|cuanto|cuando|donde|por|puedo|puede|es|esta|hay|ya|ahora|solo|gracias|perdon|y|pero|"
    r"tengo|quiero|quisiera|debo|entonces|jaja|tambien)\b|$)"
)
_NOW_ES: Final = r"(?: (?:ya|ahora|mas|otra vez|de nuevo|gracias a dios|aqui))*"
_ILLS_ES: Final = r"(?:fiebre|temperatura|dolor(?:es)?|dolor de pecho|sangrado|hemorragia|temblor(?:es)?|escalofrios|convulsion(?:es)?|hinchazon|mareos?|nauseas|vomitos?|ataque|emergencia|peligro|sintomas|tos|calambres?|susto|armas?|cuchillo|pistola)"
_DENIED_ES: Final = _any(
    r"(?:esto )?(?:ya )?no (?:es|era|fue)(?: (?:una|ninguna))? (?:emergencia|nada grave|grave)",
    r"(?:ya )?(?:no|nunca) (?:hay|hubo|habia)(?: (?:ningun[a]?|ni))? (?:emergencia|peligro)",
    r"(?:ya )?(?:no hay |aqui )?nadie (?:(?:ya )?(?:esta )?(?:enfermo|herido|mal|en peligro)|(?:ya )?corre(?: ningun)? peligro|(?:me|nos|le|la) (?:esta )?(?:amenaza(?:ndo)?|pega(?:ndo)?|golpea(?:ndo)?|lastima(?:ndo)?|hace dano|haciendo dano))",
    r"(?:ya )?no (?:estoy|esta|estamos|estan) (?:enferm[oa]s?|herid[oa]s?|mal|en peligro)|no me estoy muriendo|nadie se (?:esta )?(?:muriendo|muere)|no soy suicida|(?:ya )?no corro (?:ningun )?peligro",
    rf"(?:ya )?no (?:tengo|tiene) (?:ningun[a]? |un |una )?{_ILLS_ES}(?: en el pecho| de pecho)?",
    r"(?:por favor )?(?:dejen?|deja|basta|ya basta|paren?)(?: (?:ya|de|con|el|la|lo|del|decir\w*|decirme|llamar|que llame|al|eso))* (?:911|112|988|emergencias?)",
    r"no me (?:voy a|pienso|pensaba|iba a) hacer (?:nada|dano)",
    r"no (?:me )?(?:voy a|pienso|pensaba|iba a) (?:matar(?:me)?|suicidar(?:me)?|hacerme (?:nada|dano)|hacer dano|lastimar(?:me)?)(?: a nadie)?",
)
_UNDONE: Final = _any(
    rf"i (?:am|will|would) (?:not|never){_GOING} (?:do|doing) (?:it|that|anything)(?: stupid| bad)?",
    r"no (?:voy a|pienso|pensaba|iba a) hacer(?:lo)?(?: nada)?(?: malo)?",
)
"""What denies a danger where one was spoken of, and elsewhere a journey, or whatever was asked for."""
_SAFE_ES: Final = _any(
    rf"(?:(?:yo|todos|nosotros) )?(?:estoy|estamos) bien{_NOW_ES}{_STARTS_ES}",
    r"(?:fue (?:una )?|era (?:una )?)?falsa alarma",
)
_FINE_ES: Final = r"(?:bien|mejor|a salvo|fuera de peligro|en casa|estable|tranquil[oa]s?|calmad[oa]|despiert[oa]|consciente)"
_WELL_ES: Final = _any(
    rf"(?:(?:yo|el|ella|mi \w+|todos?|todo el mundo|la \w+) (?:ya )?|ya )(?:me siento|se siente|esta|estan|estoy)(?: (?:ya|mucho|mas|muy|un poco))* {_FINE_ES}{_NOW_ES}{_STARTS_ES}",
    rf"(?:me siento|se siente|esta|estan|estoy|estamos)(?: (?:ya|mucho|mas|muy|un poco))* (?:mejor|a salvo|fuera de peligro|estable|mas tranquil[oa]|bien (?:ya|ahora)|ya bien|tranquil[oa]){_NOW_ES}{_STARTS_ES}",
    rf"(?:ya )?(?:(?:se )?(?:le|me) )?(?:bajo|paso|quito|fue)(?: (?:la|el|los|las))? {_ILLS_ES}|ya no (?:tengo|tiene|hay) {_ILLS_ES}",
    rf"(?:la |el )?{_ILLS_ES}(?: ya)?(?: (?:se )?(?:le|me))? (?:bajo|paso|quito|fue)",
    rf"ya (?:esta )?(?:respira(?:ndo)?|desperto|reacciono|volvio en si|habla(?:ndo)?|camina(?:ndo)?|come|abrio los ojos)(?: (?:bien|normal|mejor|sol[oa]))?{_NOW_ES}{_STARTS_ES}",
    r"(?:ya )?dejo de (?:temblar|sangrar|convulsionar|vomitar|toser|dolerle|dolerme)",
    r"(?:ya )?no (?:hace falta|necesito|necesita|necesitamos)(?: (?:una|la|al|llamar al?))? (?:ambulancia|911|112|policia|medico|emergencias)",
    rf"todo(?: esta)? bien{_STARTS_ES}|ya (?:se (?:me|le) )?paso(?: todo)?|ya no (?:sangra|sangro|me duele|le duele)(?: nada)?",
    r"(?:era|fue)(?: solo)?(?: una)? broma|(?:solo )?(?:estaba bromeando|bromeaba)|(?:fue|era)(?: solo)? (?:un error|una prueba)",
    r"(?:chat|numero) equivocado|me equivoque(?: de (?:chat|numero))?|no (?:lo )?(?:dije|decia|hablaba|iba) en serio|no es para tanto|(?:era|fue|es) (?:una forma de hablar|un decir|una exageracion|un malentendido|una expresion)|exageraba",
    r"(?:(?:eso )?(?:fue|paso) )?(?:hace (?:\w+ )?(?:anos|meses|semanas)|el (?:ano|mes) pasado)(?=$)|(?:eso )?(?:fue|paso) (?:ayer|anoche)(?=$)|solo (?:preguntaba|era una pregunta)(?=$)",
)
_THERE_ES: Final = r"(?:llego|llegaron|viene|vienen|vino|vinieron|(?:esta|estan|viene) (?:ya )?en camino|(?:esta|estan)(?: (?:ya|aqui|conmigo|con nosotros|con (?:el|ella)))+|(?:me|nos|la|lo) (?:va a ver|ve|atiende|esta atendiendo|estan atendiendo|lleva|esta llevando)|se queda conmigo)"
_TAIL_ES: Final = r"(?: (?:a|en|las?|los|el|hoy|manana|ahora|ya|\d+\w*|cinco|diez|minutos?|camino|conmigo|aqui|de|tarde|urgencias|hospital|al|emergencias|para aca|por telefono|con|ella))*"
_HELP_ES: Final = _any(
    rf"{_HELPER_ES}(?: (?:ya|aqui|ahora))* {_THERE_ES}{_TAIL_ES}{_STARTS_ES}",
    rf"(?:ya )?(?:viene|vienen|llego|llegaron|esta aqui|estan aqui|vino)(?: en camino)? {_HELPER_ES}{_TAIL_ES}{_STARTS_ES}",
    rf"(?:ya )?(?:le )?(?:llame|llamamos|llamo|hable|hablamos|avise|avisamos|estoy hablando|estoy)(?: ya)? (?:al?|con)(?: (?:la|el|mi|un|una))? ?{_HELPER_ES}{_TAIL_ES}{_STARTS_ES}",
    rf"(?:(?:ya|mi \w+|ella|el) )*(?:estoy|estamos|esta) (?:ya )?en (?:el |la )?(?:hospital|urgencias|emergencias|ambulancia){_NOW_ES}{_STARTS_ES}",
    rf"(?:ya )?(?:vamos|voy|va|van)(?: (?:ya|en|de|camino|rumbo))* (?:al?|para el)(?: la)? (?:hospital|urgencias|doctor|medico|emergencias){_NOW_ES}{_STARTS_ES}",
    rf"(?:ya )?(?:la|lo|me|los|nos) (?:llevamos|llevaron|llevan|llevo|estan llevando|internaron|ingresaron|atienden|estan atendiendo)(?: (?:al?|a la) ?(?:hospital|urgencias|medico|doctor|emergencias))?{_NOW_ES}{_STARTS_ES}",
    rf"(?!nadie\b)\w+ esta (?:aqui )?conmigo{_NOW_ES}{_STARTS_ES}",
)
_ASIDE: Final = re.compile(
    r"(?:(?:relax|calm down|do not (?:worry|panic)|no worries|nope|nah|wrong|not me|not that|sorry|but|oh|ok|okay|yes|yeah|yep|wait|actually|well|please|nothing|i (?:said|think|guess|mean)|and|so|now|stop|haha+|lol|hi|hello|alright"
    r"|thanks|thank (?:you|god|goodness|heavens)|very much|so much|a lot|for (?:your|the|all your) help|for (?:listening|asking|everything)|to god|everyone|guys|again|really|just|then|also|because"
    rf"|my {_KIN}(?=$)|perdon|pero|oiga|si|nada|gracias|a dios|muchas|jaja+|bueno|vale|y|eso no|tranquil[oa]s?|no (?:te|se) (?:preocupes?|preocupe)|entonces|no+(?=$| (?:i|he|she|it|we|they|you|the|my|that|this|there|nobody|nadie)\b))(?= |$))"
)
_SINCE: Final = r"(?: (?:now|again|already|any ?more|any longer|here|ya|ahora|mas))*"
_ALWAYS: Final = ((Relief.DENIED, (_DENIED, _DENIED_ES)), (Relief.WELL, (_SAFE, _SAFE_ES)))
_WHERE_ALARMED: Final = (
    (Relief.DENIED, (_UNDONE,)),
    (Relief.HELP, (_HELP, _HELP_ES)),
    (Relief.WELL, (_WELL, _WELL_ES)),
)
_PATTERNS: Final = {
    alarmed: [
        (relief, re.compile(rf"(?:{'|'.join(patterns)}){_SINCE}(?= |$)"))
        for relief, patterns in (_ALWAYS + _WHERE_ALARMED if alarmed else _ALWAYS)
    ]
    for alarmed in (False, True)
}
_WEAKLY: Final = re.compile(rf"{_WEAK}(?= |$)")
_SPOILT: Final = re.compile(
    r"\b(?:not|never|nobody|none|no one|without|stopped|can not|unable|took|taken|swallowed|drank|pills?|overdosed?|dying|dead|die|dies|death|knife|gun|bleeding|blood|unconscious|collapsed?"
    r"|faint(?:ed|ing)?|worse|barely|hardly|cold|pale|gr[ea]y|asleep|blue|limp|hours?|on hold|voicemail|busy|hung up|left|late|refused?|stuck|alone|goodbye|bye|farewell|end it|kill|hurts?|hurting|pain"
    r"|screaming|seizures?|seizing|convulsing|choking|help me|hurry|attack|is back|came back|again|(?:he|she|they|i|mine|\w+) (?:is|are|am)$|have to do|just do it|went|though)\b"
    r"|\b(?:no (?!(?:problem|se|importa)\b)|nunca|nadie|tome|tomo|tomado|trague|pastillas|sangr\w+|horas?|tardan?|ocupado|muert[oa]|morir|matar\w*|fri[oa]|desmay\w+|peor|inconsciente|cuchillo|pistola|adios|sola|apenas|volvio|regreso|se fue|convuls\w+)"
)
"""What is left beside good news, and undoes it where it asks nothing."""
# A run of blanks is tried from its beginning alone: from each of them, a message of nothing else would take seconds.
_PARTS: Final = re.compile(
    r"(?<=[.!?;,:\n])\s+|(?<!\s)\s+[\-\u2013\u2014]+\s+|\n+|(?<!\s)\s+(?=(?:and|but|so|y|pero|asi que)\s)"
)


def hear(text: str, *, alarmed: bool = True) -> Heard:
    """What a text says about a danger, part by part, and what else.

    Args:
        text: What somebody wrote.
        alarmed: Whether a danger was spoken of before: without one, "it has passed" may be about anything.
    """
    said = clean(text)
    found, weak, rest = Relief.NONE, False, []
    for part in filter(None, map(str.strip, _PARTS.split(said))):
        relief, weakly, left = _read(part, alarmed=alarmed)
        found, weak = max(found, relief), weak or weakly
        if left:
            rest.append(left)
    spoilt = any(not plainly_asks(part) and _SPOILT.search(_spelled(part, "en")) for part in rest)
    if not found or spoilt:
        return Heard(Relief.NONE, said)
    return Heard(found, " ".join(rest))


def calms(text: str, *, alarmed: bool = True) -> bool:
    """Whether a text says that help is there, or nobody in danger, and nothing besides; `alarmed` as for `hear`."""
    heard = hear(text, alarmed=alarmed)
    return heard.relief is not Relief.NONE and not heard.rest


def _spelled(part: str, language: str) -> str:
    return " ".join(tokens(part, language))


def _read(part: str, *, alarmed: bool) -> tuple[Relief, bool, str]:
    """The good news in a part of a message, whether some is only good beside other, and what else it says."""
    readings = [_read_in(language, part, alarmed=alarmed) for language in ("en", "es")]
    return max(readings, key=lambda reading: (not reading[2], *reading[:2]))


def _read_in(language: str, part: str, *, alarmed: bool) -> tuple[Relief, bool, str]:
    said, relief, weak, asks = _spelled(part, language), Relief.NONE, False, part.endswith("?")
    while said:
        kind, end = _first(said, alarmed=alarmed)
        if not end and (weakly := _WEAKLY.match(said)):
            weak, end = True, weakly.end()
        if not end and (aside := _ASIDE.match(said)):
            end = aside.end()
        if not end:
            break
        relief, said = max(relief, kind), said[end:].strip()
    if not (relief or weak):
        return Relief.NONE, False, part if said else ""
    if asks and not said:  # "she is fine?"
        return Relief.NONE, False, part
    return relief, weak, f"{said}?" if said and asks else said


def _first(said: str, *, alarmed: bool) -> tuple[Relief, int]:
    """The good news that words begin with, the longest, and where it ends."""
    found = [(match.end(), kind) for kind, pattern in _PATTERNS[alarmed] if (match := pattern.match(said))]
    end, kind = max(found, default=(0, Relief.NONE))
    return kind, end
