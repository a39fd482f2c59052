# Nederlands: de woorden van de balie. Je en jij, zoals op de kiosk.

title = Balie
one-moment = Een moment
no-answer = De balie antwoordt niet. Zo wordt het opnieuw gevraagd.
lock = Terug naar de kiosk
set-up = Instellen
set-up-ask = Het instellen openen? De kiosk pauzeert zolang.
set-up-yes = Instellen openen
end-kiosk = Kiosk afsluiten
end-kiosk-means = Alleen voor werk aan het apparaat erachter.
end-kiosk-ask = De kiosk afsluiten? Er wordt geen tag gelezen tot hij weer wordt gestart of de tablet opnieuw start. Het apparaat erachter is dan open voor wie hier staat.
cancel = Annuleren
close = Sluiten
again = Opnieuw proberen
refresh = Vernieuwen
older = Oudere tonen
loading = Laden
none = Geen
print = Afdrukken
export = Opslaan als CSV
exported = { $count ->
    [one] { $shown } rij opgeslagen: { $path }
   *[other] { $shown } rijen opgeslagen: { $path }
}
exported-part = Er zijn er { $all }: alleen de eerste zijn opgeslagen.
exported-names = Het bestand bevat namen. Wis het zodra niemand het meer nodig heeft.
locks-in = Vergrendelt over { $duration }. Raak aan om te blijven.
at-the-door = Bij de deur
lacking = Het account mist rollen: { $roles }
waiting = { $count ->
    [one] { $shown } registratie wacht
   *[other] { $shown } registraties wachten
}
needs-staff = { $count ->
    [one] { $shown } registratie voor het team
   *[other] { $shown } registraties voor het team
}
since = sinds { $time }
until = tot { $time }
member-number = Lid { $number }
tile = Tag { $tile }

tab-failures = Mislukt
tab-overview = Overzicht
tab-health = Toestand van de kiosk
tab-log = Logboek
link-connecting = Verbinden
link-online = Verbonden
link-offline = Geen verbinding
link-signed-out = Afgemeld
verdict-checked-in = Ingecheckt
verdict-checked-out = Uitgecheckt
verdict-refused = Niet ingecheckt
verdict-unknown-tile = Onbekende tag
verdict-ambiguous-tile = Gedeelde tag
verdict-unusable-tile = Onbruikbare tag
verdict-saved = Bewaard
verdict-unavailable = Niet vastgelegd
source-0 = Geen bron
source-1 = Met de hand
source-2 = Deur
source-3 = Netwerk
source-4 = Tag
source-5 = Sensor
source-other = Bron { $number }

preset-today = Vandaag
preset-week = 7 dagen
preset-unknown = Onbekende tags
preset-member = Alleen { $name }
preset-all = Alles
filters = Filteren
filters-show = Tonen
filters-clear = Alle filters wissen
field-attempted = Tijd
field-attempted-local = Plaatselijke tijd van de poging
field-created = Vastgelegd
field-updated = Gewijzigd
field-coworker = Lidnummer
field-member = Lid
field-location = Locatie
field-source = Bron
field-mac-addresses = MAC-adressen
field-teams = Groepen
field-tariff = Abonnement
field-description = Reden
field-tile = Tag
field-kind = Soort
field-key = Nummer
span-any = Elke tijd
span-today = Vandaag
span-week = Laatste 7 dagen
span-month = Laatste 30 dagen
span-between = Van … tot …
span-days = Dagen
from = Van
to = Tot
any = Alle
sort-by = Sorteren op
ascending = Kleinste eerst
descending = Grootste eerst
failures-count = { $count ->
    [one] { $shown } mislukte poging
   *[other] { $shown } mislukte pogingen
}
failures-new = { $count ->
    [one] { $shown } nieuwe: tonen
   *[other] { $shown } nieuwe: tonen
}
failures-changed = De lijst is veranderd: tonen
failures-none = Hier is niets mislukt
failures-none-hint = Probeer een langere tijd of minder filters.
failures-hidden = { $count ->
    [one] { $shown } record weggelaten: de dienst let niet op een van de filters.
   *[other] { $shown } records weggelaten: de dienst let niet op een van de filters.
}
failures-unreadable = { $count ->
    [one] { $shown } record was niet te lezen.
   *[other] { $shown } records waren niet te lezen.
}
failures-local-only = Alleen wat deze kiosk weet wordt getoond.
kind-failed-checkin = Mislukte check-in
kind-needs-staff = Voor het team
kind-unusable-tile = Onbruikbare tag
kiosk-only = Alleen deze kiosk
nobody = Niemand bekend
no-reason = Geen reden gegeven

happened = Wat er gebeurde
reading = Onze lezing
reading-means = Tapdesk leidt dit af uit wat nu bekend is. De dienst heeft het niet gezegd.
member = Lid
passes = Passen
open-checkins = Nu aanwezig
recorded = Alles wat is vastgelegd
acts = Wat je kunt doen
only-this-member = Alleen dit lid
no-plan = Geen abonnement
member-active = Actief
member-inactive = Niet actief
member-archived = Gearchiveerd
pass-valid = Geldig
pass-used = Opgebruikt
pass-expired = Verlopen
pass-cancelled = Geannuleerd
pass-elsewhere = Voor een andere locatie
pass-other = Nu niet geldig
pass-some = Pas
pass-uses = { $remaining } van { $all } over
pass-left = { $remaining } over
pass-pay-as-you-go = Betalen per keer

reading-unknown-tile = Geen lid heeft deze tag.
reading-ambiguous-tile = Meer dan één lid heeft deze tag.
reading-unusable-tile = Een telefoon, of een kaart die steeds een ander nummer toont: die wijst niemand aan.
reading-tile-linked-since = De tag is nu van { $name }.
reading-not-active = Het lid is niet actief.
reading-archived = Het lid is gearchiveerd.
reading-changed-since = De gegevens van het lid zijn na de poging gewijzigd: { $time }.
reading-no-pass-no-plan = Het lid had nooit een pas en heeft geen abonnement.
reading-no-pass = Het lid heeft het abonnement { $plan }, maar geen pas.
reading-passes-used-up = Alle passen zijn opgebruikt.
reading-passes-used-up-at = Alle passen zijn opgebruikt, de laatste: { $time }.
reading-passes-expired = De laatste pas verliep: { $time }.
reading-passes-cancelled = De passen zijn geannuleerd.
reading-passes-elsewhere = De passen zijn voor een andere locatie.
reading-pass-valid-now = Er is nu een geldige pas: die begon later, of de oorzaak is een andere.
reading-pass-valid-now-named = De pas { $name } is nu geldig: die begon later, of de oorzaak is een andere.
reading-plan-changed = Het abonnement was toen { $before } en is nu { $after }.
reading-already-in = Het lid was er al, sinds { $time }.
reading-came-in-since = Het lid kwam later binnen: { $time }.
reading-closed = De locatie was toen gesloten.
reading-repeated = { $count ->
    [one] { $shown } poging binnen een dag.
   *[other] { $shown } pogingen binnen een dag.
}
reading-not-known = Wat bekend is, zegt niet waarom.

act-check-in = Met de hand inchecken
act-close-checkin = Check-in afsluiten
act-link-tile = Tag aan een lid geven
act-correct = Record verbeteren
act-retry = Opnieuw vastleggen
act-dismiss = Hoeft niets meer
act-lacking = Kan niet met dit account: de rol { $role } ontbreekt.
note = Notitie
note-means = Blijft alleen op deze kiosk.
when = Wanneer
when-now = Nu
when-at = Op een bepaalde tijd
search = Zoek een lid
search-none = Niemand gevonden.
search-hint = Typ ten minste twee letters van de naam.
choose-other = Kies een ander
field-to-write = Schrijf de tag in
tile-field-access-card = Kaart (AccessCardId)
tile-field-key-fob = Sleutelhanger (KeyFobNumber)
correct-reason = Nieuwe reden
correct-hint = Laat leeg wat zo blijft.
why = Waarom
dismiss-recorded-by-hand = Met de hand vastgelegd
dismiss-already-recorded = Al vastgelegd
dismiss-did-not-enter = Kwam niet binnen
dismiss-test = Een proef
dismiss-other = Andere reden
look = Verder
back = Terug
confirm = Bevestigen
confirm-title = Kijk nog één keer
will-write = Dit wordt geschreven
writes-nothing = Bij de dienst wordt niets geschreven.
property = Eigenschap
before = Voor
after = Na
empty = leeg
undoable = Het kan daarna ongedaan worden gemaakt.
not-undoable = Het kan niet ongedaan worden gemaakt.
not-possible = Zo kan het niet.
working = Het wordt uitgevoerd. Even geduld.
done = Gedaan
done-source = De dienst heeft de bron { $source } opgeslagen.
undo = Ongedaan maken
undone = Ongedaan gemaakt
warning-already-in = Het lid is er al, sinds { $time }.
warning-not-active = Het lid is niet actief.
warning-may-be-charged = Geen pas is geldig: het bezoek wordt misschien berekend.
warning-tile-taken = { $name } heeft deze tag.
warning-tile-theirs = Het lid heeft deze tag al.
warning-replaces-tile = Een andere tag van het lid wordt vervangen.
warning-tap-waits = Een registratie van dit lid wacht nog.
warning-tile-not-checked = De dienst kon niet worden gevraagd wie deze tag heeft.
warning-already-closed = De check-in is intussen afgesloten: { $time }.

problem-not-permitted = Het account mist de rol { $role }.
todo-not-permitted = Vraag een beheerder die toe te voegen.
problem-unreachable = De dienst is niet bereikbaar.
todo-unreachable = Kijk het netwerk na en probeer opnieuw.
problem-throttled = De dienst wordt nu te vaak gevraagd.
todo-throttled = Wacht een minuut en probeer opnieuw.
problem-signed-out = De dienst kent deze kiosk niet meer.
todo-signed-out = Meld je aan bij het instellen.
problem-gateway = De dienst antwoordde niet zoals het hoort.
todo-gateway = Wacht een paar minuten en probeer opnieuw.
problem-refused = De dienst nam het niet aan.
todo-refused = Lees wat hij zegt en verander wat hij vraagt.
problem-gone = Het record is er niet meer.
todo-gone = Kijk opnieuw in de lijst.
problem-changed = Iemand heeft het intussen gewijzigd.
todo-changed = Kijk opnieuw en beslis dan.
problem-unknown = Niemand kan zeggen of het is uitgevoerd.
todo-unknown = Kijk naar de gegevens van het lid en het logboek voor je het opnieuw probeert.
problem-storage = Deze kiosk kan het niet opslaan, dus er is niets gedaan.
todo-storage = Kijk naar de toestand van de kiosk.
problem-invalid = Dat kan niet worden gevraagd.
todo-invalid = Verander wat je typte en probeer opnieuw.
problem-ended = De balie is beëindigd.
todo-ended = Ga terug naar de kiosk en open de balie opnieuw.
problem-failed = Dat lukte niet.
todo-failed = Probeer het opnieuw.

chart-failures-by-reason = Mislukt per reden
chart-failures-by-hour = Mislukt per uur
chart-arrivals-by-hour = Aankomsten per uur
chart-checkins-by-source = Check-ins per bron
chart-unknown-tiles-by-day = Onbekende tags per dag
hour = Uur
minute = Minuut
day = Dag
count = Aantal
name = Naam
since-when = Sinds
show-table = Als tabel
counted = { $counted } van { $all } geteld: de nieuwste.
nothing-counted = Niets in deze tijd.
present-none = Er is niemand.
present-count = { $count ->
    [one] { $shown } nu aanwezig
   *[other] { $shown } nu aanwezig
}
present-filter = Zoek een naam

state-good = Goed
state-attention = Nakijken
state-problem = Probleem
health-reader = Lezer
health-reader-good = Hij leest tags.
health-reader-attention = Hij start. Duurt dat lang, trek dan de stekker eruit en steek hem er weer in.
health-reader-problem = Hij werkt niet. Trek de stekker eruit en steek hem er weer in; helpt dat niet, kies hem dan bij het instellen.
health-link = Verbinding
health-link-good = De dienst antwoordt.
health-link-attention = De dienst wordt gezocht. Registraties worden zolang bewaard.
health-link-problem = De dienst is niet bereikbaar. Kijk het netwerk na; registraties worden bewaard zoals is ingesteld.
health-sign-in = Aanmelding
health-sign-in-good = De kiosk is aangemeld.
health-sign-in-attention = De aanmelding eindigt binnenkort. Meld je opnieuw aan bij het instellen.
health-sign-in-problem = De kiosk is afgemeld. Meld je aan bij het instellen.
health-clock = Klok
health-clock-good = Hij loopt gelijk met die van de dienst.
health-clock-attention = Hij wijkt af van die van de dienst. Vraag IT de tijd via het netwerk te zetten.
health-clock-problem = Hij wijkt ver af, dus tijden kloppen niet. Vraag IT de tijd via het netwerk te zetten.
health-queue = Wachtende registraties
health-queue-good = Geen wacht te lang.
health-queue-attention = Er wachten registraties. Ze gaan vanzelf weg als de verbinding terug is.
health-queue-problem = Registraties wachten te lang. Kijk de verbinding na, dan de aanmelding.
health-needs-staff = Registraties voor het team
health-needs-staff-good = Geen heeft je nodig.
health-needs-staff-attention = Bekijk ze in de lijst.
health-needs-staff-problem = Veel hebben je nodig. Bekijk ze in de lijst.
health-storage = Opslag
health-storage-good = Registraties kunnen worden opgeslagen.
health-storage-attention = De ruimte raakt op. Vraag IT om ruimte op dit apparaat.
health-storage-problem = Registraties kunnen niet worden opgeslagen. Vraag IT de schijf en de sleutelopslag na te kijken.
health-budget = Vragen aan de dienst
health-budget-good = Ruim onder wat de dienst toestaat.
health-budget-attention = Dicht bij wat de dienst toestaat. Filter en vernieuw een minuut lang minder.
health-budget-problem = Zoveel als de dienst toestaat. Wacht een minuut.
health-configuration = Configuratie
health-configuration-good = De nieuwste wordt gebruikt.
health-configuration-attention = Een nieuwe is niet overgenomen. Vraag IT ernaar te kijken.
health-configuration-problem = Ze is onbruikbaar. Vraag IT ernaar te kijken.
health-rights = Rollen
health-rights-good = Het account heeft de nodige rollen.
health-rights-attention = Er ontbreken rollen. Vraag een beheerder ze toe te voegen.
health-rights-problem = Er ontbreken rollen zonder welke niets wordt vastgelegd. Vraag een beheerder ze toe te voegen.
health-update = Updates
health-update-good = De nieuwste versie wordt gebruikt.
health-update-attention = Er staat een update klaar. Ze wordt vanzelf geïnstalleerd; de kiosk is dan even weg.
health-update-problem = Een update kon niet worden geïnstalleerd; de kiosk gaat verder met de vorige versie. Vraag IT ernaar te kijken.
update-by-hand = Er staat een update klaar. Vraag IT ze te installeren.
update-when = Installatie: { $time }
figure-version = Versie { $number }
latency = Hoe lang een registratie duurt
latency-part = Deel
latency-taps = Registraties
latency-p50 = De helft
latency-p95 = 95 van 100
latency-p99 = 99 van 100
latency-max = Langste
part-reader = Lezer
part-engine = Tapdesk
part-service = Dienst
part-paint = Scherm
part-whole = Van tag tot uitslag
versions = Versies
configuration = Configuratie
key = Instelling
value = Waarde
origin = Uit
origin-default = standaard
running = Draait sinds { $time }
as-of = Stand { $time }
recorder = Wat het laatst gebeurde
recorder-from = Tot en met
recorder-kinds = Soorten
recorder-newest = Nieuwste
recorder-none = Hier is niets.
happening-acknowledged = Tag gelezen
happening-verdict = Uitslag
happening-reader = Lezer
happening-link = Verbinding
happening-queue = Wachtrij
happening-storage = Opslag
happening-clock = Klok
happening-configuration = Configuratie
happening-began = Begonnen
works = Werkt
works-not = Werkt niet
revised = later bericht
clock-agrees = De klokken lopen gelijk
clock-ahead = De dienst loopt { $duration } voor
clock-behind = De dienst loopt { $duration } achter
taken = Overgenomen
taken-not = Niet overgenomen

audit-unknown = Niemand weet hoe het afliep
audit-done = Gedaan
audit-failed = Niet uitgevoerd
audit-undone = Ongedaan gemaakt
audit-number = Nr. { $number }
audit-none = Hier is nog niets gedaan.
audit-record = Gegeven { $number }
audit-broken = Het logboek is veranderd: nummer { $number }, of een regel ervoor, is niet zoals die is geschreven. Zeg het wie voor deze kiosk verantwoordelijk is.
undo-ask = Dit ongedaan maken?

keyboard-open = Schermtoetsenbord
keyboard-hide = Toetsenbord verbergen
keyboard-title = Toetsenbord
keyboard-shift = Hoofdletters
keyboard-backspace = Wissen
keyboard-space = Spatie
keyboard-letters = Letters (abc)
keyboard-symbols = Cijfers en tekens
keyboard-more = Meer tekens
