# Italiano. Si dà del tu, come in un coworking. Il "badge" è la tessera, il portachiavi o l'adesivo che si avvicina al lettore.

invitation-up = Avvicina il badge al lettore
getting-ready = Quasi pronto
one-moment-please = Un momento, per favore
one-moment = Un momento
see-the-desk = Rivolgiti alla reception
cannot-store = Non si può salvare nulla
acknowledged = Badge letto

headline-checked-in = Ciao!
headline-checked-out = A presto
headline-refused = Niente check-in
headline-unknown-tile = Badge sconosciuto
headline-ambiguous-tile = Badge condiviso
headline-unusable-tile = Usa il badge
headline-saved = Salvato
headline-unavailable = Non registrato
headline-ambiguous-pin = PIN condiviso
nothing-changed = Tutto invariato

checked-in-at = Check-in: { $time }
checked-out-after = Check-out. Durata: { $duration }
here-since = Sei qui da: { $time }

refused-without-reason = Non è stato indicato il motivo.
refused-inactive = Il tuo abbonamento non è attivo.
refused-archived = Il tuo abbonamento è terminato.
refused-already-in = Hai già fatto il check-in.
refused-already-out = Hai già fatto il check-out.
refused-withheld = Rivolgiti alla reception, per favore.

unknown-tile = Nessun membro ha questo badge, quindi il check-in non è stato fatto.
ambiguous-tile = Più di un membro ha questo badge, quindi il check-in non è stato fatto.
ambiguous-pin = Più di un membro ha questo PIN, quindi il check-in non è stato fatto.
unusable-tile = Con un telefono o con questo tipo di tessera non si può fare il check-in. Avvicina al lettore il badge che hai ricevuto.
unusable-place = Questa etichetta indica un luogo: toccala con il telefono. Per il check-in qui, avvicina il tuo badge al lettore.
saved = Salvato su questo dispositivo, non ancora verificato. Sarà registrato quando torna la connessione.

unavailable-offline = Al momento non c'è connessione.
unavailable-signed-out = Questo dispositivo è disconnesso dal suo account.
unavailable-queue-full = Non c'è connessione e questo dispositivo non può salvare altro.
unavailable-no-member-data = Questo dispositivo non ha ancora caricato l'elenco dei membri.
unavailable-not-permitted = Questo dispositivo non è autorizzato a registrare i check-in.
unavailable-journal = Questo dispositivo non è riuscito a salvare il tuo passaggio.
unavailable-service = Il servizio di check-in non ha dato una risposta chiara.
unavailable-out-of-order = Questo dispositivo è fuori servizio.

tile = Badge { $tile }
offer-check-in = Fai invece il check-in
offer-check-out = Fai invece il check-out
offer-try-again = Riprova
offer-failed = Non ha funzionato
out-of-order = Fuori servizio
being-set-up = Questo dispositivo è in fase di configurazione

reader-starting = Lettore in avvio
reader-up = Lettore pronto
reader-down = Lettore non collegato
link-connecting = Connessione in corso
link-online = Connesso
link-offline = Offline: si salva qui
link-signed-out = Account disconnesso: avvisa il personale
offline-without-saving = Offline: non si può registrare
waiting = { $count ->
    [one] { $shown } passaggio in attesa
    [many] { $shown } di passaggi in attesa
   *[other] { $shown } passaggi in attesa
}
waiting-since = { $count ->
    [one] { $shown } passaggio in attesa da: { $since }
    [many] { $shown } di passaggi in attesa da: { $since }
   *[other] { $shown } passaggi in attesa da: { $since }
}
needs-staff = { $count ->
    [one] { $shown } passaggio richiede il personale
    [many] { $shown } di passaggi richiedono il personale
   *[other] { $shown } passaggi richiedono il personale
}
sign-in-ends-days = { $count ->
    [one] La sessione scade tra { $shown } giorno: il personale deve accedere di nuovo
    [many] La sessione scade tra { $shown } di giorni: il personale deve accedere di nuovo
   *[other] La sessione scade tra { $shown } giorni: il personale deve accedere di nuovo
}
sign-in-ends-hours = { $count ->
    [one] La sessione scade tra { $shown } ora: il personale deve accedere di nuovo
    [many] La sessione scade tra { $shown } di ore: il personale deve accedere di nuovo
   *[other] La sessione scade tra { $shown } ore: il personale deve accedere di nuovo
}
not-taken-over = Nuova configurazione non applicata: personale, vedere il registro
storage-fails = Non si può salvare nulla: avvisa il personale
clock-behind = L'orologio di questo tablet è indietro: { $duration }
clock-ahead = L'orologio di questo tablet è avanti: { $duration }

duration-none = meno di un minuto
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] Non hai più ingressi
    [one] Ti resta { $shown } ingresso
    [many] Ti restano { $shown } di ingressi
   *[other] Ti restano { $shown } ingressi
}
minutes-used = Usato in questo periodo: { $duration }
pay-as-you-go = Per questa visita è stato usato un ingresso a consumo
present = { $count ->
    [one] { $shown } persona qui ora
    [many] { $shown } di persone qui ora
   *[other] { $shown } persone qui ora
}
charge-of-some-kind = Senza ingressi, la visita è a pagamento
charge = Senza ingressi, la visita è addebitata come { $name }
charge-with-price = Senza ingressi, la visita è addebitata come { $name }, { $price }

closed = Chiuso
closed-opens = Apre: { $when }
closed-taps-still-work = Puoi comunque fare check-in e check-out
renew-here = Rinnova qui

preferences-open = Lingua
preferences-title = Lingua e schermo
preferences-language = Lingua
preferences-larger-text = Testo più grande
preferences-high-contrast = Contrasto elevato
preferences-speech = Leggi ad alta voce
preferences-done = Fatto

pin-open = Senza badge? Usa il PIN
pin-title = Inserisci il tuo PIN
pin-name = Scrivi il tuo nome
pin-who-are-you = Chi sei?
pin-nobody = Nessuno trovato con questo nome
pin-pause = Attendi un momento, poi riprova
pin-wrong = Questo PIN non è corretto
pin-locked = Troppi tentativi. Attendi: { $duration }
pin-backspace = Cancella l'ultima cifra
pin-clear = Cancella tutto
pin-enter = Conferma
pin-cancel = Annulla

staff-open = Personale
staff-pin-title = PIN del personale
configuration = configurazione { $configuration }

sentence = { $text }.
