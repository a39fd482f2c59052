# Deutsch: die Wörter des Teamplatzes. Du, wie am Kiosk.

title = Teamplatz
one-moment = Einen Moment
no-answer = Der Teamplatz antwortet nicht. Gleich wird wieder gefragt.
lock = Zurück zum Kiosk
set-up = Einrichtung
set-up-ask = Einrichtung öffnen? Der Kiosk pausiert so lange.
set-up-yes = Einrichtung öffnen
end-kiosk = Kiosk beenden
end-kiosk-means = Nur für Arbeiten am Gerät dahinter.
end-kiosk-ask = Kiosk beenden? Bis er wieder gestartet wird oder das Tablet neu startet, wird kein Chip gelesen. Das Gerät dahinter steht dann jedem offen, der hier steht.
cancel = Abbrechen
close = Schließen
again = Noch einmal versuchen
refresh = Aktualisieren
older = Ältere zeigen
loading = Wird geladen
none = Keine
print = Drucken
export = Als CSV sichern
exported = { $count ->
    [one] { $shown } Zeile gesichert: { $path }
   *[other] { $shown } Zeilen gesichert: { $path }
}
exported-part = Insgesamt sind es { $all }: nur die ersten wurden gesichert.
exported-names = Die Datei enthält Namen. Lösche sie, sobald niemand sie mehr braucht.
locks-in = Sperrt in { $duration }. Tippe, um zu bleiben.
at-the-door = An der Tür
lacking = Dem Konto fehlen Rollen: { $roles }
waiting = { $count ->
    [one] { $shown } Vorgang wartet
   *[other] { $shown } Vorgänge warten
}
needs-staff = { $count ->
    [one] { $shown } Vorgang braucht das Team
   *[other] { $shown } Vorgänge brauchen das Team
}
since = seit { $time }
until = bis { $time }
member-number = Mitglied { $number }
tile = Chip { $tile }

tab-failures = Fehlversuche
tab-overview = Überblick
tab-health = Zustand des Kiosks
tab-log = Protokoll
link-connecting = Verbindet
link-online = Verbunden
link-offline = Ohne Verbindung
link-signed-out = Abgemeldet
verdict-checked-in = Eingecheckt
verdict-checked-out = Ausgecheckt
verdict-refused = Nicht eingecheckt
verdict-unknown-tile = Chip unbekannt
verdict-ambiguous-tile = Geteilter Chip
verdict-unusable-tile = Kein brauchbarer Chip
verdict-saved = Gemerkt
verdict-unavailable = Nicht erfasst
source-0 = Keine Quelle
source-1 = Von Hand
source-2 = Tür
source-3 = Netzwerk
source-4 = Chip
source-5 = Sensor
source-other = Quelle { $number }

preset-today = Heute
preset-week = 7 Tage
preset-unknown = Unbekannte Chips
preset-member = Nur { $name }
preset-all = Alle
filters = Filter
filters-show = Zeigen
filters-clear = Alle Filter löschen
field-attempted = Zeit
field-attempted-local = Ortszeit des Versuchs
field-created = Erfasst
field-updated = Geändert
field-coworker = Mitgliedsnummer
field-member = Mitglied
field-location = Standort
field-source = Quelle
field-mac-addresses = MAC-Adressen
field-teams = Gruppen
field-tariff = Tarif
field-description = Grund
field-tile = Chip
field-kind = Art
field-key = Nummer
span-any = Jederzeit
span-today = Heute
span-week = Letzte 7 Tage
span-month = Letzte 30 Tage
span-between = Von … bis …
span-days = Tage
from = Von
to = Bis
any = Alle
sort-by = Sortieren nach
ascending = Kleinste zuerst
descending = Größte zuerst
failures-count = { $count ->
    [one] { $shown } Fehlversuch
   *[other] { $shown } Fehlversuche
}
failures-new = { $count ->
    [one] { $shown } neuer: zeigen
   *[other] { $shown } neue: zeigen
}
failures-changed = Die Liste hat sich geändert: zeigen
failures-none = Hier gibt es keine Fehlversuche
failures-none-hint = Versuche es mit mehr Zeit oder weniger Filtern.
failures-hidden = { $count ->
    [one] { $shown } Eintrag ausgelassen: Der Dienst beachtet einen der Filter nicht.
   *[other] { $shown } Einträge ausgelassen: Der Dienst beachtet einen der Filter nicht.
}
failures-unreadable = { $count ->
    [one] { $shown } Eintrag war nicht lesbar.
   *[other] { $shown } Einträge waren nicht lesbar.
}
failures-local-only = Gezeigt wird nur, was dieser Kiosk weiß.
kind-failed-checkin = Fehlgeschlagener Check-in
kind-needs-staff = Braucht das Team
kind-unusable-tile = Unbrauchbarer Chip
kiosk-only = Nur dieser Kiosk
nobody = Niemand bekannt
no-reason = Kein Grund genannt

happened = Was geschah
reading = Unsere Deutung
reading-means = Tapdesk schließt das aus dem, was jetzt bekannt ist. Der Dienst hat es nicht gesagt.
member = Mitglied
passes = Pässe
open-checkins = Gerade da
recorded = Alles Erfasste
acts = Was du tun kannst
only-this-member = Nur dieses Mitglied
no-plan = Kein Tarif
member-active = Aktiv
member-inactive = Nicht aktiv
member-archived = Archiviert
pass-valid = Gültig
pass-used = Aufgebraucht
pass-expired = Abgelaufen
pass-cancelled = Storniert
pass-elsewhere = Für einen anderen Standort
pass-other = Jetzt nicht gültig
pass-some = Pass
pass-uses = { $remaining } von { $all } übrig
pass-left = { $remaining } übrig
pass-pay-as-you-go = Einzeln bezahlt

reading-unknown-tile = Kein Mitglied hat diesen Chip.
reading-ambiguous-tile = Mehrere Mitglieder haben diesen Chip.
reading-unusable-tile = Ein Telefon oder eine Karte mit wechselnder Nummer: Sie weist niemanden aus.
reading-tile-linked-since = Der Chip gehört jetzt { $name }.
reading-not-active = Das Mitglied ist nicht aktiv.
reading-archived = Das Mitglied ist archiviert.
reading-changed-since = Der Eintrag des Mitglieds wurde nach dem Versuch geändert: { $time }.
reading-no-pass-no-plan = Das Mitglied hatte nie einen Pass und hat keinen Tarif.
reading-no-pass = Das Mitglied hat den Tarif { $plan }, aber keinen Pass.
reading-passes-used-up = Alle Pässe sind aufgebraucht.
reading-passes-used-up-at = Alle Pässe sind aufgebraucht, der letzte: { $time }.
reading-passes-expired = Der letzte Pass lief ab: { $time }.
reading-passes-cancelled = Die Pässe wurden storniert.
reading-passes-elsewhere = Die Pässe gelten für einen anderen Standort.
reading-pass-valid-now = Jetzt ist ein Pass gültig: Er begann später, oder die Ursache ist eine andere.
reading-pass-valid-now-named = Der Pass { $name } ist jetzt gültig: Er begann später, oder die Ursache ist eine andere.
reading-plan-changed = Der Tarif war damals { $before } und ist jetzt { $after }.
reading-already-in = Das Mitglied war schon da, seit { $time }.
reading-came-in-since = Das Mitglied kam später: { $time }.
reading-closed = Der Standort war zu dieser Zeit geschlossen.
reading-repeated = { $count ->
    [one] { $shown } Versuch innerhalb eines Tages.
   *[other] { $shown } Versuche innerhalb eines Tages.
}
reading-not-known = Was bekannt ist, sagt nicht, warum.

act-check-in = Von Hand einchecken
act-close-checkin = Check-in beenden
act-link-tile = Chip einem Mitglied geben
act-correct = Eintrag berichtigen
act-retry = Noch einmal erfassen
act-dismiss = Nichts mehr zu tun
act-lacking = Mit diesem Konto nicht möglich: Die Rolle { $role } fehlt.
note = Notiz
note-means = Bleibt nur auf diesem Kiosk.
when = Wann
when-now = Jetzt
when-at = Zu einer bestimmten Zeit
search = Mitglied suchen
search-none = Niemand wurde gefunden.
search-hint = Tippe mindestens zwei Buchstaben des Namens.
choose-other = Anderes wählen
field-to-write = Den Chip schreiben in
tile-field-access-card = Karte (AccessCardId)
tile-field-key-fob = Anhänger (KeyFobNumber)
correct-reason = Neuer Grund
correct-hint = Lass leer, was bleiben soll.
why = Warum
dismiss-recorded-by-hand = Von Hand erfasst
dismiss-already-recorded = Schon erfasst
dismiss-did-not-enter = Kam nicht herein
dismiss-test = Ein Test
dismiss-other = Anderer Grund
look = Weiter
back = Zurück
confirm = Bestätigen
confirm-title = Sieh noch einmal hin
will-write = Das wird geschrieben
writes-nothing = Beim Dienst wird nichts geschrieben.
property = Eigenschaft
before = Vorher
after = Nachher
empty = leer
undoable = Es lässt sich danach zurücknehmen.
not-undoable = Es lässt sich nicht zurücknehmen.
not-possible = So ist es nicht möglich.
working = Es wird ausgeführt. Bitte warte.
done = Erledigt
done-source = Der Dienst hat die Quelle { $source } gespeichert.
undo = Zurücknehmen
undone = Zurückgenommen
warning-already-in = Das Mitglied ist schon da, seit { $time }.
warning-not-active = Das Mitglied ist nicht aktiv.
warning-may-be-charged = Kein Pass ist gültig: Der Besuch wird vielleicht berechnet.
warning-tile-taken = { $name } hat diesen Chip.
warning-tile-theirs = Das Mitglied hat diesen Chip schon.
warning-replaces-tile = Ein anderer Chip des Mitglieds wird ersetzt.
warning-tap-waits = Ein Vorgang dieses Mitglieds wartet noch.
warning-tile-not-checked = Der Dienst konnte nicht gefragt werden, wer diesen Chip hat.
warning-already-closed = Der Check-in wurde inzwischen beendet: { $time }.

problem-not-permitted = Dem Konto fehlt die Rolle { $role }.
todo-not-permitted = Bitte jemanden mit Administratorrechten, sie zu ergänzen.
problem-unreachable = Der Dienst ist nicht erreichbar.
todo-unreachable = Prüfe das Netzwerk und versuche es noch einmal.
problem-throttled = Der Dienst wird gerade zu oft gefragt.
todo-throttled = Warte eine Minute und versuche es noch einmal.
problem-signed-out = Der Dienst kennt diesen Kiosk nicht mehr.
todo-signed-out = Melde dich in der Einrichtung an.
problem-gateway = Der Dienst hat nicht wie erwartet geantwortet.
todo-gateway = Warte ein paar Minuten und versuche es noch einmal.
problem-refused = Der Dienst hat es nicht angenommen.
todo-refused = Lies, was er sagt, und ändere, was er verlangt.
problem-gone = Den Eintrag gibt es nicht mehr.
todo-gone = Sieh noch einmal in die Liste.
problem-changed = Jemand hat es inzwischen geändert.
todo-changed = Sieh noch einmal hin und entscheide neu.
problem-unknown = Niemand kann sagen, ob es ausgeführt wurde.
todo-unknown = Sieh den Eintrag des Mitglieds und das Protokoll an, bevor du es noch einmal versuchst.
problem-storage = Dieser Kiosk kann es nicht speichern, darum wurde nichts getan.
todo-storage = Sieh den Zustand des Kiosks an.
problem-invalid = Das lässt sich nicht verlangen.
todo-invalid = Ändere deine Eingabe und versuche es noch einmal.
problem-ended = Der Teamplatz ist beendet.
todo-ended = Geh zurück zum Kiosk und öffne den Teamplatz neu.
problem-failed = Das ging nicht.
todo-failed = Bitte versuche es noch einmal.

chart-failures-by-reason = Fehlversuche nach Grund
chart-failures-by-hour = Fehlversuche nach Stunde
chart-arrivals-by-hour = Ankünfte nach Stunde
chart-checkins-by-source = Check-ins nach Quelle
chart-unknown-tiles-by-day = Unbekannte Chips nach Tag
hour = Stunde
minute = Minuten
day = Tag
count = Anzahl
name = Name
since-when = Seit
show-table = Als Tabelle
counted = { $counted } von { $all } gezählt: die neuesten.
nothing-counted = Nichts in dieser Zeit.
present-none = Niemand ist da.
present-count = { $count ->
    [one] { $shown } gerade da
   *[other] { $shown } gerade da
}
present-filter = Namen suchen

state-good = Gut
state-attention = Ansehen
state-problem = Störung
health-reader = Leser
health-reader-good = Er liest Chips.
health-reader-attention = Er startet. Wenn das dauert, zieh den Stecker und steck ihn wieder ein.
health-reader-problem = Er geht nicht. Zieh den Stecker und steck ihn wieder ein; hilft das nicht, wähle ihn in der Einrichtung.
health-link = Verbindung
health-link-good = Der Dienst antwortet.
health-link-attention = Der Dienst wird gesucht. Vorgänge werden so lange gemerkt.
health-link-problem = Der Dienst ist nicht erreichbar. Prüfe das Netzwerk; Vorgänge werden gemerkt, wie es eingerichtet ist.
health-sign-in = Anmeldung
health-sign-in-good = Der Kiosk ist angemeldet.
health-sign-in-attention = Die Anmeldung endet bald. Melde dich in der Einrichtung neu an.
health-sign-in-problem = Der Kiosk ist abgemeldet. Melde dich in der Einrichtung an.
health-clock = Uhr
health-clock-good = Sie geht wie die Uhr des Dienstes.
health-clock-attention = Sie weicht von der Uhr des Dienstes ab. Bitte die IT, die Zeit über das Netzwerk zu stellen.
health-clock-problem = Sie geht weit daneben, Zeiten sind darum falsch. Bitte die IT, die Zeit über das Netzwerk zu stellen.
health-queue = Wartende Vorgänge
health-queue-good = Keiner wartet zu lange.
health-queue-attention = Vorgänge warten. Sie gehen von selbst hinaus, wenn die Verbindung wieder da ist.
health-queue-problem = Vorgänge warten zu lange. Prüfe die Verbindung, dann die Anmeldung.
health-needs-staff = Vorgänge für das Team
health-needs-staff-good = Keiner braucht dich.
health-needs-staff-attention = Sieh sie in der Liste der Fehlversuche an.
health-needs-staff-problem = Viele brauchen dich. Sieh sie in der Liste der Fehlversuche an.
health-storage = Speicher
health-storage-good = Vorgänge können gespeichert werden.
health-storage-attention = Der Platz wird knapp. Bitte die IT, auf diesem Gerät Platz zu schaffen.
health-storage-problem = Vorgänge können nicht gespeichert werden. Bitte die IT, Platte und Schlüsselspeicher zu prüfen.
health-budget = Anfragen an den Dienst
health-budget-good = Weit unter dem, was der Dienst erlaubt.
health-budget-attention = Nahe an dem, was der Dienst erlaubt. Filtere und aktualisiere eine Minute lang weniger.
health-budget-problem = So viele, wie der Dienst erlaubt. Warte eine Minute.
health-configuration = Einstellungen
health-configuration-good = Die neuesten gelten.
health-configuration-attention = Neue wurden nicht übernommen. Bitte die IT, sie anzusehen.
health-configuration-problem = Sie sind nicht brauchbar. Bitte die IT, sie anzusehen.
health-rights = Rollen
health-rights-good = Das Konto hat die nötigen Rollen.
health-rights-attention = Einige Rollen fehlen. Bitte jemanden mit Administratorrechten, sie zu ergänzen.
health-rights-problem = Rollen fehlen, ohne die nichts erfasst wird. Bitte jemanden mit Administratorrechten, sie zu ergänzen.
health-update = Aktualisierungen
health-update-good = Die neueste Version läuft.
health-update-attention = Eine neue Version liegt bereit. Sie wird von selbst eingespielt; der Kiosk ist dann kurz weg.
health-update-problem = Eine neue Version ließ sich nicht einspielen; der Kiosk läuft mit der vorigen weiter. Bitte die IT, das anzusehen.
update-by-hand = Eine neue Version liegt bereit. Bitte die IT, sie einzuspielen.
update-when = Wird eingespielt: { $time }
figure-version = Fassung { $number }
latency = Wie lange ein Vorgang dauert
latency-part = Teil
latency-taps = Vorgänge
latency-p50 = Die Hälfte
latency-p95 = 95 von 100
latency-p99 = 99 von 100
latency-max = Längster
part-reader = Leser
part-engine = Tapdesk
part-service = Dienst
part-paint = Bildschirm
part-whole = Vom Chip zum Ergebnis
versions = Versionen
configuration = Einstellungen
key = Einstellung
value = Wert
origin = Aus
origin-default = Vorgabe
running = Läuft seit { $time }
as-of = Stand { $time }
recorder = Was zuletzt geschah
recorder-from = Bis
recorder-kinds = Arten
recorder-newest = Neueste
recorder-none = Nichts hier.
happening-acknowledged = Chip gelesen
happening-verdict = Ergebnis
happening-reader = Leser
happening-link = Verbindung
happening-queue = Warteschlange
happening-storage = Speicher
happening-clock = Uhr
happening-configuration = Einstellungen
happening-began = Start
works = Geht
works-not = Geht nicht
revised = Nachtrag
clock-agrees = Die Uhren stimmen überein
clock-ahead = Der Dienst geht { $duration } vor
clock-behind = Der Dienst geht { $duration } nach
taken = Übernommen
taken-not = Nicht übernommen

audit-unknown = Niemand weiß, wie es ausging
audit-done = Erledigt
audit-failed = Nicht ausgeführt
audit-undone = Zurückgenommen
audit-number = Nr. { $number }
audit-none = Hier wurde noch nichts getan.
audit-record = Eintrag { $number }
audit-broken = Das Protokoll wurde verändert: Nummer { $number } oder eine Zeile davor ist nicht, wie sie geschrieben wurde. Sag es der Person, die für diesen Kiosk zuständig ist.
undo-ask = Dies zurücknehmen?

keyboard-open = Bildschirmtastatur
keyboard-hide = Tastatur ausblenden
keyboard-title = Tastatur
keyboard-shift = Großbuchstaben
keyboard-backspace = Löschen
keyboard-space = Leerzeichen
keyboard-letters = Buchstaben
keyboard-symbols = Ziffern und Zeichen
keyboard-more = Weitere Zeichen
