# Nederlands: de woorden van het instellen. Je en jij, zoals op de kiosk.

title = Dit apparaat instellen
step-of = Stap { $place } van { $all }
step-language = Taal
step-sign-in = Aanmelden
step-location = Locatie
step-rights = Rechten
step-reader = Lezer
step-policy = Privacy en storingen
step-staff-pin = Pincode van het team
step-test-tap = Proef met een tag
step-summary = Overzicht

lead-language = Kies de taal van dit apparaat. Leden kunnen naar hun eigen taal overschakelen.
lead-sign-in = Meld aan met het account dat dit apparaat bij { $service } gaat gebruiken.
lead-location = Kies de locatie waar dit apparaat staat.
lead-rights = Kijk of het account de rollen heeft die dit apparaat nodig heeft.
lead-reader = Kies de lezer en houd er dan een willekeurige tag bij.
lead-policy = Kies wat anderen mogen zien en wat er zonder verbinding gebeurt.
lead-staff-pin = De pincode houdt leden die deze tablet vinden buiten de instellingen.
lead-test-tap = Houd de tag van een lid bij de lezer. Er wordt niets vastgelegd.
lead-summary = Loop alles nog eens na. Er wordt niets bewaard tot je afrondt.

missing-sign-in = Meld je aan om verder te gaan.
missing-location = Kies een locatie om verder te gaan.
missing-staff-pin = Kies een pincode om verder te gaan.
missing-summary = Er ontbreekt nog iets.

back = Terug
next = Volgende
finish = Afronden
leave = Instellen verlaten
leave-ask = Verlaten? Wat je hier hebt gewijzigd, wordt vergeten.
leave-yes = Verlaten
leave-no = Blijven
one-moment = Een ogenblik

problem-sign-in-refused = E-mail, wachtwoord of code klopt niet.
todo-sign-in-refused = Controleer het e-mailadres en typ het wachtwoord opnieuw. Gebruikt het account een code, typ die dan ook.
problem-code-needed = Dit account heeft ook een code nodig.
todo-code-needed = Typ het wachtwoord opnieuw, en de zes cijfers uit de authenticator-app.
problem-no-api = Dit account kan de API van de dienst niet gebruiken.
todo-no-api = Vraag een beheerder om ‘API access’ bij de gebruiker aan te zetten, of meld aan met een ander account.
problem-account-inactive = Dit account is niet actief.
todo-account-inactive = Vraag een beheerder om het te activeren, of meld aan met een ander account.
problem-must-reset-password = Voor dit account moet eerst een nieuw wachtwoord worden gekozen.
todo-must-reset-password = Open { $service } in een browser, kies een nieuw wachtwoord en meld je dan hier aan.
problem-unreachable = Er is geen verbinding met { $service }.
todo-unreachable = Controleer de netwerkkabel of de wifi en probeer het opnieuw.
problem-gateway = De dienst antwoordde niet zoals het hoort.
todo-gateway = Vraagt dit netwerk om aanmelding op een webpagina, doe dat dan eerst. Wacht anders een paar minuten en probeer het opnieuw.
problem-throttled = De dienst krijgt nu te veel vragen.
todo-throttled = Wacht een minuut en probeer het opnieuw.
problem-not-permitted = Het account heeft hier geen rol voor.
todo-not-permitted = Laat de rollen toevoegen die bij de stap ‘Rechten’ staan en probeer het opnieuw.
todo-taps-wait = Houd deze locatie tot alles is vastgelegd en wijzig haar daarna.
problem-pins-differ = De twee pincodes zijn niet gelijk.
todo-pins-differ = Typ een pincode en daarna nog eens dezelfde.
weak-too-short = Deze pincode is te kort.
weak-too-long = Deze pincode is te lang.
weak-not-digits = Een pincode heeft alleen cijfers.
weak-too-simple = Deze pincode is te makkelijk te raden.
todo-weak = Neem 6 tot 12 cijfers, geen reeks zoals 123456 en niet steeds hetzelfde cijfer.
problem-key-store = Op dit apparaat kan nu niets geheims worden bewaard.
todo-key-store = Ontgrendel de sleutelbos of vraag IT om hulp en probeer het opnieuw.
problem-configuration = De instellingen kunnen niet worden geschreven. Er is niets gewijzigd.
todo-configuration = Vraag IT om Tapdesk zijn instellingen te laten schrijven en probeer het opnieuw.
problem-failed = Dat is niet gelukt.
todo-failed = Probeer het opnieuw.

sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-show-password = Wachtwoord tonen
sign-in-code = Code van zes cijfers
sign-in-code-hint = Uit de authenticator-app
sign-in-keeps = Het wachtwoord wordt niet bewaard.
signed-in-as = Aangemeld als { $email }
signed-in = Aangemeld
signed-in-kept = Sinds de vorige keer instellen
sign-in-again = Opnieuw aanmelden
sign-in-other = Ander account gebruiken

location-looking = Locaties worden gezocht
location-none = Dit account ziet geen locatie. Vraag een beheerder om er een toe te wijzen, of meld aan met een ander account.
location-waiting = { $count ->
    [one] { $shown } registratie van de vorige locatie wacht nog.
   *[other] { $shown } registraties van de vorige locatie wachten nog.
}

rights-needed = Nodig
rights-nice = Handig
right-held = Aanwezig
right-lacking = Ontbreekt
right-unknown = Niet geprobeerd
rights-lacking = Een nodige rol ontbreekt. Je kunt verdergaan, maar inchecken werkt pas als het account die rol heeft.
rights-administrator = Dit account is volledig beheerder, meer dan dit apparaat nodig heeft. Een account met alleen deze rollen is veiliger.
rights-not-looked = De rollen zijn nog niet bekeken.
rights-look = Opnieuw kijken
rights-try = Schrijfrollen proberen
rights-try-explained = Er worden drie lege verzoeken gestuurd die de dienst niet aanneemt: er wordt niets vastgelegd.
rights-list = Alles wat nodig is, om te kopiëren
rights-copy = Lijst kopiëren
rights-copied = Gekopieerd
rights-selected = Geselecteerd: kopieer het nu

reader-first-usb = Eerste USB-lezer
reader-other = Andere verbinding
reader-other-hint = Bijvoorbeeld pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Gebruiken
reader-starting = De lezer start
reader-up = De lezer is klaar
reader-down = De lezer werkt niet
reader-hold = Houd een willekeurige tag bij de lezer
reader-read = Gelezen: { $tile }
reader-random = Gelezen, maar het was een telefoon of een kaart die van nummer wisselt. Leden hebben hun eigen tag nodig.
reader-count = { $count ->
    [one] { $shown } keer gelezen
   *[other] { $shown } keer gelezen
}

names-title = Namen op het scherm
names-first = Voornaam
names-first-means = Wie dichtbij staat, leest alleen de voornaam.
names-full = Volledige naam
names-full-means = Wie dichtbij staat, leest de hele naam.
names-none = Geen naam
names-none-means = Het scherm begroet iedereen zonder naam.
offline-title = Zonder verbinding
offline-known = Bekende tags bewaren
offline-known-means = Bekende leden worden later vastgelegd; alle anderen gaan naar de balie.
offline-all = Alles bewaren
offline-all-means = Iedereen wordt later vastgelegd; het team zoekt tags uit die niemand kent.
offline-none = Niets bewaren
offline-none-means = Niemand kan inchecken tot de verbinding terug is.

staff-pin-first = Typ een pincode van 6 tot 12 cijfers
staff-pin-again = Typ hem nog een keer
staff-pin-typed = { $count ->
    [one] { $shown } cijfer
   *[other] { $shown } cijfers
}
staff-pin-backspace = Laatste cijfer wissen
staff-pin-enter = Bevestigen
staff-pin-missing = Nog geen pincode
staff-pin-kept = Het team heeft een pincode
staff-pin-new = Er is een nieuwe pincode
staff-pin-keep = Pincode houden
staff-pin-other = Andere kiezen

test-wait = Wacht op een tag
test-looking = Wordt opgezocht
test-member-in = { $name } zou worden ingecheckt
test-member-out = { $name } zou worden uitgecheckt
test-a-member-in = Dit lid zou worden ingecheckt
test-a-member-out = Dit lid zou worden uitgecheckt
test-inactive = Het account van dit lid is niet actief: het lid zou naar de balie worden verwezen.
test-unknown = Geen lid heeft deze tag.
test-ambiguous = Meer dan één lid heeft deze tag.
test-unusable = Dit is een telefoon of een kaart die van nummer wisselt: niet bruikbaar als tag.
test-trouble = De dienst kon niet worden gevraagd.
tile = Tag { $tile }

summary-change = Wijzigen
summary-rights-all = Heeft alles wat nodig is
summary-rights-lacking = { $count ->
    [one] { $shown } nodige rol ontbreekt
   *[other] { $shown } nodige rollen ontbreken
}
summary-rights-unknown = Niet alles is geprobeerd
summary-nothing = Niets gekozen
summary-tried = Geprobeerd met een tag
summary-not-tried = Niet geprobeerd
summary-overridden = Ingesteld door de omgeving, die voorgaat: { $keys }

keyboard-open = Schermtoetsenbord
keyboard-hide = Toetsenbord verbergen
keyboard-title = Toetsenbord
keyboard-shift = Hoofdletters
keyboard-backspace = Wissen
keyboard-space = Spatie
keyboard-letters = Letters (abc)
keyboard-symbols = Cijfers en tekens
keyboard-more = Meer tekens
