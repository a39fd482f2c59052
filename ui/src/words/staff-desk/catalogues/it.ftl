# Italiano: le parole del banco del personale. Si dà del tu, come sul chiosco.
# Long because counts have a form for millions too.

title = Banco del personale
one-moment = Un momento
no-answer = Il banco non risponde. Tra poco si chiede di nuovo.
lock = Torna al chiosco
set-up = Configurazione
set-up-ask = Aprire la configurazione? Intanto il chiosco si ferma.
set-up-yes = Apri la configurazione
end-kiosk = Chiudi il chiosco
end-kiosk-means = Solo per lavorare sul dispositivo che c’è dietro.
end-kiosk-ask = Chiudere il chiosco? Nessun badge viene letto finché non viene riavviato il chiosco o il tablet. Il dispositivo che c’è dietro resta allora aperto a chiunque sia qui davanti.
cancel = Annulla
close = Chiudi
again = Riprova
refresh = Aggiorna
older = Mostra i precedenti
loading = Caricamento
none = Nessuno
print = Stampa
export = Salva come CSV
exported = { $count ->
    [one] { $shown } riga salvata: { $path }
    [many] { $shown } righe salvate: { $path }
   *[other] { $shown } righe salvate: { $path }
}
exported-part = In tutto sono { $all }: sono state salvate solo le prime.
exported-names = Il file contiene nomi. Cancellalo quando non serve più a nessuno.
locks-in = Si blocca tra { $duration }. Tocca per restare.
at-the-door = Alla porta
lacking = All’account mancano ruoli: { $roles }
waiting = { $count ->
    [one] { $shown } passaggio in attesa
    [many] { $shown } passaggi in attesa
   *[other] { $shown } passaggi in attesa
}
needs-staff = { $count ->
    [one] { $shown } passaggio richiede il personale
    [many] { $shown } passaggi richiedono il personale
   *[other] { $shown } passaggi richiedono il personale
}
since = da: { $time }
until = fino a: { $time }
member-number = Membro { $number }
tile = Badge { $tile }

tab-failures = Errori
tab-overview = Panoramica
tab-health = Stato del chiosco
tab-log = Registro delle azioni
link-connecting = Connessione in corso
link-online = Connesso
link-offline = Senza connessione
link-signed-out = Disconnesso
verdict-checked-in = Check-in fatto
verdict-checked-out = Check-out fatto
verdict-refused = Check-in non fatto
verdict-unknown-tile = Badge sconosciuto
verdict-ambiguous-tile = Badge condiviso
verdict-unusable-tile = Badge non utilizzabile
verdict-saved = Salvato
verdict-unavailable = Non registrato
source-0 = Nessuna origine
source-1 = A mano
source-2 = Porta
source-3 = Rete
source-4 = Badge
source-5 = Sensore
source-other = Origine { $number }

preset-today = Oggi
preset-week = 7 giorni
preset-unknown = Badge sconosciuti
preset-member = Solo { $name }
preset-all = Tutti
filters = Filtri
filters-show = Mostra
filters-clear = Togli tutti i filtri
field-attempted = Ora
field-attempted-local = Ora locale del tentativo
field-created = Registrato
field-updated = Modificato
field-coworker = Numero del membro
field-member = Membro
field-location = Sede
field-source = Origine
field-mac-addresses = Indirizzi MAC
field-teams = Gruppi
field-tariff = Piano
field-description = Motivo
field-tile = Badge
field-kind = Tipo
field-key = Numero
span-any = Qualsiasi data
span-today = Oggi
span-week = Ultimi 7 giorni
span-month = Ultimi 30 giorni
span-between = Da … a …
span-days = Giorni
from = Da
to = A
any = Qualsiasi
sort-by = Ordina per
ascending = Prima i più piccoli
descending = Prima i più grandi
failures-count = { $count ->
    [one] { $shown } errore
    [many] { $shown } errori
   *[other] { $shown } errori
}
failures-new = { $count ->
    [one] { $shown } nuovo: mostra
    [many] { $shown } nuovi: mostra
   *[other] { $shown } nuovi: mostra
}
failures-changed = L’elenco è cambiato: mostra
failures-none = Qui non ci sono errori
failures-none-hint = Prova con più tempo o meno filtri.
failures-hidden = { $count ->
    [one] { $shown } scheda tralasciata: il servizio ignora uno dei filtri.
    [many] { $shown } schede tralasciate: il servizio ignora uno dei filtri.
   *[other] { $shown } schede tralasciate: il servizio ignora uno dei filtri.
}
failures-unreadable = { $count ->
    [one] { $shown } scheda non è leggibile.
    [many] { $shown } schede non sono leggibili.
   *[other] { $shown } schede non sono leggibili.
}
failures-local-only = Si vede solo ciò che sa questo chiosco.
kind-failed-checkin = Check-in fallito
kind-needs-staff = Richiede il personale
kind-unusable-tile = Badge non utilizzabile
kiosk-only = Solo questo chiosco
nobody = Nessuno di noto
no-reason = Nessun motivo indicato

happened = Che cosa è successo
reading = La nostra lettura
reading-means = Tapdesk lo deduce da ciò che si sa ora. Il servizio non l’ha detto.
member = Membro
passes = Pass
open-checkins = Presente ora
recorded = Tutto ciò che è registrato
acts = Che cosa puoi fare
only-this-member = Solo questo membro
no-plan = Nessun piano
member-active = Attivo
member-inactive = Non attivo
member-archived = Archiviato
pass-valid = Valido
pass-used = Esaurito
pass-expired = Scaduto
pass-cancelled = Annullato
pass-elsewhere = Per un’altra sede
pass-other = Ora non valido
pass-some = Pass
pass-uses = { $remaining } di { $all } rimasti
pass-left = { $remaining } rimasti
pass-pay-as-you-go = Pagamento a consumo

reading-unknown-tile = Nessun membro ha questo badge.
reading-ambiguous-tile = Più di un membro ha questo badge.
reading-unusable-tile = Un telefono, o una tessera che mostra ogni volta un altro numero: non identifica nessuno.
reading-tile-linked-since = Ora il badge appartiene a { $name }.
reading-not-active = Il membro non è attivo.
reading-archived = Il membro è archiviato.
reading-changed-since = La scheda del membro è stata modificata dopo il tentativo: { $time }.
reading-no-pass-no-plan = Il membro non ha mai avuto un pass e non ha un piano.
reading-no-pass = Il membro ha il piano { $plan }, ma nessun pass.
reading-passes-used-up = Tutti i pass sono esauriti.
reading-passes-used-up-at = Tutti i pass sono esauriti, l’ultimo: { $time }.
reading-passes-expired = L’ultimo pass è scaduto: { $time }.
reading-passes-cancelled = I pass sono stati annullati.
reading-passes-elsewhere = I pass sono per un’altra sede.
reading-pass-valid-now = Ora un pass è valido: è iniziato dopo, o la causa è un’altra.
reading-pass-valid-now-named = Il pass { $name } ora è valido: è iniziato dopo, o la causa è un’altra.
reading-plan-changed = Il piano era { $before } e ora è { $after }.
reading-already-in = Il membro era già presente, da: { $time }.
reading-came-in-since = Il membro è entrato dopo: { $time }.
reading-closed = La sede era chiusa a quell’ora.
reading-repeated = { $count ->
    [one] { $shown } tentativo in un giorno.
    [many] { $shown } tentativi in un giorno.
   *[other] { $shown } tentativi in un giorno.
}
reading-not-known = Ciò che si sa non dice perché.

act-check-in = Fai il check-in a mano
act-close-checkin = Chiudi il check-in
act-link-tile = Assegna il badge a un membro
act-correct = Correggi la scheda
act-retry = Registra di nuovo
act-dismiss = Non serve altro
act-lacking = Non possibile con questo account: manca il ruolo { $role }.
note = Nota
note-means = Resta solo su questo chiosco.
when = Quando
when-now = Adesso
when-at = A un’ora data
search = Cerca un membro
search-none = Nessuno trovato.
search-hint = Scrivi almeno due lettere del nome.
choose-other = Scegli un altro
field-to-write = Scrivi il badge in
tile-field-access-card = Tessera (AccessCardId)
tile-field-key-fob = Portachiavi (KeyFobNumber)
correct-reason = Nuovo motivo
correct-hint = Lascia vuoto ciò che non cambia.
why = Perché
dismiss-recorded-by-hand = Registrato a mano
dismiss-already-recorded = Già registrato
dismiss-did-not-enter = Non è entrato
dismiss-test = Una prova
dismiss-other = Un altro motivo
look = Avanti
back = Indietro
confirm = Conferma
confirm-title = Guarda ancora una volta
will-write = Questo sarà scritto
writes-nothing = Nel servizio non si scrive nulla.
property = Proprietà
before = Prima
after = Dopo
empty = vuoto
undoable = Poi si può annullare.
not-undoable = Non si può annullare.
not-possible = Così com’è, non si può fare.
working = È in corso. Attendi.
done = Fatto
done-source = Il servizio ha salvato l’origine { $source }.
undo = Annulla l’azione
undone = Azione annullata
warning-already-in = Il membro è già presente, da: { $time }.
warning-not-active = Il membro non è attivo.
warning-may-be-charged = Nessun pass è valido: la visita potrebbe essere addebitata.
warning-tile-taken = { $name } ha questo badge.
warning-tile-theirs = Il membro ha già questo badge.
warning-replaces-tile = Un altro badge del membro viene sostituito.
warning-tap-waits = Un passaggio di questo membro è ancora in attesa.
warning-tile-not-checked = Non si è potuto chiedere al servizio chi ha questo badge.
warning-already-closed = Il check-in è stato chiuso nel frattempo: { $time }.

problem-not-permitted = All’account manca il ruolo { $role }.
todo-not-permitted = Chiedi a un amministratore di aggiungerlo.
problem-unreachable = Il servizio non è raggiungibile.
todo-unreachable = Controlla la rete, poi riprova.
problem-throttled = In questo momento il servizio riceve troppe richieste.
todo-throttled = Aspetta un minuto, poi riprova.
problem-signed-out = Il servizio non conosce più questo chiosco.
todo-signed-out = Collegalo nella configurazione.
problem-gateway = Il servizio non ha risposto come doveva.
todo-gateway = Aspetta qualche minuto, poi riprova.
problem-refused = Il servizio non ha accettato.
todo-refused = Leggi che cosa dice e cambia ciò che chiede.
problem-gone = La scheda non c’è più.
todo-gone = Guarda di nuovo l’elenco.
problem-changed = Qualcuno l’ha cambiato nel frattempo.
todo-changed = Guarda di nuovo, poi decidi.
problem-unknown = Nessuno può dire se è stato fatto.
todo-unknown = Guarda la scheda del membro e il registro prima di riprovare.
problem-storage = Questo chiosco non può salvarlo; non è stato fatto nulla.
todo-storage = Guarda lo stato del chiosco.
problem-invalid = Questo non si può chiedere.
todo-invalid = Cambia ciò che hai scritto, poi riprova.
problem-ended = Il banco è terminato.
todo-ended = Torna al chiosco e apri di nuovo il banco.
problem-failed = Non ha funzionato.
todo-failed = Riprova, per favore.

chart-failures-by-reason = Errori per motivo
chart-failures-by-hour = Errori per ora
chart-arrivals-by-hour = Arrivi per ora
chart-checkins-by-source = Check-in per origine
chart-unknown-tiles-by-day = Badge sconosciuti per giorno
hour = Ora
minute = Minuti
day = Giorno
count = Numero
name = Nome
since-when = Da
show-table = Come tabella
counted = { $counted } di { $all } contati: i più recenti.
nothing-counted = Nulla in questo periodo.
present-none = Non c’è nessuno.
present-count = { $count ->
    [one] { $shown } presente ora
    [many] { $shown } presenti ora
   *[other] { $shown } presenti ora
}
present-filter = Cerca un nome

state-good = Bene
state-attention = Da guardare
state-problem = Problema
health-reader = Lettore
health-reader-good = Legge i badge.
health-reader-attention = Si sta avviando. Se dura, stacca la spina e riattaccala.
health-reader-problem = Non funziona. Stacca la spina e riattaccala; se non aiuta, sceglilo nella configurazione.
health-link = Connessione
health-link-good = Il servizio risponde.
health-link-attention = Si cerca il servizio. Intanto i passaggi vengono conservati.
health-link-problem = Il servizio non è raggiungibile. Controlla la rete; i passaggi vengono conservati come da configurazione.
health-sign-in = Sessione
health-sign-in-good = Il chiosco è collegato.
health-sign-in-attention = La sessione finisce presto. Rinnovala nella configurazione.
health-sign-in-problem = Il chiosco è scollegato. Collegalo nella configurazione.
health-clock = Orologio
health-clock-good = Concorda con l’orologio del servizio.
health-clock-attention = Differisce dall’orologio del servizio. Chiedi all’informatica di regolare l’ora dalla rete.
health-clock-problem = È molto sfasato e gli orari sono sbagliati. Chiedi all’informatica di regolare l’ora dalla rete.
health-queue = Passaggi in attesa
health-queue-good = Nessuno aspetta troppo.
health-queue-attention = Ci sono passaggi in attesa. Partono da soli quando torna la connessione.
health-queue-problem = Ci sono passaggi che aspettano troppo. Controlla la connessione, poi la sessione.
health-needs-staff = Passaggi per il personale
health-needs-staff-good = Nessuno ha bisogno di te.
health-needs-staff-attention = Guardali nell’elenco degli errori.
health-needs-staff-problem = Molti hanno bisogno di te. Guardali nell’elenco degli errori.
health-storage = Memoria
health-storage-good = I passaggi possono essere salvati.
health-storage-attention = Lo spazio scarseggia. Chiedi all’informatica di fare spazio su questo dispositivo.
health-storage-problem = I passaggi non possono essere salvati. Chiedi all’informatica di controllare disco e portachiavi digitale.
health-budget = Richieste al servizio
health-budget-good = Ben sotto ciò che il servizio permette.
health-budget-attention = Vicino a ciò che il servizio permette. Filtra e aggiorna di meno per un minuto.
health-budget-problem = Quante ne permette il servizio. Aspetta un minuto.
health-configuration = Impostazioni
health-configuration-good = Si usano le più recenti.
health-configuration-attention = Quelle nuove non sono state adottate. Chiedi all’informatica di guardarle.
health-configuration-problem = Non sono utilizzabili. Chiedi all’informatica di guardarle.
health-rights = Ruoli
health-rights-good = L’account ha i ruoli necessari.
health-rights-attention = Mancano alcuni ruoli. Chiedi a un amministratore di aggiungerli.
health-rights-problem = Mancano ruoli senza i quali non si registra nulla. Chiedi a un amministratore di aggiungerli.
health-update = Aggiornamenti
health-update-good = È in uso la versione più recente.
health-update-attention = C’è un aggiornamento pronto. Si installa da solo; il chiosco allora si assenta per un momento.
health-update-problem = Un aggiornamento non è stato installato; il chiosco continua con la versione precedente. Chiedi all’informatica di guardare.
update-by-hand = C’è un aggiornamento pronto. Chiedi all’informatica di installarlo.
update-when = Installazione: { $time }
health-fleet = File della flotta
health-fleet-good = Si usa il più recente per questo chiosco.
health-fleet-attention = Il più recente non è usato qui; il chiosco continua con quello che ha. Chiedi all’informatica di guardare.
health-fleet-problem = Il più recente non ha funzionato qui; è stato ripristinato il precedente. Chiedi all’informatica di guardare.
fleet-looked = Ultimo controllo: { $time }
figure-version = Versione { $number }
latency = Quanto dura un passaggio
latency-part = Parte
latency-taps = Passaggi
latency-p50 = La metà
latency-p95 = 95 su 100
latency-p99 = 99 su 100
latency-max = Il più lungo
part-reader = Lettore
part-engine = Tapdesk
part-service = Servizio
part-paint = Schermo
part-whole = Dal badge all’esito
versions = Versioni
configuration = Impostazioni
key = Impostazione
value = Valore
origin = Da dove
origin-default = predefinito
running = In funzione da: { $time }
as-of = Alle { $time }
recorder = Le ultime cose successe
recorder-from = Fino a
recorder-kinds = Tipi
recorder-newest = Più recenti
recorder-none = Nulla qui.
happening-acknowledged = Badge letto
happening-verdict = Esito
happening-reader = Lettore
happening-link = Connessione
happening-queue = Coda
happening-storage = Memoria
happening-clock = Orologio
happening-configuration = Impostazioni
happening-began = Avvio
works = Funziona
works-not = Non funziona
revised = aggiunta successiva
clock-agrees = Gli orologi concordano
clock-ahead = Il servizio è avanti di { $duration }
clock-behind = Il servizio è indietro di { $duration }
taken = Adottate
taken-not = Non adottate

audit-unknown = Nessuno sa com’è finita
audit-done = Fatto
audit-failed = Non eseguito
audit-undone = Annullato
audit-number = N. { $number }
audit-none = Qui non è ancora stato fatto nulla.
audit-record = Scheda { $number }
audit-broken = Il registro è stato alterato: il numero { $number }, o una riga precedente, non è com’era stato scritto. Avvisa chi è responsabile di questo chiosco.
undo-ask = Annullare questa azione?

keyboard-open = Tastiera sullo schermo
keyboard-hide = Nascondi la tastiera
keyboard-title = Tastiera
keyboard-shift = Maiuscole
keyboard-backspace = Cancella
keyboard-space = Spazio
keyboard-letters = Lettere
keyboard-symbols = Cifre e simboli
keyboard-more = Altri simboli
