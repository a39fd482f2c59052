# Català: les paraules de la taula del personal. Tracte de tu, com al quiosc.
# Long because counts have a form for millions too.

title = Taula del personal
one-moment = Un moment
no-answer = La taula no respon. Es torna a preguntar de seguida.
lock = Torna al quiosc
set-up = Configuració
set-up-ask = Vols obrir la configuració? Mentrestant el quiosc s’atura.
set-up-yes = Obre la configuració
end-kiosk = Tanca el quiosc
end-kiosk-means = Només per treballar en l’equip que hi ha al darrere.
end-kiosk-ask = Vols tancar el quiosc? No es llegeix cap targeta fins que es torni a engegar o es reiniciï la tauleta. L’equip que hi ha al darrere queda llavors obert a qui sigui aquí.
cancel = Cancel·la
close = Tanca
again = Torna-ho a provar
refresh = Actualitza
older = Mostra els anteriors
loading = S’està carregant
none = Cap
print = Imprimeix
export = Desa com a CSV
exported = { $count ->
    [one] { $shown } fila desada: { $path }
    [many] { $shown } files desades: { $path }
   *[other] { $shown } files desades: { $path }
}
exported-part = N’hi ha { $all } en total: només s’han desat les primeres.
exported-names = El fitxer conté noms. Esborra’l quan ja ningú no el necessiti.
locks-in = Es bloca d’aquí a { $duration }. Toca per quedar-t’hi.
at-the-door = A la porta
lacking = Al compte li falten rols: { $roles }
waiting = { $count ->
    [one] { $shown } registre en espera
    [many] { $shown } registres en espera
   *[other] { $shown } registres en espera
}
needs-staff = { $count ->
    [one] { $shown } registre necessita el personal
    [many] { $shown } registres necessiten el personal
   *[other] { $shown } registres necessiten el personal
}
since = des de: { $time }
until = fins a: { $time }
member-number = Membre { $number }
tile = Targeta { $tile }

tab-failures = Errors
tab-overview = Resum
tab-health = Estat del quiosc
tab-log = Registre d’accions
link-connecting = S’està connectant
link-online = Connectat
link-offline = Sense connexió
link-signed-out = Sessió tancada
verdict-checked-in = Check-in fet
verdict-checked-out = Check-out fet
verdict-refused = Check-in no fet
verdict-unknown-tile = Targeta desconeguda
verdict-ambiguous-tile = Targeta compartida
verdict-unusable-tile = Targeta no utilitzable
verdict-saved = Desat
verdict-unavailable = No registrat
source-0 = Sense origen
source-1 = A mà
source-2 = Porta
source-3 = Xarxa
source-4 = Targeta
source-5 = Sensor
source-other = Origen { $number }

preset-today = Avui
preset-week = 7 dies
preset-unknown = Targetes desconegudes
preset-member = Només { $name }
preset-all = Tots
filters = Filtres
filters-show = Mostra
filters-clear = Treu tots els filtres
field-attempted = Hora
field-attempted-local = Hora local de l’intent
field-created = Registrat
field-updated = Modificat
field-coworker = Número de membre
field-member = Membre
field-location = Seu
field-source = Origen
field-mac-addresses = Adreces MAC
field-teams = Equips
field-tariff = Pla
field-description = Motiu
field-tile = Targeta
field-kind = Tipus
field-key = Número
span-any = Qualsevol data
span-today = Avui
span-week = Últims 7 dies
span-month = Últims 30 dies
span-between = De … a …
span-days = Dies
from = Des de
to = Fins a
any = Qualsevol
sort-by = Ordena per
ascending = Primer els més petits
descending = Primer els més grans
failures-count = { $count ->
    [one] { $shown } error
    [many] { $shown } errors
   *[other] { $shown } errors
}
failures-new = { $count ->
    [one] { $shown } de nou: mostra
    [many] { $shown } de nous: mostra
   *[other] { $shown } de nous: mostra
}
failures-changed = La llista ha canviat: mostra
failures-none = Aquí no hi ha errors
failures-none-hint = Prova amb més temps o menys filtres.
failures-hidden = { $count ->
    [one] { $shown } fitxa omesa: el servei no atén un dels filtres.
    [many] { $shown } fitxes omeses: el servei no atén un dels filtres.
   *[other] { $shown } fitxes omeses: el servei no atén un dels filtres.
}
failures-unreadable = { $count ->
    [one] { $shown } fitxa no s’ha pogut llegir.
    [many] { $shown } fitxes no s’han pogut llegir.
   *[other] { $shown } fitxes no s’han pogut llegir.
}
failures-local-only = Només es mostra el que sap aquest quiosc.
kind-failed-checkin = Check-in fallit
kind-needs-staff = Necessita el personal
kind-unusable-tile = Targeta no utilitzable
kiosk-only = Només aquest quiosc
nobody = Ningú conegut
no-reason = Sense motiu indicat

happened = Què ha passat
reading = La nostra lectura
reading-means = Tapdesk ho dedueix del que se sap ara. El servei no ho ha dit.
member = Membre
passes = Passis
open-checkins = Ara a dins
recorded = Tot el que consta
acts = Què pots fer
only-this-member = Només aquest membre
no-plan = Sense pla
member-active = Actiu
member-inactive = No actiu
member-archived = Arxivat
pass-valid = Vàlid
pass-used = Exhaurit
pass-expired = Caducat
pass-cancelled = Cancel·lat
pass-elsewhere = Per a una altra seu
pass-other = No vàlid ara
pass-some = Passi
pass-uses = En queden { $remaining } de { $all }
pass-left = En queden { $remaining }
pass-pay-as-you-go = Pagament per ús

reading-unknown-tile = Cap membre no té aquesta targeta.
reading-ambiguous-tile = Més d’un membre té aquesta targeta.
reading-unusable-tile = Un telèfon, o una targeta que cada vegada mostra un altre número: no identifica ningú.
reading-tile-linked-since = Ara la targeta és de { $name }.
reading-not-active = El membre no està actiu.
reading-archived = El membre està arxivat.
reading-changed-since = La fitxa del membre es va modificar després de l’intent: { $time }.
reading-no-pass-no-plan = El membre no ha tingut mai cap passi i no té pla.
reading-no-pass = El membre té el pla { $plan }, però cap passi.
reading-passes-used-up = Tots els passis estan exhaurits.
reading-passes-used-up-at = Tots els passis estan exhaurits, l’últim: { $time }.
reading-passes-expired = L’últim passi va caducar: { $time }.
reading-passes-cancelled = Els passis es van cancel·lar.
reading-passes-elsewhere = Els passis són per a una altra seu.
reading-pass-valid-now = Ara hi ha un passi vàlid: va començar després, o la causa és una altra.
reading-pass-valid-now-named = El passi { $name } és vàlid ara: va començar després, o la causa és una altra.
reading-plan-changed = El pla era { $before } i ara és { $after }.
reading-already-in = El membre ja era a dins, des de: { $time }.
reading-came-in-since = El membre va entrar després: { $time }.
reading-closed = La seu era tancada a aquella hora.
reading-repeated = { $count ->
    [one] { $shown } intent en un dia.
    [many] { $shown } intents en un dia.
   *[other] { $shown } intents en un dia.
}
reading-not-known = El que se sap no diu per què.

act-check-in = Fes el check-in a mà
act-close-checkin = Tanca el check-in
act-link-tile = Assigna la targeta a un membre
act-correct = Corregeix la fitxa
act-retry = Torna a registrar
act-dismiss = No cal res més
act-lacking = No és possible amb aquest compte: falta el rol { $role }.
note = Nota
note-means = Només es desa en aquest quiosc.
when = Quan
when-now = Ara
when-at = A una hora donada
search = Busca un membre
search-none = No s’ha trobat ningú.
search-hint = Escriu almenys dues lletres del nom.
choose-other = Tria’n un altre
field-to-write = Escriu la targeta a
tile-field-access-card = Targeta (AccessCardId)
tile-field-key-fob = Clauer (KeyFobNumber)
correct-reason = Motiu nou
correct-hint = Deixa buit el que no canvia.
why = Per què
dismiss-recorded-by-hand = Registrat a mà
dismiss-already-recorded = Ja registrat
dismiss-did-not-enter = No va entrar
dismiss-test = Una prova
dismiss-other = Un altre motiu
look = Continua
back = Enrere
confirm = Confirma
confirm-title = Mira-ho un cop més
will-write = Això s’escriurà
writes-nothing = No s’escriu res al servei.
property = Propietat
before = Abans
after = Després
empty = buit
undoable = Després es pot desfer.
not-undoable = No es pot desfer.
not-possible = Tal com està, no es pot fer.
working = S’està fent. Espera, si us plau.
done = Fet
done-source = El servei ha desat l’origen { $source }.
undo = Desfés
undone = Desfet
warning-already-in = El membre ja és a dins, des de: { $time }.
warning-not-active = El membre no està actiu.
warning-may-be-charged = Cap passi no és vàlid: la visita es pot cobrar.
warning-tile-taken = { $name } té aquesta targeta.
warning-tile-theirs = El membre ja té aquesta targeta.
warning-replaces-tile = Se substitueix una altra targeta del membre.
warning-tap-waits = Un registre d’aquest membre encara espera.
warning-tile-not-checked = No s’ha pogut preguntar al servei qui té aquesta targeta.
warning-already-closed = Mentrestant s’ha tancat el check-in: { $time }.

problem-not-permitted = Al compte li falta el rol { $role }.
todo-not-permitted = Demana a un administrador que l’afegeixi.
problem-unreachable = No es pot contactar amb el servei.
todo-unreachable = Comprova la xarxa i torna-ho a provar.
problem-throttled = Ara es consulta massa el servei.
todo-throttled = Espera un minut i torna-ho a provar.
problem-signed-out = El servei ja no coneix aquest quiosc.
todo-signed-out = Inicia la sessió a la configuració.
problem-gateway = El servei no ha respost com calia.
todo-gateway = Espera uns minuts i torna-ho a provar.
problem-refused = El servei no ho ha acceptat.
todo-refused = Llegeix què diu i canvia el que demana.
problem-gone = La fitxa ja no hi és.
todo-gone = Torna a mirar la llista.
problem-changed = Algú ho ha canviat mentrestant.
todo-changed = Torna-ho a mirar i decideix de nou.
problem-unknown = Ningú no pot dir si s’ha fet.
todo-unknown = Mira la fitxa del membre i el registre d’accions abans de tornar-ho a provar.
problem-storage = Aquest quiosc no ho pot desar; no s’ha fet res.
todo-storage = Mira l’estat del quiosc.
problem-invalid = Això no es pot demanar.
todo-invalid = Canvia el que has escrit i torna-ho a provar.
problem-ended = La taula ha acabat.
todo-ended = Torna al quiosc i obre la taula de nou.
problem-failed = No ha funcionat.
todo-failed = Torna-ho a provar, si us plau.

chart-failures-by-reason = Errors per motiu
chart-failures-by-hour = Errors per hora
chart-arrivals-by-hour = Arribades per hora
chart-checkins-by-source = Check-ins per origen
chart-unknown-tiles-by-day = Targetes desconegudes per dia
hour = Hora
minute = Minut
day = Dia
count = Quantitat
name = Nom
since-when = Des de
show-table = Com a taula
counted = { $counted } de { $all } comptats: els més recents.
nothing-counted = Res en aquest temps.
present-none = No hi ha ningú.
present-count = { $count ->
    [one] { $shown } ara a dins
    [many] { $shown } ara a dins
   *[other] { $shown } ara a dins
}
present-filter = Busca un nom

state-good = Bé
state-attention = Cal mirar-ho
state-problem = Problema
health-reader = Lector
health-reader-good = Llegeix targetes.
health-reader-attention = S’està engegant. Si dura, desendolla’l i torna’l a endollar.
health-reader-problem = No funciona. Desendolla’l i torna’l a endollar; si no hi ajuda, tria’l a la configuració.
health-link = Connexió
health-link-good = El servei respon.
health-link-attention = Es busca el servei. Mentrestant es desen els registres.
health-link-problem = No es pot contactar amb el servei. Comprova la xarxa; els registres es desen segons la configuració.
health-sign-in = Sessió
health-sign-in-good = El quiosc té la sessió iniciada.
health-sign-in-attention = La sessió s’acaba aviat. Inicia-la de nou a la configuració.
health-sign-in-problem = La sessió és tancada. Inicia-la a la configuració.
health-clock = Rellotge
health-clock-good = Coincideix amb el rellotge del servei.
health-clock-attention = Difereix del rellotge del servei. Demana a informàtica que ajusti l’hora per la xarxa.
health-clock-problem = Va molt desviat i les hores són errònies. Demana a informàtica que ajusti l’hora per la xarxa.
health-queue = Registres en espera
health-queue-good = Cap no espera massa.
health-queue-attention = Hi ha registres en espera. Surten sols quan torna la connexió.
health-queue-problem = Hi ha registres que esperen massa. Comprova la connexió i després la sessió.
health-needs-staff = Registres per al personal
health-needs-staff-good = Cap no et necessita.
health-needs-staff-attention = Mira’ls a la llista d’errors.
health-needs-staff-problem = Molts et necessiten. Mira’ls a la llista d’errors.
health-storage = Emmagatzematge
health-storage-good = Es poden desar registres.
health-storage-attention = Queda poc espai. Demana a informàtica que alliberi espai en aquest equip.
health-storage-problem = No es poden desar registres. Demana a informàtica que revisi el disc i el magatzem de claus.
health-budget = Crides al servei
health-budget-good = Molt per sota del que permet el servei.
health-budget-attention = A prop del que permet el servei. Filtra i actualitza menys durant un minut.
health-budget-problem = Tantes com permet el servei. Espera un minut.
health-configuration = Ajustos
health-configuration-good = S’usen els més recents.
health-configuration-attention = Uns de nous no s’han adoptat. Demana a informàtica que els miri.
health-configuration-problem = No es poden usar. Demana a informàtica que els miri.
health-rights = Rols
health-rights-good = El compte té els rols necessaris.
health-rights-attention = Falten alguns rols. Demana a un administrador que els afegeixi.
health-rights-problem = Falten rols sense els quals no es registra res. Demana a un administrador que els afegeixi.
health-update = Actualitzacions
health-update-good = S’usa la versió més recent.
health-update-attention = Hi ha una actualització a punt. S’instal·la sola; el quiosc s’absenta llavors un moment.
health-update-problem = Una actualització no s’ha pogut instal·lar; el quiosc continua amb la versió d’abans. Demana a informàtica que ho miri.
update-by-hand = Hi ha una actualització a punt. Demana a informàtica que la instal·li.
update-when = Instal·lació: { $time }
health-fleet = Fitxer de flota
health-fleet-good = S’usa el més recent per a aquest quiosc.
health-fleet-attention = El més recent no s’usa aquí; el quiosc continua amb el que té. Demana a informàtica que ho miri.
health-fleet-problem = El més recent no ha funcionat aquí; s’ha tornat a l’anterior. Demana a informàtica que ho miri.
fleet-looked = Última consulta: { $time }
figure-version = Versió { $number }
latency = Quant dura un registre
latency-part = Part
latency-taps = Registres
latency-p50 = La meitat
latency-p95 = 95 de 100
latency-p99 = 99 de 100
latency-max = El més llarg
part-reader = Lector
part-engine = Tapdesk
part-service = Servei
part-paint = Pantalla
part-whole = De la targeta al resultat
versions = Versions
configuration = Ajustos
key = Ajust
value = Valor
origin = D’on
origin-default = per defecte
running = En marxa des de: { $time }
as-of = A les { $time }
recorder = L’última cosa que ha passat
recorder-from = Fins a
recorder-kinds = Tipus
recorder-newest = El més recent
recorder-none = No hi ha res.
happening-acknowledged = Targeta llegida
happening-verdict = Resultat
happening-reader = Lector
happening-link = Connexió
happening-queue = Cua
happening-storage = Emmagatzematge
happening-clock = Rellotge
happening-configuration = Ajustos
happening-began = Inici
works = Funciona
works-not = No funciona
revised = avís posterior
clock-agrees = Els rellotges coincideixen
clock-ahead = El servei va avançat { $duration }
clock-behind = El servei va endarrerit { $duration }
taken = Adoptats
taken-not = No adoptats

audit-unknown = Ningú no sap com ha acabat
audit-done = Fet
audit-failed = No realitzat
audit-undone = Desfet
audit-number = Núm. { $number }
audit-none = Aquí encara no s’ha fet res.
audit-record = Fitxa { $number }
audit-broken = El registre s’ha alterat: el número { $number }, o una línia anterior, no està com es va escriure. Avisa qui respon d’aquest quiosc.
undo-ask = Vols desfer això?

keyboard-open = Teclat en pantalla
keyboard-hide = Amaga el teclat
keyboard-title = Teclat
keyboard-shift = Majúscules
keyboard-backspace = Esborra
keyboard-space = Espai
keyboard-letters = Lletres
keyboard-symbols = Xifres i símbols
keyboard-more = Més símbols
