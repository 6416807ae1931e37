# The bot's own words in Spanish: neutral Latin American, plain, with "usted". Plain text: nothing here is read as mark-up.
# Format: https://projectfluent.org/fluent/guide/

greeting =
    Hola. Respondo preguntas sobre { $document }.

    Pregunte con sus propias palabras, por ejemplo: “{ $example }” O envíe /topics para ver los temas.

    { $disclaimer }
document-from = “{ $title }” ({ $origin })
document-titled = “{ $title }”
document-called = el documento
help =
    Pregúnteme lo que quiera, con sus propias palabras. Busco la respuesta que corresponde entre las que se escribieron de antemano. Si se apoya en las palabras de alguien, le muestro de quién son y dónde están. No invento nada. Si no tengo una respuesta, se lo digo así.

    /topics – ver los temas
    /ask – hacer una pregunta (necesario en grupos)
    /sources – de dónde vienen las respuestas
    /language – elegir mi idioma
    /privacy – qué guardo de lo que usted escribe
    /forget – borrar eso
language-offer = ¿Prefiere el español? Envíe /language español
language-menu =
    Le hablo en { $language }. ¿Qué idioma prefiere?

    Toque un botón, o escriba el nombre del idioma después del comando, así: /language { $example }
language-automatic = El de mi aplicación de Telegram
language-set = A partir de ahora le hablo en { $language }. Para cambiarlo, envíe /language.
language-follows = A partir de ahora uso el idioma de su aplicación de Telegram. En este momento es { $language }.
language-group = En un grupo uso el idioma de su aplicación de Telegram, o el que hayan elegido sus administradores con /settings. En nuestro chat privado puede elegir otro con /language.
only-in = Por ahora esto solo está en { $language }.
answers-only-in = Por ahora mis respuestas solo están en { $language }, y entiendo mejor las preguntas en { $language }.
help-checklist = /checklist – { $title }
checklist-progress = Pregunta { $number } de { $total }. Toque un botón, o escriba “sí”, “no”, “no lo dicen” o “todavía no”.
checklist-keep = No guardo sus respuestas más allá de esta conversación. Puede parar cuando quiera, y seguir con los botones o con /checklist.
checklist-yes = Sí
checklist-no = No
checklist-wont-say = No lo dicen
checklist-not-asked = Todavía no pregunté
checklist-back = Volver una pregunta
checklist-restart = Empezar de nuevo
checklist-said = Usted me dijo:
checklist-draft = Un mensaje que puede copiar y enviar, con lo que falta aclarar:
checklist-no-advice = Sobre estas respuestas no hay nada en { $document }.
checklist-none = Aquí no tengo una lista de preguntas para recorrer. Pregúnteme lo que quiera, o envíe /topics para ver los temas.
checklist-changed = Estas preguntas cambiaron mientras tanto, así que empezamos de nuevo.
checklist-private = Estas preguntas son sobre usted, por eso las hago en privado, donde nadie más las lee.
checklist-open = Abrir nuestro chat privado
checklist-no-permission = Sus respuestas a estas preguntas no son un permiso, y yo no puedo saber si usted puede seguir adelante.
checklist-go-on = Seguir con las preguntas
checklist-left = De acuerdo, lo dejamos aquí. Con el botón de abajo podemos seguir donde estábamos.
checklist-not-understood = No entendí eso como respuesta a mi pregunta. Aquí está otra vez.
checklist-heard-yes = s|si claro|claro|dicen que sí|me dijeron que sí|dijeron que sí|sí lo dicen|sí me dijeron|así es|me lo mostraron|sí me lo mostraron|creo que sí|lo vi|lo confirmaron|por supuesto|lo tengo|los tengo|la tengo|sí lo tengo|tengo los papeles|lo tienen|sí lo tienen|me lo dieron|me lo mandaron|me lo enviaron|eso dicen|eso me dijeron|la clínica dice que sí|ya pagaron|ya las pagaron|ya se pagaron|sí pagaron|dicen que ya pagaron|ya está pagado|ya están pagadas|sí me mostraron|me mostraron|ella dijo que sí|él dijo que sí|ella dice que sí|él dice que sí|el doctor dice que sí|el doctor dijo que sí|la doctora dijo que sí|la enfermera dijo que sí|la clínica dijo que sí|dicen tenerlo|dicen que lo tienen|dicen que los tienen|parece que sí
checklist-heard-no = n|dicen que no|me dijeron que no|dijeron que no|no lo tienen|no me dijeron que sí|dijeron que no hace falta|dicen que no hace falta|dicen que no es necesario|dijeron que no es necesario|no hace falta|no es necesario|se negaron|no lo tengo|no los tengo|no la tengo|no tengo nada|no tengo ninguno|no he visto nada|no los he visto|no lo han hecho|nada|ninguno|ninguna|creo que no|no creo|nunca|para nada|claro que no|ella dijo que no|él dijo que no|el doctor dijo que no|la enfermera dijo que no|la clínica dijo que no|la clínica dice que no|no se necesita|dicen que no se necesita|parece que no|que no
checklist-heard-wont-say = no dicen|no lo dicen|no quieren decir|no quieren decirlo|no me dicen|no contestan|no responden|no me contestaron|no me respondieron|no está claro|no queda claro|no saben|sin respuesta|lo evitan|evasivos|fueron evasivos|son evasivos|se rieron|se rieron de mí|pregunté pero se rieron|me ignoraron|me ignoran|cambiaron de tema|se enojaron|evitaron la pregunta|no me quieren decir|no quisieron decir|me dijeron que no me preocupe|no han contestado|no han respondido|todavía no contestan|pregunté pero|les pregunté pero|les escribí pero|más o menos|me dicen que no me preocupe|dicen que no me preocupe|dicen que es privado|dicen que es confidencial|me colgaron|que confíe en ellos
checklist-heard-not-asked = no pregunté|no he preguntado|todavía no|aún no|aún no pregunté|no lo he preguntado|no sé|no lo sé|ni idea|no estoy seguro|no estoy segura|preguntaré|voy a preguntar|preguntaré mañana|mañana pregunto|se me olvidó|se me olvidó preguntar|no recuerdo|no me acuerdo|saltar|siguiente|paso|después|luego|tal vez|quizás|quizá|a lo mejor|puede ser|supongo|supongo que sí|todavía no sé|aún no sé|no sé todavía|no sabría decir|que yo sepa no|no estoy seguro todavía|no les he preguntado|todavía no pregunto|todavía no he preguntado|aún no he preguntado|nunca pregunté|tengo que preguntar|debo preguntar|no tengo idea
checklist-within-yes = dijo que sí|dijeron que sí|dice que sí|dicen que sí|me dijeron sí|nos dijeron que sí|contestaron que sí|respondieron que sí
checklist-within-no = dijo que no|dijeron que no|dice que no|dicen que no|nos dijeron que no|contestaron que no|respondieron que no
checklist-within-wont-say = no contestan|no contestaron|nunca contestaron|nos contestaron|me contestaron|no responden|no respondieron|nunca respondieron|no me respondieron|no quieren decir|no quisieron decir|cambiaron de tema|me ignoraron|nos ignoraron|no saben|evadieron|me evadieron
checklist-within-not-asked = no pregunté|nunca pregunté|no les pregunté|nunca les pregunté|no le pregunté|no he preguntado|nunca preguntamos|no preguntamos|ni idea|no sé|no me acuerdo|no recuerdo|se me olvidó|olvidé preguntar
checklist-within-unclear = no hay problema|sin problema|me contestaron que|nos contestaron que|nunca dijo|nunca dijeron|nadie dijo|nadie dice|no dijo|no dijeron|no dice que|no dicen que|no me dijeron|no nos dijeron|nunca me dijeron
checklist-all = a todas|a todo|todas|todo|para todas|en todas
# Lo que puede estar al lado de una respuesta.
checklist-heard-beside = creo|pienso|supongo|diría yo|al parecer|parece|según ellos|según parece|que yo sepa|la verdad|en verdad|realmente|bueno|pues|mmm|hasta ahora|por ahora|al menos|por teléfono|por correo|de palabra|pero|solo|nomás|nada más|a mí|me|eso|a eso
checklist-heard-go-on = continuar|continúa|continúe|seguir|siga|sigue|sigamos|siguiente pregunta|volver a las preguntas|seguir con las preguntas|las preguntas
checklist-heard-restart = reiniciar|de nuevo desde el principio|desde el principio|empezar otra vez
checklist-heard-back = atrás|volver|regresar
typed-none = ninguna|ninguno|no|nop|nada|ninguna de esas|ninguna de estas|ninguna de ellas|ninguna de las dos|ninguno de esos|ninguno de los dos
typed-yes = sí|s|sí por favor|claro|dale|adelante|ambas|ambos|las dos|los dos|todas
typed-fillers = el|la|lo|número|opción|letra|respuesta|pregunta|por|favor|porfa|esa|ese|sí|digo|quiero|quise|decir|es|de|ellas|creo|pienso|supongo|sería|será|pues|entonces|me|quedo|con|mi|tal|vez|quizás|obviamente|definitivamente|claro|seguro|no|perdón|disculpe|gracias|mejor|prefiero|elijo|escojo|oh|ah|eh|ok|bueno|jaja
typed-last = último|última
typed-numbers = uno|una|primero|primera|1a|1o, dos|segundo|segunda|2a|2o, tres|tercero|tercera|3a|3o, cuatro|cuarto|cuarta, cinco|quinto|quinta, seis|sexto|sexta, siete|séptimo|séptima, ocho|octavo|octava, nueve|noveno|novena
typed-and = y|e|o|u|también
typed-because = porque|pero|ya|pues|aunque|es|que|si|como
typed-numbered = número|opción|letra|respuesta|pregunta
typed-definite = el|la|número|opción|letra|respuesta|pregunta|elijo|escojo|quiero|prefiero
typed-times = primera vez|segunda vez|tercera vez|última vez
typed-any = cualquiera|cualquier|cualquiera de ellas|cualquiera de esas|cualquiera está bien|la que sea|el que sea|la que quiera|la que usted quiera|la que quieras|la que usted diga|elija usted|escoja usted|usted elija|usted escoja|elige tú|escoge tú|tú elige|elija una|escoja una|elige una|usted decida|usted decide|decida usted|decide tú|tú decides|me da igual|da igual|me da lo mismo|es lo mismo|no importa|no me importa
typed-nod = ok|vale|bueno|está bien|de acuerdo|entiendo|entendido|ya entendí|ya veo|ya|ah|ajá|oh|listo|perfecto|genial|bien|muy bien|qué bien|qué bueno|interesante|guau|wow|jaja|jajaja|jeje|sale|órale|claro que sí|no lo haré|no lo voy a hacer|no lo hago|no las llevaré|no las voy a llevar|no iré|no voy a ir|no gracias|eso es todo|nada más|espera|espere|espérame|un momento|un minuto|un segundo|un rato|deme un minuto|dame un minuto|déjeme pensar|déjame pensar|déjeme pensarlo|déjame pensarlo|déjeme ver|déjame ver|déjeme leer|déjame leer|lo voy a pensar|voy a pensarlo|lo pensaré|tengo que pensarlo|perdón|perdone|disculpe|disculpa|lo siento|ups|no se preocupe|no te preocupes|no pasa nada|no hay problema|dios mío|ay dios|ay dios mío|ay no|oh no|híjole|caramba|no sabía|no lo sabía|no sabía eso|no tenía idea|qué mal|qué feo|qué horror|qué terrible|qué barbaridad|increíble|no sé|no lo sé|ni idea|quizás|quizá|tal vez|a lo mejor|supongo|supongo que sí|a ver|vamos a ver|ya veremos|voy a preguntar|les voy a preguntar|les preguntaré|mañana les pregunto|les pregunto mañana|voy a llamar|les voy a llamar|mañana llamo|no importa|olvídelo|olvídalo|da igual|bueno pues|pues bueno|no más|nomás
typed-else = otra cosa|me refería a otra cosa|es otra cosa|es sobre otra cosa|otra pregunta|tengo otra pregunta|siguiente pregunta|cambiemos de tema|volver|atrás
typed-missed = eso no|no es eso|no era eso|eso no es|no me refería a eso|no pregunté eso|no le pregunté eso|no te pregunté eso|yo no pregunté eso|eso no es lo que pregunté|eso no fue lo que pregunté|no es lo que pregunté|no fue lo que pregunté|esa no es mi pregunta|esa no era mi pregunta|no era mi pregunta|pregunté otra cosa|yo pregunté otra cosa|quería saber otra cosa|usted no respondió mi pregunta|usted no contestó mi pregunta|no respondiste mi pregunta|no respondes mi pregunta|eso no responde mi pregunta|eso no contesta mi pregunta|no me entendió|no me entendiste|me entendió mal|me entendiste mal|no entendió mi pregunta|respuesta equivocada|esa no es la respuesta|eso está mal|equivocado|eso no me ayuda|eso no me sirve|no me sirve|no me sirvió
typed-again = otra vez|de nuevo|repita|repítalo|repite|repítelo|una vez más|cómo dijo|qué dijo|mande|cuál era la pregunta|cuál es la pregunta|repita la pregunta|repite la pregunta|lo último|repite lo último|repita lo último|repetir|repetirlo|repetir lo último|la última respuesta|lo de antes|qué dijo antes|qué fue lo último
typed-simpler = más simple|más sencillo|más fácil|más corto|más breve|en pocas palabras|en palabras sencillas|resuma|resumen|resumido|explique|explíqueme|explíquelo|muy largo|demasiado largo|no entiendo|no entendí|no comprendo|no le entiendo|qué significa eso|qué quiere decir|más claro|no está claro|no me queda claro|no es claro|fácil|palabras fáciles|en palabras fáciles|palabras sencillas|con palabras sencillas|estoy confundido|estoy confundida|me confunde|es confuso|qué confuso|muchas palabras|demasiadas palabras|demasiado texto|mucho texto|es mucho texto|es mucho para leer|hágalo corto|hazlo corto|en corto|en resumen|la versión corta|resúmalo|resúmelo|explíquelo fácil|explíquemelo|explíquemelo fácil|más despacio|más cortito|cortito|corto|en una frase|en una sola frase|en una oración|en una línea|explícame|explícamelo|explíqueme mejor|explícame mejor|explicar mejor|explicar más simple|mejor explicado|con peras y manzanas|con manzanas|peras y manzanas|en cristiano|como a un niño|como si tuviera cinco años|con otras palabras|en otras palabras|sin tecnicismos|simple|sencillo|sencillito|más facilito|facilito|no entendí nada|no entiendo nada|no le entendí|no te entendí|está muy largo|es muy largo|qué largo|está largo
typed-more = más|más detalles|más información|siga|sigue|continúe|continúa|algo más|qué más|hay más|cuénteme más|es todo|de verdad|en serio|neta|la neta
typed-sure = está seguro|está segura|estás seguro|seguro|es cierto|es verdad|eso es cierto|eso es verdad|es correcto|cómo lo sabe|cómo sabe eso|cómo sabes|no es cierto|no es verdad|eso no es cierto|eso no es verdad|eso es mentira|es mentira|no lo creo|no le creo|no te creo|lo dudo|de dónde saca eso|de dónde lo saca|de dónde sacó eso|según quién|pruébelo|cómo lo sabes|cómo sabes eso|cómo sabe|cómo lo sabe usted|estás segura|seguro que sí|eso es verdad|no es así|quién dice eso|quién lo dice|y quién lo dice|quién dijo eso|está seguro de eso|está segura de eso|estás seguro de eso|de veras es cierto|quién le dijo eso|quién te dijo eso
typed-what = por qué|y por qué|cómo|cómo así|cómo exactamente|qué|qué exactamente|en qué sentido|a qué se refiere|a qué te refieres|por qué no|pero por qué|pero por qué no|y por qué no|y cómo|pero cómo|qué quiere decir con eso|qué quieres decir
typed-said = ya lo dijo|ya dijo eso|eso ya lo dijo|ya me lo dijo|ya lo dijiste|se repite|te repites|no se repita|deje de repetir|siempre lo mismo|lo mismo otra vez|la misma respuesta|eso ya lo sé|ya lo sé|ya me lo dijiste|ya me dijiste eso|ya dijiste eso|eso ya me lo dijo|eso ya me lo dijiste|me repites lo mismo|deja de repetir|deja de repetirlo|no repitas
typed-open = pregunta|una pregunta|tengo una pregunta|tengo una duda|una duda|quiero preguntar algo|quisiera preguntar algo|le quiero preguntar algo|una pregunta más|otra duda|una última pregunta|preguntar algo|preguntarle algo|preguntarte algo|te puedo preguntar algo|le puedo preguntar algo|puedo preguntar algo|puedo preguntarle algo|puedo preguntarte algo|puedo hacer una pregunta|puedo hacerle una pregunta|una cosa más|otra cosita|una preguntita|una cosita
typed-sad = llorando|estoy llorando
typed-leave = parar|pare|alto|basta|salir|cancelar|terminar|dejarlo|ya no más|no más preguntas|quiero parar|quiero salir|quiero terminar|no quiero seguir|dejémoslo aquí|para|ya para|para ya|detente|deténgase|ya basta|es suficiente|suficiente|dejar|fin
typed-stop = pare|alto|basta|salir|cancelar|para|ya para|para ya|detente|deténgase|ya basta|suficiente|es suficiente|no más preguntas
typed-sources-of = fuente de lo que me|la fuente de lo que me|fuentes de lo que me|las fuentes de lo que me
typed-believe = usted le cree|le cree usted|tú le crees|le crees|usted lo cree|lo cree usted|tú lo crees|usted qué piensa|qué piensa usted|qué opina usted|qué opina|qué opinas|qué opinas tú|qué piensas tú|tú qué piensas|tú qué opinas|usted qué opina|está de acuerdo con él|estás de acuerdo con él|está usted de acuerdo con él|cuál es su opinión|su opinión
typed-forget = olvídeme|olvídame|bórreme|bórrame|borre mis datos|borra mis datos|borre todos mis datos|borra todos mis datos|borre todo|borra todo|bórrelo todo|bórralo todo|borre todo lo mío|borra todo lo mío|borre todo sobre mí|borra todo sobre mí|borre todo lo que le dije|borra todo lo que te dije|olvide todo lo que le dije|olvida todo lo que te dije|borre lo que le dije|borra lo que te dije|borre lo que escribí|borra lo que escribí|borre mis mensajes|borra mis mensajes|elimine mis datos|elimina mis datos|elimine todo|elimina todo|borrar mis datos|borrar todo|borre este chat|borra este chat|borre mi información|elimine mi información|borre todo lo que sabe de mí
typed-errand = puede preguntarles|puede usted preguntarles|podría preguntarles|puedes preguntarles|les puede preguntar|les puedes preguntar|puede llamarlos|puede usted llamarlos|puedes llamarlos|los puede llamar|les puede llamar|puede llamar a la clínica|puede preguntar a la clínica|puede preguntarle a la clínica|puedes preguntarle a la clínica|puede escribirles|puede usted escribirles|puede escribirle a la clínica|pregúnteles usted|pregúntales tú|llámelos usted|puede hablar con ellos|puede hablar con la clínica
typed-other = la otra|el otro|la otra pregunta|esa no|la que no elegí|otra|otro
typed-wrong = no|perdón|sino|mejor|quise decir|quería decir|me refería a|digo
typed-sources = fuente|fuentes|la fuente|las fuentes|qué dice la fuente|qué dicen las fuentes|muéstreme la fuente|de dónde viene eso|de dónde es eso|cuál fuente|qué fuente|cuál es la fuente|dónde dice eso|dónde lo dice|en dónde dice eso|dónde está escrito|dónde está escrito eso|dónde dice|enséñeme dónde|muéstreme dónde|muéstrame dónde|en qué parte|en qué parte dice eso|qué parte|qué pasaje|cita|una cita|la cita|cítelo|referencia|una referencia|enlace|el enlace|link|el link|tiene un enlace|páseme el enlace|pásame el link|la fuente de eso|fuente de eso|de qué fuente|su fuente|cuál es su fuente|sus fuentes|de dónde saca la información
typed-checklist = lista|la lista|cuestionario|el cuestionario|lista de preguntas|la lista de preguntas|lista de verificación|la lista de verificación|empezar la lista|empezar el cuestionario|muéstreme la lista|muéstreme el cuestionario|quiero la lista|quiero hacer el cuestionario
typed-topics = temas|los temas|ver temas|lista de temas|menú
typed-hush = cállate|cállese|callate ya|callarte|callarse|calla|silencio|deja de contestar|deja de responder|deja de escribir|deje de contestar|deje de responder|deje de escribir|deja de hablar|no contestes|no respondas|no conteste|no responda|para ya|basta ya|nadie te preguntó|nadie le preguntó|puedes callarte|puede callarse|te puedes callar|se puede callar|te callas|se calla|apágate|apáguese|vete|vete de aquí|déjanos en paz|déjame en paz|cómo te apago|cómo te apagamos|cómo lo apago|cómo se apaga|cómo te callo|cómo te callamos|cómo te silencio|cómo te silenciamos|cómo lo silencio|cómo lo silenciamos|cómo se silencia|cómo te desactivo|cómo te desactivamos|cómo se desactiva|cómo te quito|cómo te quitamos|cómo te paro|cómo hago que te calles|cómo hacemos que te calles|cómo hago para que te calles|cómo hacemos para que te calles|cómo hago para callarte|cómo te puedo apagar|cómo te puedo callar|cómo te puedo silenciar
typed-hush-beside = bot|el bot|este bot|al bot|robot|por favor|porfa|ya|ahora|oye|hey|ok|bueno|pues|tú|usted|estúpido|pesado|de una vez|aquí|en este grupo|gracias|a ver|y
typed-cited = qué|dice|dicen|significa|significan|es|son|el|la|los|las|pasaje|pasajes|fuente|fuentes|muéstreme|muestre|y|de|por|favor|cuál|número|exactamente|texto|cite|deme|léame
typed-language = spanish|in spanish|speak spanish|español|en español|castellano|en castellano|to spanish|into spanish|al español|al castellano|versión en español
typed-translate = traduce|tradúcelo|tradúcela|tradúceme|tradúcemelo|traduzca|tradúzcalo|tradúzcamelo|traducilo|traducímelo|me lo traduces|me lo traduce|lo traduces|lo traduce|puedes traducirlo|puede traducirlo|puedes traducir|puede traducir|podés traducirlo|traducirlo|traducir|traducción|una traducción|la traducción|qué idioma es ese|en mi idioma|en nuestro idioma
typed-language-beside = lo mismo|y|qué|qué es|qué dice|qué dijo|qué dijiste|qué dice eso|qué dice ahí|qué dijo el bot|no entiendo|no entendí|no le entendí|no te entendí|no lo entiendo|no entiendo nada|no comprendo|traduce|tradúcelo|tradúceme|tradúzcalo|traducilo|traducirlo|alguien|bot|quiero|lo quiero|necesito|lo necesito|pero|hay|tiene|tienes|versión|escribe|escriba|responde|responda|contesta|conteste|eso en|esto en|a|al|ahora en|mejor
typed-polite = por favor|porfa|puede|puedes|podría|me|me lo|lo|eso|ahora|entonces|y|pues|diga|dígame|dígalo|dímelo|hable|habla|hábleme|háblame
typed-asides = espere|espera|oiga|oye|mire|mira|ah|oh|eh|bueno|ok|vale|ay|perdón|perdone|disculpe|disculpa|gracias|muchas gracias|hola|sí|pero|un momento|señor|señora|amigo|por cierto|la verdad|a mí|por mí|para mí|usted|explicar|explicarlo|un poco|podés|podrías|quiero|deme|dame
nod = Aquí estoy. Pregúnteme más cuando quiera.
stopped = De acuerdo, lo dejamos ahí. Aquí estoy cuando quiera saber más.
what-about = No sé bien a qué se refiere. Escríbalo en una frase, por favor, o vea los temas.
believe = Soy un programa: no creo nada ni tengo opinión. Solo transmito lo que dice { $document }, y de quién es cada palabra.
forget-offer = Puedo borrar ahora lo que guardo de usted. Toque el botón, o envíe /forget.
forget-button = Borre lo que guarda de mí
forget-heard = sí|hágalo|hazlo|sí hágalo|sí hazlo|sí por favor|bórrelo|bórralo|adelante|dale|claro
errand = No puedo escribirle ni llamar a nadie: soy un programa, y solo respondo aquí. Tendría que preguntarles usted.
errand-checklist = Con el botón de abajo repasamos las preguntas que hay que hacerles, y al final queda un mensaje que puede copiar y enviar.
no-more =
    En pocas palabras:
    { $sentence }

    Eso es todo lo que tengo sobre esto.
no-more-guardrail = Mi respuesta de arriba es todo lo que puedo decir sobre eso. Si le entendí mal, lo siento.
said-already = Tiene razón, y es todo lo que tengo sobre eso.
perhaps-these = Tal vez quiera saber una de estas cosas. O pruebe con otras palabras.
other-words = Pruebe con otras palabras, o vea los temas.
in-short =
    En pocas palabras:
    { $sentence }
above-button = La respuesta completa, arriba
help-group =
    En este grupo respondo a “/ask” seguido de una pregunta, a “/ask” enviado como respuesta a la pregunta de alguien, y a las respuestas a mis propios mensajes. Si hay otros bots, escriba “/ask@{ $username }”: puede que un simple “/ask” no me llegue.
# Lo que sigue, según lo que han elegido los administradores.
help-group-asked = En todo lo demás no me meto. Los administradores pueden cambiarlo con /settings.
help-group-helpful = También respondo cuando se menciona mi nombre y, de vez en cuando, a lo que alguien pregunta claramente a todos. Los administradores pueden cambiarlo con /settings.
help-group-quiet = Por ahora lo hago solo para los administradores de este grupo, y para cualquiera en una emergencia. Los administradores pueden cambiarlo con /settings.
ask-how = Envíe /ask seguido de su pregunta, por ejemplo: /ask { $example }
ask-how-group = Envíe /ask seguido de su pregunta, o como respuesta a la pregunta de otra persona. Por ejemplo: /ask { $example }
only-text-group = No puedo ver imágenes ni oír mensajes de voz. Envíe /ask seguido de la pregunta en pocas palabras.
hush = Un administrador de este grupo puede hacer que me calle: /settings, y luego “{ $quiet }”.
hush-admin = Con el botón solo respondo aquí a los administradores, y a los demás solo en una emergencia. Con /settings se cambia otra vez.
topics-title = Elija un tema:
topic-title = { $topic }: elija una pregunta.
did-you-mean-this = No sé bien qué quiere saber. ¿Es esto?
did-you-mean = No sé bien qué quiere saber. ¿Es una de estas preguntas?
did-you-mean-which = ¿Cuál de ellas quiere decir?
any-of-these = No puedo saber cuál le sirve más. Quizás empiece por la primera:
unread = No tengo una respuesta a eso, o no veo cuál de estas quiere decir. ¿Es una de ellas?
also-chosen = También eligió “{ $question }”: toque ese botón, aquí abajo.
missed-this = Siento no haber entendido su pregunta. ¿Es esta?
missed = Siento no haber entendido su pregunta. ¿Es una de estas?
missed-group = Siento no haber entendido su pregunta. Hágala con otras palabras, en respuesta a este mensaje.
did-you-mean-how = Toque un botón, o escriba su número.
# $clause is a part of what the person wrote.
answers-clause = Esto responde a lo que usted escribió: “{ $clause }”
may-be-danger = Si lo que escribió trata de “{ $question }”, por favor toque primero ese botón, aquí abajo.
urgent-how = Si no es eso lo que necesita, toque “{ $other }”, o escriba su pregunta con unas palabras más.
urgent-whole = Muéstreme todo otra vez
urgent-else = Otra cosa
urgent-first = { $sentence } Y sobre lo que escribió:
relieved-denied = De acuerdo, entonces nadie está en peligro. Si eso cambia, pida ayuda enseguida.
relieved-well = Me alegra saberlo. Si empeora, o si tiene dudas, pida ayuda de todos modos.
relieved-help = Me alegra que tenga ayuda. Si empeora, vuelva a llamar.
relieved-next = ¿Qué quisiera saber?
relieved-number = Y por si hace falta: { $sentence }
urgent-what-else =
    De acuerdo. ¿Qué quiere saber? Escríbalo en una frase, o vea los temas.
also-asked = También preguntó otra cosa. Creo que es “{ $question }”: toque ese botón, aquí abajo, o pregúntelo otra vez por separado.
none-of-these = Ninguna de estas
back-to-topics = Volver a todos los temas
back-to-topic = Volver a: { $topic }
sources-button = Lo que dice la fuente
share-button = Compartir
share-text =
    { $question }

    { $answer }

    Fuente: { $origin }. Información general; no es consejo legal ni médico.
topics-button = Ver los temas
read-button = Leer { $document }
# Debajo de eso, en un grupo, donde no se oye a quien solo escribe.
decline-group-asked = Aquí solo oigo lo que empieza con /ask o responde a un mensaje mío.
decline-group-helpful = Pregúnteme con /ask, por mi nombre o en respuesta a un mensaje mío. Lo que la gente se pregunta entre sí solo lo respondo de vez en cuando.
decline-group-quiet = Aquí respondo a los administradores del grupo, y a los demás solo en una emergencia.
# Y donde se menciona al bot sin que sea miembro.
decline-guest = Para ver los temas, toque el botón.
decline =
    No tengo una respuesta para eso. Solo sé lo que dice “{ $title }”.

    Pruebe con otras palabras, o vea los temas.
# Lo mismo donde acaba de darse una respuesta.
decline-after = No tengo una respuesta para eso, o no entiendo qué quiere decir después de mi última respuesta.
decline-grave =
    Lo siento. Para eso no tengo una buena respuesta: soy un programa, y aquí nadie más lee lo que escribe.

    Si alguien está en peligro, o usted no puede más, toque el primer botón. Si no, pruebe con otras palabras, o vea los temas.
decline-kindly =
    Lo siento. Para eso no tengo una buena respuesta: soy un programa, y aquí nadie más lee lo que escribe.

    Pruebe con otras palabras, o vea los temas.
decline-alarmed =
    Soy un programa: aquí nadie más lee, y para su último mensaje no tengo mejor respuesta. El primer botón lo muestra todo otra vez.

    Si ya nadie está en peligro, escríbamelo. O pregunte con otras palabras, o vea los temas.
# Tras un mensaje en un idioma que no está entre $languages; lo mismo en otros idiomas está en foreign/sentences.ftl.
decline-foreign = Lo siento, no puedo responder en el idioma de su mensaje. Solo entiendo: { $languages }. En una emergencia llame ya al número de emergencias local: 911 en Norteamérica, 112 en Europa.
none-chosen =
    Entonces parece que no tengo la respuesta. Pruebe con otras palabras, o vea los temas.
only-text = Solo puedo leer texto. Por favor, escriba su pregunta en pocas palabras.
no-such-number =
    { $count ->
        [one] Aquí hay un solo botón: escriba 1, o pregunte con sus propias palabras.
       *[other] Los botones de aquí llevan los números del 1 al { $count }. Escriba uno, o pregunte con sus propias palabras.
    }
not-there = Eso ya no está aquí. Envíe /topics para ver lo que hay.
command-meant = No conozco el comando { $typed }. ¿Quiso decir { $meant }?
command-unknown = No conozco el comando { $typed }.
# Tras veinte preguntas en un minuto; se dice una vez, y después nada hasta que pase el minuto.
too-many = Eso fue mucho de una vez. Por favor, tómese un minuto para leer lo que le envié y siga preguntando después. Aquí estaré.
trouble = Algo falló de mi lado, no del suyo. Por favor, inténtelo de nuevo en un minuto.
late = Disculpe la espera: estuve fuera de servicio un rato. Esto es lo que puedo decir sobre lo que escribió.
# Solo para quien administra el bot.
reload-begun = Estoy leyendo de nuevo la base de conocimientos. Puede tardar medio minuto. Hasta entonces respondo con la que tengo.
reload-done =
    { $count ->
        [one] Listo. Ya respondo con la nueva base de conocimientos: una entrada.
       *[other] Listo. Ya respondo con la nueva base de conocimientos: { $count } entradas.
    }
reload-unchanged =
    { $count ->
        [one] No ha cambiado nada. Ya respondo con ella: una entrada.
       *[other] No ha cambiado nada. Ya respondo con ella: { $count } entradas.
    }
reload-refused =
    { $count ->
        [one] La base de conocimientos modificada no se puede usar, así que sigo con la que tengo. Esto está mal:
       *[other] La base de conocimientos modificada no se puede usar, así que sigo con la que tengo. Hay { $count } cosas mal:
    }
reload-mend = Para arreglarlo: { $mend }
reload-more = … y { $count } más. “advisory-bot check” las muestra todas.
reload-failed = No se pudo aprender la base de conocimientos modificada, así que sigo con la que tengo. Qué pasó: { $reason }
outside-mark = Esto no está en { $document }:
source-line = Fuente: { $who }.
source-none = Fuente: ninguna; esto no está en { $document }.
sources-unnamed = Esta base de conocimientos no nombra sus fuentes.
source-bot = Esto se refiere al propio bot.
voice-advisory = { $document }
voice-agency = un texto oficial que se cita ahí
voice-author-reply = la respuesta del autor a un comentario
voice-reader = el comentario de un lector (sin verificar)
voice-pingback = un enlace desde otro sitio
sources-title = Lo que dice la fuente, en resumen ({ $origin }):
sources-about =
    Todo lo que digo viene de una sola página y de los comentarios que tiene debajo: “{ $title }”, { $origin }.

    Tengo { $passages } pasajes numerados de esa página, cada uno resumido con nuestras propias palabras. Debajo de cada respuesta se indica de quién son las palabras en que se apoya: del autor, de un texto oficial que la página cita, de la respuesta del autor a un comentario, o del comentario de un lector. Nadie verificó lo que dicen los lectores.

    { $disclaimer }
privacy-short = Lo que usted escribe está cifrado, y se borra en cuanto lo respondo, por lo general después de un segundo. Durante unos minutos recuerdo, solo en la memoria, de qué hablamos por última vez, para entender lo que siga. De lo que escribe guardo por más tiempo solo lo que usted envíe a las personas que escriben las respuestas, sin su nombre. /forget borra lo que guardo de usted.
privacy-whole = Todo, en detalle:
privacy-text =
    Lo que usted escribe se guarda, cifrado, hasta que lo respondo: por lo general, un segundo. Después se borra. Así su pregunta no se pierde si dejo de funcionar en ese momento. Lo que no se puede responder se borra a más tardar después de una semana.

    Durante una semana guardo el número que Telegram da a cada mensaje, para no responderlo dos veces. Con él no guardo ni su texto ni de quién era.

    Durante un máximo de { $minutes } minutos recuerdo qué respuesta recibió usted por última vez, para entender una pregunta que siga a esa, y a qué mensaje suyo responde, para corregirla si usted lo edita. Si no encontré respuesta a lo que usted me contó, lo recuerdo durante ese mismo tiempo, para leer junto con eso lo que pregunte después. Eso está solo en la memoria, y desaparece cuando me reinician.

    En nuestro chat privado recuerdo sus últimas preguntas, solo en la memoria, durante 15 minutos, para que pueda enviar una a las personas que escriben las respuestas. Primero verá lo que se enviaría, sin nombres, números, direcciones ni enlaces. Solo se guarda lo que usted envíe, cifrado y sin su nombre, durante 90 días. Las palabras que me ayudan a entender preguntas así se quedan más tiempo, sin ninguna relación con usted.

    Debajo de una respuesta puede decir si le sirvió. Lo cuento para esa respuesta, sin anotar quién lo dijo. También cuento cuántas preguntas hay en un día y sobre qué, sin guardar qué se escribió ni quién lo escribió.

    Si elige un idioma con /language, o me pide uno, guardo esa elección hasta que elija “{ $automatic }” o envíe /forget.

    Durante un máximo de { $walk } minutos recuerdo en qué idioma escribió, qué botones (o qué texto sobre mí) le mostré por última vez, debajo de qué respuesta, y qué otra cosa pudo querer saber, para que también pueda escribir lo que elige. Todo esto está solo en la memoria.{ $checklist }

    En mis registros (logs) no se anotan ni textos ni nombres. Telegram sí ve sus mensajes, como con cualquier bot. En los grupos, por lo general, solo me muestra los comandos y las respuestas a mis mensajes. Donde soy administrador, o si así lo quiere quien me administra, me muestra todos los mensajes, y guardo cada uno del mismo modo hasta que lo he mirado o pasado por alto. /settings les dice a los administradores de un grupo si es así.

    De un grupo guardo lo que sus administradores eligieron con /settings, hasta que me sacan de él. Si quieren que ayude sin que me pregunten, miro cada mensaje y lo descarto, y anoto qué respuestas di así en el último día.

    /forget borra lo que guardo de usted.

    Este bot está a cargo de { $operator }.
privacy-checklist = También hasta dónde ha llegado con /checklist. Sus respuestas allí forman parte de sus botones, y esos los guarda Telegram con el chat.
forgotten = Listo. Borré lo siguiente:
forgotten-waiting =
    { $count ->
        [one] un mensaje suyo que todavía esperaba respuesta
       *[other] { $count } mensajes suyos que todavía esperaban respuesta
    }
forgotten-settings = los ajustes de nuestro chat
forgotten-suggestions =
    { $count ->
        [one] el texto que envió a las personas que escriben las respuestas
       *[other] { $count } textos que envió a las personas que escriben las respuestas
    }
forgotten-remembered = qué respuesta recibió por última vez, y lo que me contó después
forgotten-drafts =
    { $count ->
        [one] una pregunta que recordé unos minutos
       *[other] { $count } preguntas que recordé unos minutos
    }
forgotten-checklist = hasta dónde había llegado con /checklist
forgotten-written = en qué idioma escribió
forgotten-offers = qué le mostré por última vez
forgotten-elsewhere = lo demás que recordaba de lo que hablamos, aquí y en grupos: desaparece en unos segundos
forgotten-nothing = No tengo nada suyo que borrar: sus mensajes desaparecen en cuanto los respondo. Lo que está en este chat lo guarda Telegram, y usted puede borrarlo ahí.
# Under an answer in a group. The first opens the private chat at the same answer.
private-button = Respóndame en privado
remove-button = Quitar
removed = Esta respuesta se quitó.
# At most 200 characters, as for all notices that are shown at the top of the screen.
remove-not-yours = Solo quien preguntó y los administradores de este grupo pueden quitarla.
none-not-yours = Eso solo lo puede elegir quien preguntó.
unasked-note = Nadie me preguntó. Si esto no ayuda, toque “Quitar”. Administradores: /settings.
clean-nothing = No recuerdo ningún mensaje mío aquí que pueda borrar. Para borrar uno, responda a él con /clean, si no tiene más de dos días.
group-introduction = Hola. Respondo preguntas sobre “{ $title }”: envíe /ask seguido de su pregunta, o /ask como respuesta a la pregunta de otra persona. Si hay otros bots, escriba /ask@{ $username }.
group-hears-little = Solo puedo leer comandos y respuestas a mis mensajes.
group-hears-all = Telegram me deja leer todos los mensajes de aquí, pero solo reacciono a comandos y a respuestas a mis mensajes, a menos que un administrador quiera más.
group-quieting = Los administradores pueden pedirme silencio con /settings.
settings-title = Cómo me comporto en este grupo
settings-private = Los ajustes son para grupos: envíe /settings allí, como administrador. Para nuestro chat está /language.
settings-admins-only = Solo los administradores de este grupo pueden cambiar mis ajustes.
settings-done = Listo
settings-mode-asked = Cuándo respondo: cuando me preguntan, con /ask o respondiendo a un mensaje mío. En todo lo demás no me meto.
settings-mode-helpful = Cuándo respondo: también cuando alguien pregunta claramente a todos algo para lo que tengo respuesta. Lo hago como mucho una vez cada { $minutes } minutos, sin sonido, y no doy la misma respuesta dos veces al día. En una emergencia respondo enseguida, y a quien cuenta de un peligro de muerte le digo adónde llamar.
settings-mode-quiet = Cuándo respondo: solo cuando me pregunta un administrador. En una emergencia, también cuando cualquier otra persona me pregunta con /ask o responde a un mensaje mío; en lo que se escriben entre ustedes no me meto tampoco entonces.
settings-shown = Telegram me muestra todos los mensajes de aquí, los necesite o no. Guardo cada uno, cifrado, hasta que lo he pasado por alto: por lo general, un segundo.
settings-hears = Para esto miro todos los mensajes de aquí. Guardo cada uno, cifrado, hasta que lo he mirado: por lo general, un segundo.
settings-deaf = Todavía no puedo hacerlo: Telegram solo me muestra comandos y respuestas a mis mensajes. Hágame administrador de este grupo (no necesito permisos para eso). O pida a quien me administra que apague mi modo de privacidad en @BotFather, y después quíteme y agrégueme otra vez.
settings-language-auto = Idioma: el de la aplicación de Telegram de quien pregunta.
settings-language-chosen = Idioma: { $language }.
settings-length-full = Largo: la respuesta entera, plegada después de la primera frase.
settings-length-first = Largo: la primera frase. Lo que toca a la seguridad de alguien va entero.
settings-private-on = Respuestas en privado: debajo de cada respuesta un botón la abre en un chat privado conmigo.
settings-private-off = Respuestas en privado: no las ofrezco.
settings-button-mode-asked = Si me preguntan
settings-button-mode-helpful = Ayudar
settings-button-mode-quiet = Silencio
settings-button-language-auto = El de cada uno
settings-button-length-full = Respuesta entera
settings-button-length-first = Primera frase
settings-button-private-on = Ofrecer en privado
settings-button-private-off = No ofrecer
# Below the letters that somebody types behind the bot’s name in any chat; at most 64 characters.
inline-button = Pregúnteme en privado
inline-nothing = No encuentro nada. Pregúnteme en privado
inline-too-many = Una pausa corta, por favor; luego siga
# For a mention in a chat that the bot isn’t in.
guest-title = Respuesta
guest-how = Escriba su pregunta después de @{ $username }, o responda a la pregunta de otra persona con @{ $username }.
# Enviar una pregunta a las personas que escriben las respuestas.
suggest-button = Sugerir esta pregunta, sin mi nombre
suggest-offer = Lamento que no fuera lo que preguntó. ¿Envío su pregunta, sin su nombre, a las personas que escriben las respuestas? Primero verá lo que se enviaría.
suggest-show = Ver lo que se enviaría
suggest-preview = A las personas que escriben las respuestas se enviaría esto, y nada más:
suggest-hidden = Las palabras entre [corchetes] están en lugar de algo que quité.
suggest-terms =
    Su nombre no se envía. Por favor, mire si alguna otra cosa del texto muestra quién es usted. Si es así, no lo envíe, y pregunte otra vez sin eso.

    Se guarda cifrado, y se borra después de { $days } días, o enseguida con /forget. Si se usa para que yo entienda preguntas así, sus palabras se quedan, sin ninguna relación con usted. Nadie le responde personalmente.
suggest-send = Enviar
suggest-drop = No enviar
suggest-sent = Enviado, gracias. Las personas que escriben las respuestas leerán esto:
suggest-dropped = No se envió nada, y olvidé la pregunta.
suggest-gone = Ya no recuerdo esa pregunta. Por favor, hágala otra vez y envíela entonces.
suggest-nothing = Si quito lo que podría mostrar quién es usted, no queda nada de ese mensaje. Por favor, pregunte con otras palabras.
suggest-enough = Todavía no se han leído varias preguntas suyas. Por favor, envíe más dentro de unos días.
# Para los responsables. Preguntas que la gente envió.
review-none = No hay ninguna pregunta pendiente.
review-through = Esa era la última. Las que dejó para después vuelven con /review.
review-title =
    { $total ->
        [one] Hay una pregunta pendiente.
       *[other] Hay { $total } preguntas pendientes, en { $groups } grupos.
    }
review-title-many = Hay { $total } preguntas pendientes. Primero se muestran las más antiguas, y las nuevas cuando estén resueltas.
review-alike =
    { $count ->
        [one] Otra parecida:
       *[other] { $count } más parecidas:
    }
review-ask = ¿De qué entrada es? La entrada la toma como una forma más de preguntar. Entonces la aprendo, lo que tarda hasta un minuto.
review-elsewhere = Otra entrada
review-wanted = Hace falta una entrada nueva
review-off-topic = Otro tema
review-delete = Borrar
review-next = Después
review-undo = Deshacer
review-learning = La estoy aprendiendo. Tarda hasta un minuto; mientras tanto sigo respondiendo.
review-gone = Otra persona ya decidió sobre eso, o se borró, o venció su plazo.
review-known = Nada nuevo: alguna entrada ya tiene esa forma de preguntar. Bórrela.
review-steals =
    No la agregué: con ella, “{ $phrasing }”, una forma de preguntar “{ $entry }”, se respondería con “{ $thief }”.{ $others ->
        [0] {""}
       *[other] {" "}Lo mismo pasa con { $others } más.
    }
review-failed = No la agregué: no pude aprenderla ({ $reason }).
review-did-attach = A partir de ahora respondo a esto con
review-did-wanted = Anotado: hace falta una entrada nueva para esto.
review-did-off-topic = Anotado: es de otro tema.
review-did-delete = Borrado.
review-did-undo = Deshecho. Está pendiente otra vez: /review
# Para los responsables. Cuántas preguntas hubo.
stats-summary =
    { $days ->
        [one] En un día
       *[other] En { $days } días
    }: { $total ->
        [one] una pregunta
       *[other] { $total } preguntas
    }. Con respuesta { $answer }, con una pregunta mía { $clarify }, sin respuesta { $decline }. Enviadas y pendientes: { $waiting } (/review).
stats-by-day = Preguntas por día
stats-by-week = Preguntas por semana
stats-answer = respondidas
stats-clarify = pregunté
stats-decline = sin respuesta
stats-short-answer = resp.
stats-short-clarify = preg.
stats-short-decline = sin r.
stats-asked = Lo más preguntado
stats-disliked = No sirvió : sirvió, desde el principio
stats-nothing = Nada todavía.
nobody-named = una persona que aquí no dice su nombre
command-ask = Hacer una pregunta
command-topics = Ver los temas
command-sources = De dónde vienen las respuestas
command-language = Elegir mi idioma
command-help = Qué puedo hacer
command-privacy = Qué guardo de lo que escribe
command-review = Ver lo que la gente envió
command-stats = Las preguntas y qué fue de ellas
command-reload = Leer de nuevo la base de conocimientos
command-forget = Borrar lo que guardo de usted
command-settings = Cómo me comporto en este grupo
command-clean = Borrar mis mensajes en este grupo
feedback-helped = Me sirvió
feedback-not-helped = No me sirvió
feedback-not-asked = No es lo que pregunté
feedback-unclear = No se entiende
feedback-outdated = Es incorrecto o ya no vale
feedback-thanks = Gracias. Ya lo conté, sin anotar quién lo dijo.
feedback-why = Gracias. ¿Por qué no le sirvió? Elija uno de los botones.
bot-description =
    Respondo preguntas sobre “{ $title }”. Cada respuesta la escribieron personas de antemano, y si no tengo ninguna, se lo digo. Información general; no es consejo legal ni médico.
bot-short-description = Respuestas que escribieron personas de antemano; si no hay ninguna, lo dice.
