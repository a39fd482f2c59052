# Deutsch. Du, wie im Coworking üblich. Der „Chip“ ist die Karte, der Anhänger oder der Aufkleber, den man ans Lesegerät hält.

invitation-up = Halte deinen Chip ans Lesegerät
getting-ready = Gleich bereit
one-moment-please = Einen Moment, bitte
one-moment = Einen Moment
see-the-desk = Bitte zum Empfang
cannot-store = Speichern geht nicht
acknowledged = Chip gelesen

headline-checked-in = Hallo!
headline-checked-out = Tschüss
headline-refused = Kein Check-in
headline-unknown-tile = Wessen Chip?
headline-ambiguous-tile = Chip doppelt
headline-unusable-tile = Nimm deinen Chip
headline-saved = Notiert
headline-unavailable = Nicht erfasst
headline-ambiguous-pin = PIN doppelt
nothing-changed = Alles wie zuvor

checked-in-at = Eingecheckt: { $time }
checked-out-after = Ausgecheckt. Dauer: { $duration }
here-since = Du bist hier seit { $time }

refused-without-reason = Es wurde kein Grund genannt.
refused-inactive = Deine Mitgliedschaft ist nicht aktiv.
refused-archived = Deine Mitgliedschaft ist beendet.
refused-already-in = Du bist schon eingecheckt.
refused-already-out = Du bist schon ausgecheckt.
refused-withheld = Bitte komm zum Empfang.

unknown-tile = Kein Mitglied hat diesen Chip, darum bist du nicht eingecheckt.
ambiguous-tile = Mehrere Mitglieder haben diesen Chip, darum bist du nicht eingecheckt.
ambiguous-pin = Mehrere Mitglieder haben diese PIN, darum bist du nicht eingecheckt.
unusable-tile = Mit einem Telefon oder so einer Karte geht es nicht. Bitte nimm deinen Chip.
unusable-place = Dieser Aufkleber steht für einen Ort: Berühre ihn mit dem Telefon. Zum Einchecken hier nimm bitte deinen Chip.
saved = Hier gespeichert, noch nicht geprüft. Es wird erfasst, sobald die Verbindung wieder da ist.

unavailable-offline = Im Moment gibt es keine Verbindung.
unavailable-signed-out = Dieses Gerät ist abgemeldet.
unavailable-queue-full = Es gibt keine Verbindung, und dieses Gerät kann nichts mehr speichern.
unavailable-no-member-data = Dieses Gerät hat die Mitgliederliste noch nicht geladen.
unavailable-not-permitted = Dieses Gerät ist nicht berechtigt, Check-ins zu erfassen.
unavailable-journal = Dieses Gerät konnte deinen Check-in nicht speichern.
unavailable-service = Der Check-in-Dienst gab keine klare Antwort.
unavailable-out-of-order = Dieses Gerät ist außer Betrieb.

tile = Chip { $tile }
offer-check-in = Stattdessen einchecken
offer-check-out = Stattdessen auschecken
offer-try-again = Noch einmal
offer-failed = Das hat nicht geklappt
out-of-order = Außer Betrieb
being-set-up = Dieses Gerät wird eingerichtet

reader-starting = Lesegerät startet
reader-up = Lesegerät bereit
reader-down = Lesegerät nicht verbunden
link-connecting = Verbinde
link-online = Verbunden
link-offline = Offline: wird hier gespeichert
link-signed-out = Abgemeldet: bitte Team rufen
offline-without-saving = Offline: nichts kann erfasst werden
waiting = { $count ->
    [one] { $shown } Vorgang wartet
   *[other] { $shown } Vorgänge warten
}
waiting-since = { $count ->
    [one] { $shown } Vorgang wartet seit { $since }
   *[other] { $shown } Vorgänge warten seit { $since }
}
needs-staff = { $count ->
    [one] { $shown } Vorgang braucht das Team
   *[other] { $shown } Vorgänge brauchen das Team
}
sign-in-ends-days = { $count ->
    [one] Anmeldung endet in { $shown } Tag: Team, bitte neu anmelden
   *[other] Anmeldung endet in { $shown } Tagen: Team, bitte neu anmelden
}
sign-in-ends-hours = { $count ->
    [one] Anmeldung endet in { $shown } Stunde: Team, bitte neu anmelden
   *[other] Anmeldung endet in { $shown } Stunden: Team, bitte neu anmelden
}
not-taken-over = Neue Konfiguration nicht übernommen: Team, siehe Protokoll
storage-fails = Speichern geht nicht: bitte Team rufen
clock-behind = Die Uhr dieses Tablets geht nach: { $duration }
clock-ahead = Die Uhr dieses Tablets geht vor: { $duration }

duration-none = weniger als eine Minute
duration-minutes = { $shown } Min.
duration-hours = { $shown } Std.
duration-hours-and-minutes = { $hoursShown } Std. { $minutesShown } Min.

passes-left = { $count ->
    [0] Keine Pässe mehr übrig
    [one] Noch { $shown } Pass übrig
   *[other] Noch { $shown } Pässe übrig
}
minutes-used = In diesem Zeitraum genutzt: { $duration }
pay-as-you-go = Für diesen Besuch wurde ein Einzelpass verwendet
present = { $count ->
    [one] { $shown } Person gerade hier
   *[other] { $shown } Personen gerade hier
}
charge-of-some-kind = Ohne Pass wird ein Besuch berechnet
charge = Ohne Pass wird ein Besuch berechnet als { $name }
charge-with-price = Ohne Pass wird ein Besuch berechnet als { $name }, { $price }

closed = Geschlossen
closed-opens = Öffnet: { $when }
closed-taps-still-work = Ein- und Auschecken geht weiterhin
renew-here = Hier verlängern

preferences-open = Sprache
preferences-title = Sprache und Anzeige
preferences-language = Sprache
preferences-larger-text = Größere Schrift
preferences-high-contrast = Hoher Kontrast
preferences-speech = Ergebnis vorlesen
preferences-done = Fertig

pin-open = Kein Chip? Nimm deine PIN
pin-title = Gib deine PIN ein
pin-name = Tippe deinen Namen
pin-who-are-you = Wer bist du?
pin-nobody = Unter diesem Namen wurde niemand gefunden
pin-pause = Bitte kurz warten und erneut versuchen
pin-wrong = Diese PIN stimmt nicht
pin-locked = Zu viele Versuche. Bitte warte: { $duration }
pin-backspace = Letzte Ziffer löschen
pin-clear = Alles löschen
pin-enter = Bestätigen
pin-cancel = Abbrechen

staff-open = Team
staff-pin-title = PIN des Teams
configuration = Konfiguration { $configuration }

sentence = { $text }.
