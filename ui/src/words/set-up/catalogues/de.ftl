# Deutsch: die Wörter der Einrichtung. Du, wie am Kiosk.

title = Dieses Gerät einrichten
step-of = Schritt { $place } von { $all }
step-language = Sprache
step-sign-in = Anmelden
step-location = Standort
step-rights = Rechte
step-reader = Lesegerät
step-policy = Privatsphäre und Ausfälle
step-staff-pin = PIN des Teams
step-test-tap = Probe mit Chip
step-summary = Übersicht

lead-language = Wähle die Sprache dieses Geräts. Mitglieder können zu ihrer eigenen wechseln.
lead-sign-in = Melde dich mit dem Konto an, das dieses Gerät bei { $service } verwenden soll.
lead-location = Wähle den Standort, an dem dieses Gerät steht.
lead-rights = Sieh nach, ob das Konto die Rollen hat, die ein solches Gerät braucht.
lead-reader = Wähle das Lesegerät und halte dann irgendeinen Chip daran.
lead-policy = Wähle, was andere sehen und was ohne Verbindung geschieht.
lead-staff-pin = Die PIN hält Mitglieder, die dieses Tablet finden, von der Einrichtung fern.
lead-test-tap = Halte den Chip eines Mitglieds ans Lesegerät. Es wird nichts erfasst.
lead-summary = Sieh alles noch einmal durch. Übernommen wird es erst, wenn du abschließt.

missing-sign-in = Melde dich an, um fortzufahren.
missing-location = Wähle einen Standort, um fortzufahren.
missing-staff-pin = Wähle eine PIN, um fortzufahren.
missing-summary = Es fehlt noch etwas.

back = Zurück
next = Weiter
finish = Abschließen
leave = Einrichtung verlassen
leave-ask = Verlassen? Was du hier geändert hast, wird vergessen.
leave-yes = Verlassen
leave-no = Bleiben
one-moment = Einen Moment

problem-sign-in-refused = E-Mail, Passwort oder Code stimmt nicht.
todo-sign-in-refused = Prüfe die E-Mail und gib das Passwort noch einmal ein. Verwendet das Konto einen Code, gib auch diesen ein.
problem-code-needed = Dieses Konto braucht auch einen Code.
todo-code-needed = Gib das Passwort noch einmal ein und dazu die sechs Ziffern aus der Authenticator-App.
problem-no-api = Dieses Konto kann die API des Dienstes nicht nutzen.
todo-no-api = Bitte die Administration, beim Benutzer „API access“ einzuschalten, oder melde dich mit einem anderen Konto an.
problem-account-inactive = Dieses Konto ist nicht aktiv.
todo-account-inactive = Bitte die Administration, es zu aktivieren, oder melde dich mit einem anderen Konto an.
problem-must-reset-password = Für dieses Konto muss erst ein neues Passwort gewählt werden.
todo-must-reset-password = Öffne { $service } in einem Browser, wähle ein neues Passwort und melde dich dann hier an.
problem-unreachable = Es gibt keine Verbindung zu { $service }.
todo-unreachable = Prüfe das Netzwerkkabel oder das WLAN und versuche es dann erneut.
problem-gateway = Der Dienst hat nicht so geantwortet, wie er sollte.
todo-gateway = Verlangt dieses Netz eine Anmeldung auf einer Webseite, dann mache das zuerst. Sonst warte einige Minuten und versuche es erneut.
problem-throttled = Der Dienst wird im Moment zu oft gefragt.
todo-throttled = Warte eine Minute und versuche es dann erneut.
problem-not-permitted = Dem Konto fehlt die Rolle dafür.
todo-not-permitted = Lass die Rollen hinzufügen, die beim Schritt „Rechte“ stehen, und versuche es dann erneut.
todo-taps-wait = Behalte diesen Standort, bis alles erfasst ist, und ändere ihn dann.
problem-pins-differ = Die beiden PINs sind nicht gleich.
todo-pins-differ = Gib eine PIN ein und dann dieselbe noch einmal.
weak-too-short = Diese PIN ist zu kurz.
weak-too-long = Diese PIN ist zu lang.
weak-not-digits = Eine PIN besteht nur aus Ziffern.
weak-too-simple = Diese PIN ist zu leicht zu erraten.
todo-weak = Nimm 6 bis 12 Ziffern, keine Reihe wie 123456 und nicht immer dieselbe Ziffer.
problem-key-store = Auf diesem Gerät kann im Moment nichts Geheimes aufbewahrt werden.
todo-key-store = Entsperre den Schlüsselspeicher oder frage die IT, und versuche es dann erneut.
problem-configuration = Die Einstellungen können nicht geschrieben werden. Es wurde nichts geändert.
todo-configuration = Bitte die IT, Tapdesk das Schreiben seiner Einstellungen zu ermöglichen, und versuche es dann erneut.
problem-failed = Das hat nicht geklappt.
todo-failed = Bitte versuche es noch einmal.

sign-in-email = E-Mail
sign-in-password = Passwort
sign-in-show-password = Passwort anzeigen
sign-in-code = Sechsstelliger Code
sign-in-code-hint = Aus der Authenticator-App
sign-in-keeps = Das Passwort wird nicht aufbewahrt.
signed-in-as = Angemeldet als { $email }
signed-in = Angemeldet
signed-in-kept = Seit der letzten Einrichtung
sign-in-again = Neu anmelden
sign-in-other = Anderes Konto verwenden

location-looking = Standorte werden gesucht
location-none = Dieses Konto sieht keinen Standort. Bitte die Administration, ihm einen zu geben, oder melde dich mit einem anderen Konto an.
location-waiting = { $count ->
    [one] { $shown } Vorgang am bisherigen Standort ist noch nicht erfasst.
   *[other] { $shown } Vorgänge am bisherigen Standort sind noch nicht erfasst.
}

rights-needed = Nötig
rights-nice = Gut zu haben
right-held = Vorhanden
right-lacking = Fehlt
right-unknown = Nicht ausprobiert
rights-lacking = Eine nötige Rolle fehlt. Du kannst fortfahren, aber Check-ins gehen erst, wenn das Konto sie hat.
rights-administrator = Dieses Konto hat alle Rechte der Administration, mehr als ein solches Gerät braucht. Sicherer ist ein Konto nur mit diesen Rollen.
rights-not-looked = Die Rollen wurden noch nicht angesehen.
rights-look = Erneut nachsehen
rights-try = Rollen zum Schreiben ausprobieren
rights-try-explained = Es werden drei leere Anfragen gesendet, die der Dienst nicht annimmt: Es wird nichts erfasst.
rights-list = Alles Nötige, zum Kopieren
rights-copy = Liste kopieren
rights-copied = Kopiert
rights-selected = Ausgewählt: jetzt kopieren

reader-first-usb = Erstes USB-Lesegerät
reader-other = Andere Verbindung
reader-other-hint = Zum Beispiel pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Verwenden
reader-starting = Das Lesegerät startet
reader-up = Das Lesegerät ist bereit
reader-down = Das Lesegerät funktioniert nicht
reader-hold = Halte irgendeinen Chip ans Lesegerät
reader-read = Gelesen: { $tile }
reader-random = Gelesen, aber es war ein Telefon oder eine Karte mit wechselnder Nummer. Mitglieder brauchen ihren eigenen Chip.
reader-count = { $count ->
    [one] { $shown }-mal gelesen
   *[other] { $shown }-mal gelesen
}

names-title = Namen auf dem Bildschirm
names-first = Vorname
names-first-means = Umstehende lesen nur den Vornamen.
names-full = Voller Name
names-full-means = Umstehende lesen den ganzen Namen.
names-none = Kein Name
names-none-means = Der Bildschirm begrüßt alle ohne Namen.
offline-title = Ohne Verbindung
offline-known = Bekannte Chips merken
offline-known-means = Bekannte Mitglieder werden später erfasst, alle anderen gehen zum Empfang.
offline-all = Alles merken
offline-all-means = Alle werden später erfasst. Chips, die niemand kennt, klärt das Team.
offline-none = Nichts merken
offline-none-means = Niemand kann einchecken, bis die Verbindung wieder da ist.

staff-pin-first = Gib eine PIN mit 6 bis 12 Ziffern ein
staff-pin-again = Gib sie noch einmal ein
staff-pin-typed = { $count ->
    [one] { $shown } Ziffer
   *[other] { $shown } Ziffern
}
staff-pin-backspace = Letzte Ziffer löschen
staff-pin-enter = Bestätigen
staff-pin-missing = Noch keine PIN
staff-pin-kept = Das Team hat eine PIN
staff-pin-new = Eine neue PIN ist gesetzt
staff-pin-keep = PIN behalten
staff-pin-other = Andere wählen

test-wait = Warte auf einen Chip
test-looking = Wird nachgeschlagen
test-member-in = { $name } würde eingecheckt
test-member-out = { $name } würde ausgecheckt
test-a-member-in = Dieses Mitglied würde eingecheckt
test-a-member-out = Dieses Mitglied würde ausgecheckt
test-inactive = Das Konto dieses Mitglieds ist nicht aktiv: Es würde zum Empfang gebeten.
test-unknown = Kein Mitglied hat diesen Chip.
test-ambiguous = Mehrere Mitglieder haben diesen Chip.
test-unusable = Das ist ein Telefon oder eine Karte mit wechselnder Nummer: als Chip nicht brauchbar.
test-trouble = Der Dienst konnte nicht gefragt werden.
tile = Chip { $tile }

summary-change = Ändern
summary-rights-all = Hat alles Nötige
summary-rights-lacking = { $count ->
    [one] { $shown } nötige Rolle fehlt
   *[other] { $shown } nötige Rollen fehlen
}
summary-rights-unknown = Nicht alle ausprobiert
summary-nothing = Nichts gewählt
summary-tried = Mit einem Chip ausprobiert
summary-not-tried = Nicht ausprobiert
summary-overridden = Von der Umgebung festgelegt, die vorgeht: { $keys }

keyboard-open = Bildschirmtastatur
keyboard-hide = Tastatur ausblenden
keyboard-title = Tastatur
keyboard-shift = Großbuchstaben
keyboard-backspace = Löschen
keyboard-space = Leerzeichen
keyboard-letters = Buchstaben
keyboard-symbols = Ziffern und Zeichen
keyboard-more = Weitere Zeichen
