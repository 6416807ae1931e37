# The bot's own words in English. Plain text: nothing here is read as mark-up.
# Format: https://projectfluent.org/fluent/guide/

greeting =
    Hello. I answer questions about { $document }.

    Ask in your own words, for example: “{ $example }” Or send /topics to look around.

    { $disclaimer }
# What $document is: with the author, publisher and date, and where nobody has named them.
document-from = “{ $title }” ({ $origin })
document-titled = “{ $title }”
# What the document is called in a sentence, as $document, unless a curator has named it.
document-called = the document
help =
    Ask me anything, in your own words. I look for the answer that fits, among answers that were written beforehand. Where one rests on somebody’s words, I show whose and where they are. I make nothing up. Where I have no answer, I tell you so.

    /topics – look around by topic
    /ask – ask a question (needed in groups)
    /sources – where the answers come from
    /language – choose my language
    /privacy – what I keep of what you write
    /forget – delete that
# The next one is shown to people to whom the bot speaks another language, so that they find theirs.
language-offer = Do you prefer English? Send /language english
language-menu =
    I speak { $language } with you. Which language do you prefer?

    Press a button, or write the name of the language after the command, like this: /language { $example }
language-automatic = As in my Telegram app
language-set = From now on I speak { $language } with you. To change that, send /language.
language-follows = From now on I follow the language of your Telegram app. Right now I speak { $language }.
language-group = In a group I speak the language of your Telegram app, or the one that its admins have chosen with /settings. In our private chat you can choose one with /language.
# Shown with an answer or a checklist that isn't translated; $language is the one that it is in.
only-in = So far this is only in { $language }.
answers-only-in = So far my answers are only in { $language }, and I understand questions best in { $language }.
# A line more in the list of commands, where the advisory has a checklist called $title.
help-checklist = /checklist – { $title }
# The checklist goes through questions one by one. The four replies are buttons.
checklist-progress = Question { $number } of { $total }. Press a button, or write “yes”, “no”, “they won’t say” or “not asked yet”.
checklist-keep = I keep your replies no longer than this conversation. You can stop at any time, and go on with the buttons or with /checklist.
checklist-yes = Yes
checklist-no = No
checklist-wont-say = They won’t say
checklist-not-asked = I haven’t asked yet
checklist-back = Back one question
checklist-restart = Start again
checklist-said = You told me:
checklist-draft = A message that you can copy and send, with what is still open:
checklist-no-advice = There is nothing about these replies in { $document }.
checklist-none = I have no list of questions to go through here. Ask me anything, or send /topics to look around.
checklist-changed = These questions have changed in the meantime, so we begin again.
checklist-private = These questions are about you, so I ask them in private, where nobody else can read them.
checklist-open = Open our private chat
# To who asks at the end whether that means that they may; what follows says who gives permission.
checklist-no-permission = Your replies to these questions are no permission, and I can’t tell whether you may go ahead.
checklist-go-on = Go on with the questions
checklist-left = All right, we stop here. With the button below we can go on where we were.
checklist-not-understood = I didn’t understand that as a reply to my question. Here it is again.
# What people may type instead of pressing a button, with | between. Case, accents and punctuation don’t matter.
checklist-heard-yes = y|yeah|yep|they do|they did|they have|yes they do|yes they did|yes they have|they say yes|they said yes|it does|it says so|yes it does|they showed me|yes they showed me|i think so|i saw it|they say so|they confirmed it|they told me yes|of course|i have it|i have them|i have that|i have one|i have the papers|i got it|i got one|we have it|they have it|they do have it|they gave it to me|they gave me one|they sent it to me|they sent me one|i believe so|they claim so|they claim they do|so they say|they say they do|they said they do|they say they have|they said so|the clinic says yes|the clinic says so|they paid|they paid it|they paid them|they have paid|they already paid|already paid|paid|its paid|it is paid|they are paid|theyre paid|she said yes|he said yes|she says yes|he says yes|she told me yes|he told me yes|she says so|he says so|she said so|he said so|the nurse says yes|the nurse said yes|the doctor says yes|the doctor said yes|the clinic said yes|they claim to|they claim to have it|they claim they have it|they say they have it|they said they have it|they say they have them|they did tell me|they do say so|it seems so|they told us yes|they said yes to me|fda said yes|the fda said yes
checklist-heard-no = n|nope|they don’t|they didn’t|they haven’t|no they don’t|no they didn’t|no they haven’t|they say no|they said no|it doesn’t|no it doesn’t|they said its not needed|they said it is not needed|they said its not necessary|not needed|not necessary|they refused|they told me no|it isnt|they have not|no they have not|i dont have it|i dont have that|i dont have any|i dont have one|i dont have them|i havent got it|i havent got any|i havent seen it|i havent seen any|i havent seen them|i saw nothing|they dont have it|they dont have any|they dont have one|they havent got it|nothing|none|not really|i dont think so|i dont believe so|never|they never did|they never have|not at all|absolutely not|of course not|she said no|he said no|she says no|he says no|the nurse said no|the doctor said no|the clinic says no|the clinic said no|they say its not needed|they say it is not needed|they say its not necessary|they say no need|they said no need|no need|not required|they say its not required|they said its not required|it seems not|they admit they dont|they admitted they dont
checklist-heard-wont-say = won’t say|they won’t tell|they won’t tell me|they don’t say|they didn’t say|no answer|no reply|no clear answer|they don’t answer|they didn’t answer|they avoid it|they dodge it|they don’t know|they aren’t sure|unclear|it’s unclear|evasive|they were evasive|they are evasive|they laughed|they laughed at me|i asked but they laughed|i asked but they laughed at me|they ignored me|they ignore me|they wouldnt say|they changed the subject|they got angry|they avoid the question|they avoided the question|they dont want to say|they dont want to tell me|they said dont worry|they told me not to worry|they havent answered|they havent replied|they didnt reply|they never answered|i asked but they didnt answer|no reply yet|no answer yet|i asked but|i emailed but|i wrote but|i called but|nothing clear|they told me dont worry|they say dont worry|they said not to worry|kind of|sort of|partly|half and half|hard to tell|they hung up|they said trust us|they say trust us|they said it is private|they said its private|they say its private|they said its confidential|they say its confidential|dodged|they dodged|they dodged it|they dodged me|they dodged the question|they never answer|never answered|they never replied
checklist-heard-not-asked = not asked yet|not asked|not yet|i haven’t asked|haven’t asked|haven’t asked yet|i didn’t ask|i don’t know|don’t know|no idea|i’m not sure|not sure|i will ask|i will ask them|i will ask tomorrow|i will ask them tomorrow|ill ask|ill ask them|ill ask tomorrow|ill ask them tomorrow|i forgot|i forgot to ask|i dont remember|dont remember|i cant remember|skip|skip it|skip this|skip that|next|pass|later|maybe|i dont know yet|dont know yet|dont know that|i dont know that|i wouldnt know|dunno|i dunno|idk|no clue|i have no idea|i have no clue|not that i know|not that i know of|havent asked them|i havent asked them|i havent asked them yet|i havent asked that|i never asked|i didnt ask them|didnt ask|i should ask|i need to ask|i have to ask|i must ask|perhaps|possibly|probably|i guess|i guess so|hard to say|i cant say|cant say|im unsure|unsure|cant remember|i cant recall|cant recall|i dont recall|dont recall|never asked|never asked them|i never asked them|we never asked|we never asked them|we didnt ask|we havent asked
# What is a reply anywhere in a short text (“the FDA said yes supposedly”), what makes it unclear, and what makes it one to all questions at once.
checklist-within-yes = said yes|says yes|say yes|told me yes|told us yes|told my wife yes|told my husband yes|answered yes|confirmed it
checklist-within-no = said no|says no|say no|told me no|told us no|answered no
checklist-within-wont-say = wont say|wont tell|wont answer|wouldnt say|wouldnt tell|wouldnt answer|didnt answer|dont answer|doesnt answer|never answered|never answers|never replied|didnt reply|dodged|dodges|dodging|evaded|avoided the question|changed the subject|ignored me|ignored us|they dont know|clinic doesnt know
checklist-within-not-asked = never asked|not asked|havent asked|didnt ask|dunno|no idea|no clue|i dont know|idk|cant remember|dont remember|cant recall|dont recall|forgot to ask|forgot
checklist-within-unclear = no problem|no problems|no worries|said no one|says no one|no one|never said|never says|didnt say|dont say|doesnt say|havent said|hasnt said|not said|nobody said|nobody says|didnt tell|never told|would have said
checklist-all = to all|to everything|all of them|all of it|for all|all five|any of them|any of it|everything|all no|all yes|all not|no all|yes all|on all
# What may stand beside a reply.
checklist-heard-beside = i think|i believe|i guess|i suppose|id say|apparently|supposedly|allegedly|as far as i know|afaik|tbh|to be honest|honestly|really|actually|well|oh|um|hm|so far|at least|on the phone|by phone|over the phone|by email|in an email|verbally|but|only|just|to me|to us|me|us|about it|to that
checklist-heard-go-on = continue|go on|resume|carry on|keep going|next question|back to the questions|back to the checklist|go back to the questions|continue with the questions|the questions
checklist-heard-restart = restart|start over|from the start|from the beginning
checklist-heard-back = back|one back|go back|undo
# The same for “None of these”, and for seeing the answer to a second question.
typed-none = none|no|nope|nah|neither|none of them|none of these|none of those|neither of them|neither of these|neither one|nothing|not these|not those
typed-yes = yes|y|yes please|yeah|yep|yup|sure|go ahead|both|both of them|all of them
# Words that may stand beside a number (“the second one, please”), words for the last, and the numbers from 1, with commas between.
typed-fillers = the|number|option|letter|answer|question|one|ones|please|pls|plz|that|yes|yeah|ok|i|mean|meant|choose|pick|want|of|them|these|those|so|then|suppose|guess|think|would|say|be|its|it|is|probably|maybe|go|with|for|take|ill|id|lets|like|well|um|my|obviously|definitely|certainly|surely|actually|really|honestly|lol|haha|sorry|rather|oh|ah|hm|hmm|dear|thanks|now|just|no|only
typed-last = last
typed-numbers = one|first|1st|a, two|second|2nd|b, three|third|3rd|c, four|fourth|4th|d, five|fifth|5th, six|sixth|6th, seven|seventh|7th, eight|eighth|8th, nine|ninth|9th
# What joins several numbers (“the first and the third”), what begins a reason behind one, what stands before a number, and what makes one a choice: “the second, ...”, but not “second, ...”.
typed-and = and|or|also|plus
typed-because = because|cause|cuz|coz|bc|since|as|but|though|although|if
typed-numbered = number|option|letter|answer|question
typed-definite = the|one|number|option|letter|answer|question|choose|pick|want|take
# A number that chooses nothing, and what leaves the choice to the bot.
typed-times = first time|second time|third time|last time
typed-any = either|either one|either of them|either is fine|either one is fine|any|any one|any of them|any of these|anyone of them|whichever|whichever you want|whichever you like|whichever is best|whatever|whatever you want|whatever you like|you choose|you pick|you decide|you pick one|you choose one|pick one|choose one|pick one for me|choose for me|pick for me|you tell me|doesnt matter|it doesnt matter|it does not matter|i dont care|dont care|i dont mind|dont mind|all the same|its all the same|up to you|its up to you|no preference|surprise me|is fine|are fine|both are fine|both fine|all good
# What says that somebody has understood, and asks nothing; that something else is meant; that the answer isn’t what was asked; wishes on the form of the last answer; asking for this very
# language, in any language; and what may stand beside each of these.
typed-nod = ok|okay|okey|oki|k|kk|alright|all right|right|got it|gotcha|i see|i understand|understood|makes sense|that makes sense|cool|nice|great|good|fine|perfect|noted|good to know|interesting|wow|lol|lmao|ha|haha|hahaha|hm|hmm|mhm|ah|oh|aha|sounds good|fair enough|will do|i will|i wont|i wont do it|i will not do it|i wont carry it|i wont carry them|i wont take it|i wont take them|i wont go|no thanks|no thank you|never mind|nevermind|thats all|that is all|wait|wait a minute|wait a moment|wait a sec|wait a second|hold on|hang on|one moment|one minute|one sec|one second|just a moment|just a minute|just a sec|give me a minute|give me a moment|give me a second|let me think|let me think about it|let me think about that|let me see|let me check|let me read|let me read it|let me read that|let me read this|brb|be right back|im back|sorry|im sorry|i am sorry|so sorry|sorry about that|my bad|my fault|oops|whoops|no worries|no problem|dont worry|dont worry about it|wrong word|typo|omg|oh my|oh my god|my god|oh god|oh no|oh dear|jeez|geez|yikes|damn|dang|shit|unbelievable|incredible|crazy|thats crazy|thats mad|thats bad|thats terrible|thats awful|how awful|that sucks|i had no idea|i didnt know|i didnt know that|i did not know that|thats new to me|thats news to me|well|well well|idk|i dont know|i do not know|dont know|dunno|no idea|maybe|perhaps|i guess|i guess so|i suppose|i suppose so|we will see|well see|lets see|ill see|ill think about it|i will think about it|ill think it over|i need to think|i need to think about it|i have to think|i have to think about it|nvm|forget it|forget about it|it doesnt matter|doesnt matter|no matter|no thx|no ty|nah thanks|ill ask them|i will ask them|ill ask|i will ask|ill ask them tomorrow|ill call them|i will call them|ill call them tomorrow|ill call tomorrow|ill tell her|ill tell him|ill tell them|ill show her|ill show him|ill show them|bruh|bro|dude|man|anyway|anyways|anyhow
typed-else = something else|i meant something else|i mean something else|its about something else|another question|other question|different question|a different question|next question|new question|i have another question|change of subject|go back|back
typed-missed = not that|thats not it|it is not that|its not that|that isnt it|not what i mean|not what i meant|thats not what i mean|thats not what i meant|that isnt what i meant|not what i asked|thats not what i asked|that is not what i asked|that isnt what i asked|it isnt what i asked|its not what i asked|that wasnt what i asked|that wasnt my question|thats not my question|that is not my question|that isnt my question|not my question|i didnt ask that|i did not ask that|i didnt ask about that|i never asked that|i asked something else|i wanted to know something else|you didnt answer my question|you did not answer my question|you havent answered my question|youre not answering my question|you didnt answer|that didnt answer my question|that doesnt answer my question|that does not answer my question|this doesnt answer my question|that doesnt answer it|you misunderstood|you misunderstood me|you got me wrong|you got it wrong|you dont understand me|you didnt understand|you didnt understand me|wrong|wrong answer|wrong one|thats wrong|thats the wrong answer|that didnt help|this didnt help|it didnt help|that doesnt help|that doesnt help me|that does not help|thats no help|youre not helping|you are not helping|ur not helping|u didnt answer|u didnt answer my question|thats not what i meant to ask|not helpful|that wasnt helpful
typed-again = again|repeat|once more|one more time|come again|what did you say|pardon|what was the question|what was your question|repeat the question|ask again|ask me again|repeat the last one|repeat the last thing|say that again|repeat what you said|what was the last thing|the last answer|repeat the last answer|send it again|send again|show it again|show me again
typed-simpler = simpler|simply|more simply|simple words|in simple words|easier|shorter|in short|briefly|less|too long|tldr|plain english|in plain english|in plain words|explain|too complicated|i dont understand|i do not understand|dont understand|i dont get it|i dont get that|what does that mean|huh|not understand|i not understand|no understand|not clear|its not clear|thats not clear|unclear|more easy|easy|easily|easy words|easy english|simple english|in simple english|normal words|in normal words|in normal english|in human language|im confused|i am confused|confusing|its confusing|this is confusing|thats confusing|you lost me|too many words|too much text|too much to read|i cant read all that|cant read all that|i cant read all this|tl dr|sum up|sum it up|summarize|summarise|summarize it|summary|make it short|make it shorter|make it simple|make it simpler|keep it simple|keep it short|short version|the short version|whats the short version|give me the short version|long story short|shorter please|one sentence|in one sentence|in a sentence|one line|in one line|in a nutshell|thats long|thats too long|thats way too long|its too long|its long|thats a lot|way too long|so long|too long didnt read|didnt read|explain simply|explain simpler|explain like im five|explain it like im five|explain like im 5|eli5|like im five|like im 5|in a few words|few words|dumb it down|simple version|the simple version|simply put|in layman terms|in laymans terms
typed-more = more|more details|details|continue|go on|keep going|anything else|what else|explain more|is there more|is that all|is that it|really|for real|seriously
# Doubts about the last answer, which get what it rests on; reactions to it without a word of their own; and that it was given already.
typed-sure = are you sure|you sure|are you certain|are you serious|is that true|is this true|is it true|is that so|is that right|is that correct|how do you know|how do you know that|how can you know that|prove it|thats not true|that is not true|this is not true|not true|thats false|thats a lie|i dont believe it|i dont believe you|i dont believe that|i doubt it|i doubt that|where did you get this|where did you get that|where did you get that from|where do you get that from|according to who|according to whom|you sure about that|are you sure about that|sure about that|is that really true|is it really true|is that really so|who says that|who says so|says who|who said that|who said so|who told you that|who told you
typed-what = why|why is that|why so|how|how so|how come|how exactly|what|what exactly|in what way|meaning|what do you mean|what do you mean by that|what is that supposed to mean|why not|but why|but why not|why though|but how
typed-said = you already said that|you said that already|you said that|already said|you already told me|you already told me that|you told me that|you keep saying that|you keep repeating yourself|you repeat yourself|youre repeating yourself|stop repeating yourself|stop repeating|stop repeating that|dont repeat yourself|same answer|same answer again|the same answer|the same again|i know that|i know that already|i already know that|i have read that
# A question that is only announced, tears, and the wish to stop the checklist.
typed-open = question|a question|i have a question|i have a question for you|i got a question|i need to ask something|i want to ask something|i want to ask you something|may i ask something|one more question|one more thing|one question|another thing|you ask something|i ask you something|i ask something|i ask|i ask a question|i ask you a question|i ask another question|let me ask you something|let me ask something|quick question|i have one more question|i have a few questions|one last question|last question|i have something to ask|one other thing
typed-sad = crying|im crying|i am crying|sob|sniff
typed-leave = stop|quit|exit|cancel|leave|end|finish|abort|enough|thats enough|i want to stop|i want to quit|i want to leave|lets stop|lets stop here|stop here|stop the questions|no more questions|i dont want to go on|i dont want to continue|leave the questions|no more|stop it|stop this|please stop
# Of these, what stops the bot anywhere. Then the first words of asking for the sources at length (“the source for what you just told me”), with anything behind them.
typed-stop = stop|stop it|stop this|please stop|quit|exit|cancel|abort|enough|thats enough|no more questions
typed-sources-of = source for what you|sources for what you|source of what you|sources of what you|source for what u|source for your answer|sources for your answer
# Asking what the bot itself thinks; to be forgotten; and that it write to others or call them.
typed-believe = do you believe him|do you believe it|do you believe that|do you believe this|do you believe her|do you believe them|you believe him|you believe it|you believe that|do you trust him|you trust him|do you agree|do you agree with him|do you agree with that|do you agree with it|do you think so|do you think so too|do you think hes right|do you think he is right|whats your opinion|what is your opinion|your opinion|do you have an opinion|your own opinion|whats your own opinion|what do you yourself think
typed-forget = forget me|delete me|erase me|delete my data|erase my data|delete all my data|remove my data|delete everything|delete everything about me|erase everything about me|remove everything about me|forget everything about me|forget all about me|forget everything|forget everything i told you|erase everything|erase everything i told you|delete everything i told you|delete everything i wrote|erase everything i wrote|delete what i wrote|delete what i told you|delete my messages|erase my messages|delete all my messages|forget what i said|forget what i told you|forget what i wrote|delete this chat|delete our chat|delete our conversation|delete my information|delete all my information|delete what you know about me|delete everything you know about me|wipe my data|clear my data|delete my questions
typed-errand = you ask them|you ask them that|you call them|you email them|you write to them|you write them|you contact them|you ask the clinic|you call the clinic|you contact the clinic|you write to the clinic|you email the clinic|you ask him|you ask her|you ask the fda|you call the fda|you ask my doctor|you ask customs|you call customs|you call my doctor|you talk to them|you talk to the clinic
# Another one of the questions that were asked back than the one chosen, and what else says so beside its number (“no, the first”).
typed-other = the other|the other one|other one|the other question|not that one|the one i didnt choose|the other 1|other 1|the othr one|the othr
typed-wrong = no|nope|nah|sorry|not|meant|mean|i meant|i mean|instead|rather
# For buttons: what the source says, and all topics. And what may stand beside the number of a passage (“what does A15 say”).
typed-sources = source|sources|the source|the sources|what does the source say|what do the sources say|show me the source|show the source|where is that from|wheres that from|where is this from|what does it rest on|which source|what source|whats the source|what is the source|what source says|which source says that|where does it say that|where does it say so|where does it say this|where exactly does it say that|where does the advisory say that|where does he say that|where did he say that|where is that written|where is this written|where is it written|where does it stand|show me where|which part|which part of it|which part says that|which passage|which passages|what passage|quote|quote it|can you quote it|quote that|cite it|cite that|citation|citation please|reference|references|a reference|link|a link|the link|do you have a link|got a link|send me the link|give me the link|whats your source|what is your source|your source|your sources|the source for that|source for that|sources for that|source for this|whats the source for that|where is the source|wheres the source|wheres the source for that|where is the source for that
# And the checklist, besides by its title.
typed-checklist = checklist|the checklist|check list|the check list|a checklist|your checklist|start checklist|start the checklist|begin the checklist|open the checklist|show the checklist|show me the checklist|do the checklist|go through the checklist|i want the checklist|i want to do the checklist|lets do the checklist|list of questions|the list of questions
typed-topics = topics|the topics|show topics|show me the topics|list of topics|menu|look around
# How people want the bot to be quiet in a group, and what may stand beside it.
typed-hush = shut up|be quiet|quiet|silence|hush|stop|stop it|stop talking|stop answering|stop answering us|stop answering me|stop replying|stop writing|stop posting|stop spamming|dont answer|dont reply|do not answer|do not reply|no more answers|go away|leave us alone|leave me alone|turn off|switch off|turn yourself off|nobody asked you|no one asked you|enough from you|how do we mute you|how do i mute you|how can we mute you|how can i mute you|how to mute you|how do we mute this bot|how do i mute this bot|mute|mute yourself|how do i turn you off|how do we turn you off|how can i turn you off|how can we turn you off|how do i switch you off|how do we switch you off|how do i turn this bot off|how do we turn off this bot|how do we turn this bot off|how do i turn off this bot|how do we shut you up|how do i shut you up|how do we make you quiet|how do i make you quiet|how do we make you stop|how do i make you stop|how do we stop you|how do i stop you|how do we silence you|how do i silence you|how do i disable you|how do we disable you|how do we get rid of you|how do i get rid of you|how do we remove you|how do i remove you|can we mute you|can i mute you|can you be quiet|can you stop answering|can we turn you off
typed-hush-beside = bot|the bot|this bot|you|robot|please|pls|plz|already|now|just|ok|okay|so|hey|thanks|stupid|annoying|dumb|for gods sake|omg|lol|will you|would you|can you|could you|in this group|in here|here
typed-cited = what|whats|does|do|say|says|mean|means|is|are|in|the|this|passage|passages|source|sources|show|me|read|and|tell|about|please|which|number|numbers|no|nr|exactly|text|out|give|quote|of|s
typed-language = english|in english|speak english|ingles|en ingles|to english|into english|al ingles|english version
# A translation of the last answer, where no language is named; and what may stand beside a language that is asked for.
typed-translate = translate|translate it|translate that|translate this|translation|a translation|translate the answer|what language is this|what language is that|in my language|in our language
typed-language-beside = same|the same|what|what is|what was|whats|what did it say|what does it say|what does that say|what does this say|what did the bot say|what does the bot say|what did he say|i dont understand|i do not understand|i didnt understand|i dont get it|dont understand|translate|translate it|translate that|translate this|someone|somebody|anyone|anybody|bot|i want|i need|i want it|i need it|but|have you got|do you have|is there|version|write|type|a translation|translation|the answer in|this in|that in|it in|and in
typed-polite = please|pls|plz|ok|can you|could you|would you|will you|now|it|that|this|me|to me|for me|just|and|so|then|um|sorry|say|tell|do|answer|the answer
# And what may stand beside what is more than a mere “yes”, “no” or “ok”.
typed-asides = wait|hold on|hang on|one sec|one second|hey|hi|hello|oh|ah|ok|okay|well|hm|hmm|um|uh|so|but|yes|yeah|lol|wow|listen|look|actually|dear|sir|man|bro|dude|friend|thanks|thank you|thx|btw|by the way|really|honestly|personally|god|omg|then|still|im sorry|excuse me|make|give me|i want|i need|the|a|version|can|could|would|will|maybe
nod = I’m here. Ask me more whenever you like.
# To “stop”; to “why” where no answer stands there; to who asks what the bot thinks, wants to be forgotten, or wants it to write to somebody.
stopped = All right, we leave it there. I’m here when you want to know more.
what-about = I’m not sure what you mean. Write it in a sentence, please, or look around by topic.
believe = I’m a program: I believe nothing, and have no opinion. I pass on what { $document } says, and whose word it is.
forget-offer = I can delete what I keep of you now. Press the button, or send /forget.
forget-button = Delete what you keep of me
forget-heard = yes|do it|yes do it|yes please|delete it|delete|go ahead|ok do it|please do|sure|yeah
errand = I can’t write to anybody or call them: I’m a program, and only answer here. You would have to ask them yourself.
errand-checklist = With the button below we go through the questions for them, and in the end there is a message that you can copy and send.
# When the same answer would come again, word for word.
no-more =
    In short:
    { $sentence }

    That is all I have on it.
# The same where the answer was a refusal or a warning.
no-more-guardrail = My answer above is all that I can say to that. If I misunderstood you, I’m sorry.
said-already = You’re right, and it is all I have on that.
# What follows these, and decline-after below; the second where no question is under it.
perhaps-these = Perhaps one of these is what you want to know. Or try it in other words.
other-words = Try it in other words, or look around by topic.
in-short =
    In short:
    { $sentence }
# Under that in a group where the whole answer stands some messages further up; a link to it.
above-button = The whole answer, above
help-group =
    In this group I answer “/ask” followed by a question, “/ask” sent as a reply to somebody’s question, and replies to my own messages. Where there are other bots, write “/ask@{ $username }”: a bare “/ask” may not reach me.
# What follows it, as the group's admins have chosen.
help-group-asked = I stay out of everything else. Admins can change that with /settings.
help-group-helpful = I also answer where my name is mentioned, and now and then what somebody plainly asks everybody. Admins can change that with /settings.
help-group-quiet = Right now I do so for this group’s admins alone, and for anybody in an emergency. Admins can change that with /settings.
ask-how = Send /ask followed by your question, for example: /ask { $example }
ask-how-group = Send /ask followed by your question, or as a reply to somebody’s question. Example: /ask { $example }
# To /ask in a group as a reply to a picture, a sticker or a voice message.
only-text-group = I can’t look at pictures or hear voice messages. Send /ask followed by the question in a few words.
# To who wants the bot to be quiet in a group; $quiet is the name of a button. The second is for an admin, with that button under it.
hush = An admin of this group can make me quiet: /settings, then “{ $quiet }”.
hush-admin = With the button I answer nobody here but admins, and others only in an emergency. /settings changes it back.
topics-title = Choose a topic:
topic-title = { $topic }: choose a question.
did-you-mean-this = I’m not sure what you mean. Is it this?
did-you-mean = I’m not sure what you mean. Is it one of these?
# After a mere “yes” to several questions.
did-you-mean-which = Which one do you mean?
# To who leaves it to the bot which one, with the same questions; to a message that chooses none of them, and that nothing answers.
any-of-these = I can’t tell which one fits you best. Perhaps begin with the first one:
unread = I don’t have an answer to that, or I don’t see which of these you mean. Is it one of them?
# Under the answer to the first of several questions that somebody chose; a button with the question stands under it.
also-chosen = You chose “{ $question }” as well: press its button below.
# To who says that the last answer isn’t what they asked.
missed-this = I’m sorry that I missed your question. Is it this?
missed = I’m sorry that I missed your question. Is it one of these?
# The same in a group, where nothing else may be meant.
missed-group = I’m sorry that I missed your question. Please ask it in other words, as a reply to me.
did-you-mean-how = Press a button, or write its number.
# $clause is a part of what the person wrote.
answers-clause = This answers your words “{ $clause }”
may-be-danger = If what you wrote is about “{ $question }”, please press its button below first.
# An urgent answer once more, after some more words: its first sentence, this line, and two buttons. $other is the second one's label.
urgent-how = If that is not what you need, press “{ $other }”, or write your question in a few more words.
urgent-whole = Show me all of it again
urgent-else = Something else
# The same before an answer to something else.
urgent-first = { $sentence } And to what you wrote:
# To somebody who says that nobody is in danger, that it is over or better, or that help has come or is on the way; alone, with a button under it that shows what is urgent, or above the
# answer to what else they said.
relieved-denied = All right, then nobody is in danger. Should that change, call for help at once.
relieved-well = I’m glad to hear that. If it gets worse, or you aren’t sure, call for help all the same.
relieved-help = I’m glad that help is there. If it gets worse, call again.
relieved-next = What would you like to know?
# Where it isn’t clear what else was said; $sentence tells what to do in an emergency.
relieved-number = And should you need it: { $sentence }
urgent-what-else =
    All right. What do you want to know? Write it in a sentence, or look around by topic.
also-asked = You also asked something else. I think it is “{ $question }”: press its button below, or ask it again by itself.
none-of-these = None of these
back-to-topics = Back to all topics
back-to-topic = Back to: { $topic }
sources-button = What the source says
share-button = Share
# What is handed on with that button: the question, the answer's first sentence, and where it comes from.
share-text =
    { $question }

    { $answer }

    Source: { $origin }. General information, not legal or medical advice.
topics-button = Look around by topic
read-button = Read { $document }
# Below that in a group, where nobody is heard who just writes.
decline-group-asked = Here I hear only what begins with /ask, or replies to me.
decline-group-helpful = Ask me with /ask, by my name, or in reply to me. What people ask each other I answer only now and then.
decline-group-quiet = Here I answer this group’s admins, and others only in an emergency.
# And where the bot is mentioned without being a member.
decline-guest = To look around by topic, press the button.
decline =
    I don’t have an answer to that. All I know about is “{ $title }”.

    Try it in other words, or look around by topic.
# The same where an answer was given just before.
decline-after = I don’t have an answer to that, or I don’t see what it means after my last answer.
# After talk of danger or grief, instead of the first one above; the first where there is a button for emergencies under it.
decline-grave =
    I’m sorry. I don’t have a good answer to that. I’m a program, and no person reads this chat.

    If somebody is in danger, or you can’t go on, press the first button. Otherwise try it in other words, or look around by topic.
decline-kindly =
    I’m sorry. I don’t have a good answer to that. I’m a program, and no person reads this chat.

    Try it in other words, or look around by topic.
# Some messages after an urgent answer, below its first sentence; the first button shows all of it.
decline-alarmed =
    I’m a program, and no person reads this chat. I don’t have a better answer to your last message. The first button shows all of it again.

    If nobody is in danger any more, just write that. Or ask in other words, or look around by topic.
# After a message in a language that isn't among $languages; the same in other languages stands in foreign/sentences.ftl.
decline-foreign = I’m sorry, I can’t answer in the language of your message. I only understand: { $languages }. In an emergency call your local emergency number now: 911 in North America, 112 in Europe.
none-chosen =
    Then I don’t seem to have it. Try it in other words, or look around by topic.
only-text = I can only read text. Please write your question in a few words.
# In the terminal, where a number presses a button.
no-such-number =
    { $count ->
        [one] There is one button here: write 1, or ask in your own words.
       *[other] The buttons here have the numbers from 1 to { $count }. Write one of them, or ask in your own words.
    }
not-there = That isn’t here any more. Send /topics to see what is.
# To a command that there isn’t: with the one that may be meant, or before all that there are.
command-meant = I don’t know the command { $typed }. Did you mean { $meant }?
command-unknown = I don’t know the command { $typed }.
# After twenty questions in a minute; said once, then nothing until the minute is over, but what to do in an emergency.
too-many = That was a lot at once. Please take a minute to read what I sent, and then go on asking. I’ll be here.
trouble = Something went wrong on my side, not yours. Please try again in a minute.
late = Sorry for the wait: I was away for a while. Here is what I can say about what you wrote.
# To an admin alone.
reload-begun = I’m reading the knowledge base again. That can take half a minute. Until then I answer with the one I have.
reload-done =
    { $count ->
        [one] Done. I now answer with the new knowledge base: one entry.
       *[other] Done. I now answer with the new knowledge base: { $count } entries.
    }
reload-unchanged =
    { $count ->
        [one] Nothing has changed. I already answer with it: one entry.
       *[other] Nothing has changed. I already answer with it: { $count } entries.
    }
reload-refused =
    { $count ->
        [one] The changed knowledge base can’t be used, so I go on with the one I have. This is wrong:
       *[other] The changed knowledge base can’t be used, so I go on with the one I have. { $count } things are wrong:
    }
reload-mend = Mend: { $mend }
reload-more = … and { $count } more. “advisory-bot check” shows all.
reload-failed = The changed knowledge base couldn’t be learned, so I go on with the one I have. What happened: { $reason }
outside-mark = Not from { $document }:
source-line = Source: { $who }.
source-none = Source: none; this isn’t in { $document }.
sources-unnamed = This knowledge base names no sources.
source-bot = This is about the bot itself.
voice-advisory = { $document }
voice-agency = an official text that it quotes
voice-author-reply = the author’s reply to a comment
voice-reader = a reader’s comment (not verified)
voice-pingback = a link from another site
sources-title = What the source says, in short ({ $origin }):
sources-about =
    Everything here comes from one page and the comments under it: “{ $title }”, { $origin }.

    I hold { $passages } numbered passages of it, each told briefly in our own words. Each answer says whose words it rests on: the author’s, those of an official text that the page quotes, the author’s reply to a comment, or a reader’s comment. What readers say has not been checked by anybody.

    { $disclaimer }
# In short, then a line before the whole of it, which is folded away.
privacy-short = What you write is encrypted, and deleted as soon as I have answered it, usually after a second. For some minutes I remember in memory what we spoke of last, so that I understand what follows. Of what you write I keep longer only what you send to the people who write the answers, without your name. /forget deletes what I keep of you.
privacy-whole = In full:
privacy-text =
    I keep what you write, encrypted, until I have answered it, so that it isn’t lost if I stop working in between. That usually takes a second; then it is deleted. What can’t be answered is deleted after a week at the latest.

    For a week I keep Telegram’s number of each message, so that I don’t answer it twice. With that number I keep neither the text nor whose it was.

    For up to { $minutes } minutes I remember which answer you got last, so that I understand a follow-up question, and which message of yours it answers, so that it follows when you edit that. Where I found no answer to what you told me, I remember it for as long, so that I can read what you ask next together with it. That is held in memory only, and is gone when I am restarted.

    In our private chat I remember your last questions, in memory only, for 15 minutes, so that you can send one to the people who write the answers. You see first what would be sent, with names, numbers, addresses and links taken out. Only what you send is kept, encrypted and without your name, for 90 days. Words that help me understand such questions stay longer, without any link to you.

    Under an answer you can say whether it helped. I count that for the answer, without who said it. I also count how many questions there are on a day and about what, without what was written and by whom.

    If you choose a language with /language, or ask me for one, I keep that choice, until you choose “{ $automatic }” or send /forget.

    For up to { $walk } minutes I remember which language you wrote in, which buttons (or which text about myself) I showed you last, under which answer, and what else you may have meant, so that you can also type what you choose. All this is held in memory only.{ $checklist }

    No message text and no names are written to my logs. Telegram itself sees your messages, as it does with every bot. In groups I am usually shown only commands and replies to me. Where I am an admin, or whoever runs me wants it so, I am shown all messages, and keep each in the same way until I have looked at it or passed over it. /settings tells a group’s admins whether that is so.

    Of a group I keep what its admins have chosen with /settings, until I am removed from it. If they want me to help unasked, I look at each message there and then drop it, and I note which answers I gave unasked in the last day.

    /forget deletes what I keep of you.

    This bot is run by { $operator }.
# What is said of the checklist in the text above, where there is one.
privacy-checklist = So is how far you have come with /checklist. Your replies there are part of its buttons too, and those are kept by Telegram with the chat.
forgotten = Done. I have deleted:
forgotten-waiting =
    { $count ->
        [one] one message of yours that was still waiting for an answer
       *[other] { $count } messages of yours that were still waiting for an answer
    }
forgotten-settings = the settings of our chat
forgotten-suggestions =
    { $count ->
        [one] the text that you sent to the people who write the answers
       *[other] { $count } texts that you sent to the people who write the answers
    }
forgotten-remembered = which answer you got last, and what you told me since
forgotten-drafts =
    { $count ->
        [one] one question that I remembered for some minutes
       *[other] { $count } questions that I remembered for some minutes
    }
forgotten-checklist = how far you had come with /checklist
forgotten-written = which language you wrote in
forgotten-offers = what I showed you last
forgotten-elsewhere = whatever else I remembered of our talk, here and in groups: gone within seconds
forgotten-nothing = I have nothing of you to delete: your messages are gone as soon as they are answered. What stands in this chat is kept by Telegram, and you can delete it there.
# Under an answer. The three reasons follow a press of “This didn’t help”.
feedback-helped = This helped
feedback-not-helped = This didn’t help
feedback-not-asked = It isn’t what I asked
feedback-unclear = It’s unclear
feedback-outdated = It’s wrong or out of date
# At most 200 characters each: they are shown for a moment at the top of the screen.
feedback-thanks = Thank you. That is counted, but not who said it.
feedback-why = Thank you. Why didn’t it help? Choose one of the buttons.
# Under an answer in a group. The first opens the private chat at the same answer.
private-button = Answer me privately
remove-button = Remove
removed = This answer was removed.
# At most 200 characters, as for all notices that are shown at the top of the screen.
remove-not-yours = Only the person who asked and this group’s admins can remove it.
none-not-yours = Only the person who asked can choose that.
unasked-note = Nobody asked me. If this is no help, press “Remove”. Admins: /settings.
clean-nothing = I don’t remember any message of mine here that I could delete. To delete one, reply to it with /clean, if it isn’t older than two days.
group-introduction = Hello. I answer questions about “{ $title }”: send /ask with your question, or /ask as a reply to somebody’s question. Where there are other bots, write /ask@{ $username } instead.
group-hears-little = I can read only commands and replies to me.
group-hears-all = Telegram lets me read all messages here, but I react only to commands and replies to me, unless an admin wants more.
group-quieting = Admins can make me quiet with /settings.
settings-title = How I behave in this group
settings-private = Settings are for groups: send /settings there, as an admin. For our chat there is /language.
settings-admins-only = Only this group’s admins can change my settings.
settings-done = Done
settings-mode-asked = When I answer: when I am asked, with /ask or by a reply to me. I stay out of everything else.
settings-mode-helpful = When I answer: also when somebody plainly asks the whole group something that I have an answer to. I do that at most once in { $minutes } minutes, without a sound, and never give the same answer twice in a day. In an emergency I answer at once, and who tells of a danger to life is told where to call.
settings-mode-quiet = When I answer: only when an admin asks me. In an emergency also when anybody else asks me with /ask or replies to me; what people write to each other I leave alone then too.
settings-shown = Telegram shows me every message here, whether I need it or not. I keep each, encrypted, until I have passed over it: usually a second.
settings-hears = For this I look at every message here. I keep each, encrypted, until I have looked at it: usually a second.
settings-deaf = I can’t do that yet: Telegram shows me only commands and replies to me. Make me an admin of this group (I need no rights for it). Or ask who runs me to turn off my privacy mode at @BotFather, and then remove me and add me again.
settings-language-auto = Language: that of each asker’s Telegram app.
settings-language-chosen = Language: { $language }.
settings-length-full = Length: the whole answer, folded after its first sentence.
settings-length-first = Length: the first sentence. Answers about somebody’s safety are shown whole.
settings-private-on = Private answers: under each answer a button opens it in a private chat with me.
settings-private-off = Private answers: not offered.
settings-button-mode-asked = When asked
settings-button-mode-helpful = Helpful
settings-button-mode-quiet = Quiet
settings-button-language-auto = Each person’s own
settings-button-length-full = Whole answer
settings-button-length-first = First sentence
settings-button-private-on = Offer private answers
settings-button-private-off = Don’t offer
# Below the letters that somebody types after the bot’s name in any chat; at most 64 characters.
inline-button = Ask me privately
inline-nothing = Nothing fits. Ask me privately
inline-too-many = A short pause, please, then type on
# For a mention in a chat that the bot isn’t in.
guest-title = Answer
guest-how = Write @{ $username } and then your question, or reply to somebody’s question with @{ $username }.
# Sending a question to the people who write the answers.
suggest-button = Suggest this question, without my name
suggest-offer = I’m sorry that it wasn’t what you asked. Shall I send your question to the people who write the answers, without your name? You see first what would be sent.
suggest-show = Show me what would be sent
suggest-preview = This, and nothing else, would be sent to the people who write the answers:
suggest-hidden = Words in [square brackets] stand for something that I took out.
suggest-terms =
    Your name isn’t sent. Please check whether anything else in it shows who you are. If so, don’t send it, and ask again without that.

    It is kept encrypted, and deleted after { $days } days, or at once with /forget. If it is used to make me understand such questions, its words stay, without any link to you. Nobody will answer you personally.
suggest-send = Send it
suggest-drop = Don’t send it
suggest-sent = Sent, thank you. The people who write the answers will read this:
suggest-dropped = Nothing was sent, and I have forgotten the question.
suggest-gone = I don’t remember that question any more. Please ask it again, and send it then.
suggest-nothing = When I take out what could show who you are, nothing of that message is left. Please ask in other words.
suggest-enough = Several questions of yours are still waiting to be read. Please try again in a few days.
# For maintainers. Questions that people sent.
review-none = No questions are waiting.
review-through = That was the last one. Send /review to see the ones you skipped.
review-title =
    { $total ->
        [one] One question is waiting.
       *[other] { $total } questions are waiting, in { $groups } groups.
    }
review-title-many = { $total } questions are waiting. The oldest are shown first, and newer ones once these are decided on.
review-alike =
    { $count ->
        [one] Another one like it:
       *[other] { $count } more like it:
    }
review-ask = Which entry does it belong to? That entry gets it as a phrasing, and I learn it, which takes up to a minute.
review-elsewhere = Another entry
review-wanted = A new entry is wanted
review-off-topic = Off topic
review-delete = Delete
review-next = Later
review-undo = Take it back
review-learning = I’m learning it. This takes up to a minute; I go on answering meanwhile.
review-gone = Somebody else has decided on that, or it was deleted, or it has expired.
review-known = Nothing new: some entry has this phrasing already. Delete it.
review-steals =
    Not attached: with it, “{ $phrasing }”, a phrasing of “{ $entry }”, would be answered with “{ $thief }”.{ $others ->
        [0] {""}
       *[other] {" "}The same goes for { $others } more.
    }
review-failed = Not attached: it couldn’t be learned ({ $reason }).
review-did-attach = From now on I answer this with
review-did-wanted = Noted: a new entry is wanted for this.
review-did-off-topic = Noted: this is off topic.
review-did-delete = Deleted.
review-did-undo = Taken back. It is waiting again: /review
# For maintainers. How many questions there were.
stats-summary =
    { $days ->
        [one] In one day
       *[other] In { $days } days
    }: { $total ->
        [one] one question
       *[other] { $total } questions
    }. Answered { $answer }, asked back { $clarify }, declined { $decline }. Sent on and waiting: { $waiting } (/review).
stats-by-day = Questions by day
stats-by-week = Questions by week
stats-answer = answered
stats-clarify = asked back
stats-decline = declined
stats-short-answer = answer
stats-short-clarify = asked
stats-short-decline = decline
stats-asked = Asked most
stats-disliked = Didn’t help : helped, all time
stats-nothing = Nothing yet.
nobody-named = someone who hasn’t given a name here
command-ask = Ask a question
command-topics = Look around by topic
command-sources = Where the answers come from
command-language = Choose my language
command-help = What I can do
command-privacy = What I keep of what you write
command-review = Look through what people sent
command-stats = Questions and what became of them
command-reload = Read the knowledge base again
command-forget = Delete what I keep of you
command-settings = How I behave in this group
command-clean = Delete my messages in this group
bot-description =
    I answer questions about “{ $title }”. Every answer was written beforehand by people, and I say so when I have none. General information, not legal or medical advice.
bot-short-description = Answers questions with what people wrote beforehand, and says so when it has no answer.
