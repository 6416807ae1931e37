# What is said to somebody who writes in a language for which there is no catalogue, in that language; the names are the
# languages' codes. Each says that the bot can't answer in it, which languages it understands, and whom to call in an emergency.

ar = عذرًا، لا أستطيع الإجابة بالعربية. اللغات التي أفهمها: { $languages }. في حالة الطوارئ اتصل فورًا برقم الطوارئ: 112 في أوروبا و911 في أمريكا الشمالية.
cs = Omlouvám se, česky odpovídat neumím. Rozumím jen těmto jazykům: { $languages }. V nouzi volejte ihned číslo tísňového volání: 112 v Evropě, 911 v Severní Americe.
da = Jeg kan desværre ikke svare på dansk. Jeg forstår kun: { $languages }. Ring i en nødsituation straks til alarmcentralen: 112 i Europa, 911 i Nordamerika.
de = Auf Deutsch kann ich leider nicht antworten. Ich verstehe nur: { $languages }. Rufen Sie im Notfall sofort den Notruf an: 112 in Europa, 911 in Nordamerika.
el = Λυπάμαι, δεν μπορώ να απαντήσω στα ελληνικά. Καταλαβαίνω μόνο: { $languages }. Σε περίπτωση ανάγκης καλέστε αμέσως τον αριθμό έκτακτης ανάγκης: 112 στην Ευρώπη, 911 στη Βόρεια Αμερική.
fa = متأسفم، نمی‌توانم به فارسی پاسخ بدهم. زبان‌هایی که می‌فهمم: { $languages }. در موقع اضطراری فوراً با شمارهٔ اورژانس تماس بگیرید: 112 در اروپا و 911 در آمریکای شمالی.
fi = Valitettavasti en osaa vastata suomeksi. Ymmärrän vain näitä kieliä: { $languages }. Soita hätätilanteessa heti hätänumeroon: 112 Euroopassa, 911 Pohjois-Amerikassa.
fil = Paumanhin, hindi ako makasagot sa Filipino. Ito lang ang mga wikang naiintindihan ko: { $languages }. Kung may emergency, tumawag agad sa emergency number: 911 sa Pilipinas at Hilagang Amerika, 112 sa Europa.
fr = Désolé, je ne peux pas répondre en français. Je comprends seulement : { $languages }. En cas d’urgence, appelez tout de suite les secours : 112 en Europe, 911 en Amérique du Nord.
he = מצטער, איני יכול לענות בעברית. אני מבין רק: { $languages }. במקרה חירום התקשרו מיד למספר החירום: 112 באירופה, 911 בצפון אמריקה.
hi = क्षमा करें, मैं हिंदी में उत्तर नहीं दे सकता। मैं केवल ये भाषाएँ समझता हूँ: { $languages }। आपात स्थिति में तुरंत आपातकालीन नंबर पर फ़ोन करें: उत्तरी अमेरिका में 911, यूरोप में 112।
hu = Sajnos magyarul nem tudok válaszolni. Csak ezeket a nyelveket értem: { $languages }. Vészhelyzetben azonnal hívja a segélyhívót: Európában 112, Észak-Amerikában 911.
id = Maaf, saya tidak bisa menjawab dalam bahasa Indonesia. Saya hanya mengerti: { $languages }. Dalam keadaan darurat, segera hubungi nomor darurat: 112 di Eropa, 911 di Amerika Utara.
it = Mi dispiace, non posso rispondere in italiano. Capisco solo: { $languages }. In caso di emergenza chiami subito i soccorsi: 112 in Europa, 911 in Nord America.
ja = 申し訳ありませんが、日本語ではお答えできません。わかる言語：{ $languages }。緊急の場合は、すぐに現地の緊急番号（北米は911、ヨーロッパは112）に電話してください。
ko = 죄송하지만 한국어로는 답할 수 없습니다. 제가 이해하는 언어: { $languages }. 응급 상황이라면 바로 현지 긴급 전화번호로 전화하세요: 북미 911, 유럽 112.
nl = Sorry, ik kan niet in het Nederlands antwoorden. Ik begrijp alleen: { $languages }. Bel in een noodgeval meteen het alarmnummer: 112 in Europa, 911 in Noord-Amerika.
pl = Przepraszam, nie potrafię odpowiadać po polsku. Rozumiem tylko te języki: { $languages }. W nagłym wypadku proszę od razu zadzwonić na numer alarmowy: 112 w Europie, 911 w Ameryce Północnej.
pt = Desculpe, não consigo responder em português. Só entendo: { $languages }. Em uma emergência, ligue já para o número de emergência: 911 na América do Norte, 112 na Europa.
ro = Îmi pare rău, nu pot răspunde în română. Înțeleg doar: { $languages }. În caz de urgență, sunați imediat la numărul de urgență: 112 în Europa, 911 în America de Nord.
ru = К сожалению, я не могу отвечать по-русски. Я понимаю только эти языки: { $languages }. В экстренном случае сразу звоните в службу спасения: 112 в Европе, 911 в Северной Америке.
sv = Tyvärr kan jag inte svara på svenska. Jag förstår bara: { $languages }. Ring i en nödsituation genast nödnumret: 112 i Europa, 911 i Nordamerika.
tr = Üzgünüm, Türkçe cevap veremiyorum. Yalnızca şu dilleri anlıyorum: { $languages }. Acil bir durumda hemen acil yardım numarasını arayın: Avrupa’da 112, Kuzey Amerika’da 911.
uk = На жаль, я не можу відповідати українською. Я розумію лише ці мови: { $languages }. У надзвичайній ситуації одразу телефонуйте до служби порятунку: 112 у Європі, 911 у Північній Америці.
vi = Xin lỗi, tôi không thể trả lời bằng tiếng Việt. Tôi chỉ hiểu: { $languages }. Trong trường hợp khẩn cấp, hãy gọi ngay số khẩn cấp: 911 ở Bắc Mỹ, 112 ở châu Âu.
zh = 抱歉，我无法用中文回答。我只懂：{ $languages }。如遇紧急情况，请立即拨打当地的紧急电话：北美 911，欧洲 112。
