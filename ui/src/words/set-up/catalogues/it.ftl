# Italiano: le parole della configurazione. Si dà del tu, come sul chiosco.

title = Configura questo dispositivo
step-of = Passo { $place } di { $all }
step-language = Lingua
step-sign-in = Accedi
step-location = Sede
step-rights = Permessi
step-reader = Lettore
step-policy = Privacy e interruzioni
step-staff-pin = PIN del personale
step-test-tap = Prova
step-summary = Riepilogo

lead-language = Scegli la lingua di questo dispositivo. I membri possono passare alla propria.
lead-sign-in = Accedi con l’account che questo dispositivo userà su { $service }.
lead-location = Scegli la sede in cui si trova questo dispositivo.
lead-rights = Controlla se l’account ha i ruoli che servono.
lead-reader = Scegli il lettore, poi avvicina un badge qualsiasi.
lead-policy = Scegli che cosa possono vedere gli altri e che cosa succede senza connessione.
lead-staff-pin = Il PIN protegge questa configurazione dai membri che trovano il tablet.
lead-test-tap = Avvicina al lettore il badge di un membro. Non si registra nulla.
lead-summary = Rileggi tutto ancora una volta. Nulla viene salvato finché non hai finito.

missing-sign-in = Accedi per continuare.
missing-location = Scegli una sede per continuare.
missing-staff-pin = Scegli un PIN per continuare.
missing-summary = Manca ancora qualcosa.

back = Indietro
next = Avanti
finish = Fine
leave = Esci dalla configurazione
leave-ask = Vuoi uscire? Ciò che hai cambiato qui andrà perso.
leave-yes = Esci
leave-no = Rimani
one-moment = Un momento

problem-sign-in-refused = E-mail, password o codice non corretti.
todo-sign-in-refused = Controlla l’e-mail e digita di nuovo la password. Se l’account usa un codice, digita anche quello.
problem-code-needed = Questo account richiede anche un codice.
todo-code-needed = Digita di nuovo la password e le sei cifre dell’app di autenticazione.
problem-no-api = Questo account non può usare l’API del servizio.
todo-no-api = Chiedi a un amministratore di attivare «API access» per il suo utente, oppure usa un altro account.
problem-account-inactive = Questo account non è attivo.
todo-account-inactive = Chiedi a un amministratore di attivarlo, oppure usa un altro account.
problem-must-reset-password = Per questo account bisogna prima scegliere una nuova password.
todo-must-reset-password = Apri { $service } in un browser, scegli una nuova password, poi accedi qui.
problem-unreachable = Non c’è connessione a { $service }.
todo-unreachable = Controlla il cavo di rete o il Wi-Fi, poi riprova.
problem-gateway = Il servizio non ha risposto come dovrebbe.
todo-gateway = Se questa rete chiede di accedere su una pagina web, fallo prima. Altrimenti aspetta qualche minuto e riprova.
problem-throttled = In questo momento il servizio riceve troppe richieste.
todo-throttled = Aspetta un minuto, poi riprova.
problem-not-permitted = L’account non ha il ruolo necessario.
todo-not-permitted = Fai aggiungere i ruoli elencati al passo «Permessi», poi riprova.
todo-taps-wait = Mantieni questa sede finché non sono registrati, poi cambiala.
problem-pins-differ = I due PIN non sono uguali.
todo-pins-differ = Digita un PIN, poi di nuovo lo stesso.
weak-too-short = Questo PIN è troppo corto.
weak-too-long = Questo PIN è troppo lungo.
weak-not-digits = Un PIN contiene solo cifre.
weak-too-simple = Questo PIN è troppo facile da indovinare.
todo-weak = Usa da 6 a 12 cifre, senza serie come 123456 e senza ripetere una sola cifra.
problem-key-store = In questo momento il dispositivo non può conservare segreti.
todo-key-store = Sblocca il portachiavi o chiedi aiuto al reparto IT, poi riprova.
problem-configuration = Le impostazioni non si possono scrivere. Non è cambiato nulla.
todo-configuration = Chiedi al reparto IT di permettere a Tapdesk di scrivere le impostazioni, poi riprova.
problem-failed = Non ha funzionato.
todo-failed = Riprova.

sign-in-email = E-mail
sign-in-password = Password
sign-in-show-password = Mostra la password
sign-in-code = Codice di sei cifre
sign-in-code-hint = Dall’app di autenticazione
sign-in-keeps = La password non viene conservata.
signed-in-as = Account in uso: { $email }
signed-in = Account collegato
signed-in-kept = Dall’ultima configurazione
sign-in-again = Accedi di nuovo
sign-in-other = Usa un altro account

location-looking = Ricerca delle sedi
location-none = Questo account non vede nessuna sede. Chiedi a un amministratore di assegnargliene una, oppure usa un altro account.
location-waiting = { $count ->
    [one] { $shown } passaggio della sede precedente è ancora da registrare.
    [many] { $shown } di passaggi della sede precedente sono ancora da registrare.
   *[other] { $shown } passaggi della sede precedente sono ancora da registrare.
}

rights-needed = Necessari
rights-nice = Utili
right-held = Presente
right-lacking = Manca
right-unknown = Non provato
rights-lacking = Manca un ruolo necessario. Puoi continuare, ma il check-in non funzionerà finché l’account non lo avrà.
rights-administrator = Questo account è un amministratore completo, più di quanto serva. È più sicuro un account con solo questi ruoli.
rights-not-looked = I ruoli non sono ancora stati controllati.
rights-look = Controlla di nuovo
rights-try = Prova i ruoli di scrittura
rights-try-explained = Si inviano tre richieste vuote che il servizio non accetta: non si registra nulla.
rights-list = Tutto il necessario, da copiare
rights-copy = Copia l’elenco
rights-copied = Copiato
rights-selected = Selezionato: ora copialo

reader-first-usb = Primo lettore USB
reader-other = Altra connessione
reader-other-hint = Per esempio pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Usa
reader-starting = Il lettore si sta avviando
reader-up = Il lettore è pronto
reader-down = Il lettore non funziona
reader-hold = Avvicina un badge qualsiasi al lettore
reader-read = Letto: { $tile }
reader-random = Letto, ma era un telefono o una tessera che cambia numero. I membri hanno bisogno del proprio badge.
reader-count = { $count ->
    [one] Letto { $shown } volta
    [many] Letto { $shown } di volte
   *[other] Letto { $shown } volte
}

names-title = Nomi sullo schermo
names-first = Nome
names-first-means = Chi è vicino legge solo il nome.
names-full = Nome e cognome
names-full-means = Chi è vicino legge il nome intero.
names-none = Nessun nome
names-none-means = Lo schermo saluta tutti senza nome.
offline-title = Senza connessione
offline-known = Conserva i badge conosciuti
offline-known-means = I membri conosciuti si registrano più tardi; gli altri vanno alla reception.
offline-all = Conserva tutto
offline-all-means = Tutti si registrano più tardi; il personale chiarisce i badge che nessuno conosce.
offline-none = Non conservare nulla
offline-none-means = Nessuno può fare il check-in finché non torna la connessione.

staff-pin-first = Digita un PIN da 6 a 12 cifre
staff-pin-again = Digitalo ancora una volta
staff-pin-typed = { $count ->
    [one] { $shown } cifra
    [many] { $shown } di cifre
   *[other] { $shown } cifre
}
staff-pin-backspace = Cancella l’ultima cifra
staff-pin-enter = Conferma
staff-pin-missing = Ancora nessun PIN
staff-pin-kept = Il personale ha un PIN
staff-pin-new = È impostato un nuovo PIN
staff-pin-keep = Mantieni il PIN
staff-pin-other = Scegline un altro

test-wait = In attesa di un badge
test-looking = Ricerca in corso
test-member-in = { $name } farebbe il check-in
test-member-out = { $name } farebbe il check-out
test-a-member-in = Questo membro farebbe il check-in
test-a-member-out = Questo membro farebbe il check-out
test-inactive = L’account di questo membro non è attivo: sarebbe invitato a rivolgersi alla reception.
test-unknown = Nessun membro ha questo badge.
test-ambiguous = Più di un membro ha questo badge.
test-unusable = È un telefono o una tessera che cambia numero: non si può usare come badge.
test-trouble = Non è stato possibile interrogare il servizio.
tile = Badge { $tile }

summary-change = Cambia
summary-rights-all = Ha tutto il necessario
summary-rights-lacking = { $count ->
    [one] Manca { $shown } ruolo necessario
    [many] Mancano { $shown } di ruoli necessari
   *[other] Mancano { $shown } ruoli necessari
}
summary-rights-unknown = Non tutti sono stati provati
summary-nothing = Nessuna scelta
summary-tried = Provato con un badge
summary-not-tried = Non provato
summary-overridden = Impostato dall’ambiente, che ha la precedenza: { $keys }

keyboard-open = Tastiera sullo schermo
keyboard-hide = Nascondi la tastiera
keyboard-title = Tastiera
keyboard-shift = Maiuscole
keyboard-backspace = Cancella
keyboard-space = Spazio
keyboard-letters = Lettere
keyboard-symbols = Cifre e simboli
keyboard-more = Altri simboli
