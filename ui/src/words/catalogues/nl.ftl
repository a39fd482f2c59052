# Nederlands. Je en jij, zoals in een coworkingruimte. De "tag" is de kaart, hanger of sticker die men bij de lezer houdt.

invitation-up = Houd je tag bij de lezer
getting-ready = Bijna klaar
one-moment-please = Een ogenblik, alsjeblieft
one-moment = Een ogenblik
see-the-desk = Ga even langs de balie
cannot-store = Er kan niets worden opgeslagen
acknowledged = Tag gelezen

headline-checked-in = Welkom
headline-checked-out = Tot ziens
headline-refused = Niet ingecheckt
headline-unknown-tile = Tag onbekend
headline-ambiguous-tile = Gedeelde tag
headline-unusable-tile = Gebruik je tag
headline-saved = Opgeslagen
headline-unavailable = Niet vastgelegd
headline-ambiguous-pin = Gedeelde pincode
nothing-changed = Niets veranderd

checked-in-at = Ingecheckt: { $time }
checked-out-after = Uitgecheckt. Duur: { $duration }
here-since = Je bent hier sinds { $time }

refused-without-reason = Er is geen reden gegeven.
refused-inactive = Je lidmaatschap is niet actief.
refused-archived = Je lidmaatschap is beëindigd.
refused-already-in = Je bent al ingecheckt.
refused-already-out = Je bent al uitgecheckt.
refused-withheld = Ga even langs de balie.

unknown-tile = Geen lid heeft deze tag, dus je bent niet ingecheckt.
ambiguous-tile = Meer dan één lid heeft deze tag, dus je bent niet ingecheckt.
ambiguous-pin = Meer dan één lid heeft deze pincode, dus je bent niet ingecheckt.
unusable-tile = Met een telefoon of dit soort kaart kun je niet inchecken. Houd de tag die je hebt gekregen bij de lezer.
unusable-place = Deze sticker staat voor een plek: raak hem aan met je telefoon. Houd om hier in te checken je eigen tag bij de lezer.
saved = Bewaard op dit apparaat, nog niet gecontroleerd. Het wordt vastgelegd zodra er weer verbinding is.

unavailable-offline = Er is op dit moment geen verbinding.
unavailable-signed-out = Dit apparaat is afgemeld.
unavailable-queue-full = Er is geen verbinding en dit apparaat kan niets meer bewaren.
unavailable-no-member-data = Dit apparaat heeft de ledenlijst nog niet geladen.
unavailable-not-permitted = Dit apparaat heeft geen rechten om check-ins vast te leggen.
unavailable-journal = Dit apparaat kon je check-in niet bewaren.
unavailable-service = De check-indienst gaf geen duidelijk antwoord.
unavailable-out-of-order = Dit apparaat is buiten gebruik.

tile = Tag { $tile }
offer-check-in = Toch inchecken
offer-check-out = Toch uitchecken
offer-try-again = Opnieuw proberen
offer-failed = Dat lukte niet
out-of-order = Buiten gebruik
being-set-up = Dit apparaat wordt ingesteld

reader-starting = Lezer start op
reader-up = Lezer klaar
reader-down = Lezer niet verbonden
link-connecting = Verbinden
link-online = Verbonden
link-offline = Offline: wordt hier bewaard
link-signed-out = Afgemeld: vraag het team
offline-without-saving = Offline: niets kan worden vastgelegd
waiting = { $count ->
    [one] { $shown } registratie wacht
   *[other] { $shown } registraties wachten
}
waiting-since = { $count ->
    [one] { $shown } registratie wacht sinds { $since }
   *[other] { $shown } registraties wachten sinds { $since }
}
needs-staff = { $count ->
    [one] { $shown } registratie voor het team
   *[other] { $shown } registraties voor het team
}
sign-in-ends-days = { $count ->
    [one] Aanmelding eindigt over { $shown } dag: team, meld opnieuw aan
   *[other] Aanmelding eindigt over { $shown } dagen: team, meld opnieuw aan
}
sign-in-ends-hours = { $count ->
    [one] Aanmelding eindigt over { $shown } uur: team, meld opnieuw aan
   *[other] Aanmelding eindigt over { $shown } uur: team, meld opnieuw aan
}
not-taken-over = Nieuwe configuratie niet overgenomen: team, zie het logboek
storage-fails = Er kan niets worden opgeslagen: vraag het team
clock-behind = De klok van deze tablet loopt achter: { $duration }
clock-ahead = De klok van deze tablet loopt voor: { $duration }

duration-none = minder dan een minuut
duration-minutes = { $shown } min
duration-hours = { $shown } uur
duration-hours-and-minutes = { $hoursShown } uur { $minutesShown } min

passes-left = { $count ->
    [0] Geen passen meer over
    [one] Nog { $shown } pas over
   *[other] Nog { $shown } passen over
}
minutes-used = Gebruikt in deze periode: { $duration }
pay-as-you-go = Voor dit bezoek is een losse pas gebruikt
present = { $count ->
    [one] { $shown } persoon nu binnen
   *[other] { $shown } personen nu binnen
}
charge-of-some-kind = Zonder pas wordt een bezoek berekend
charge = Zonder pas wordt een bezoek berekend als { $name }
charge-with-price = Zonder pas wordt een bezoek berekend als { $name }, { $price }

closed = Gesloten
closed-opens = Open: { $when }
closed-taps-still-work = In- en uitchecken kan gewoon
renew-here = Hier verlengen

preferences-open = Taal
preferences-title = Taal en weergave
preferences-language = Taal
preferences-larger-text = Grotere tekst
preferences-high-contrast = Hoog contrast
preferences-speech = Resultaat voorlezen
preferences-done = Klaar

pin-open = Geen tag? Gebruik je pincode
pin-title = Voer je pincode in
pin-name = Typ je naam
pin-who-are-you = Wie ben je?
pin-nobody = Niemand gevonden met die naam
pin-pause = Wacht even en probeer het opnieuw
pin-wrong = Die pincode klopt niet
pin-locked = Te veel pogingen. Wacht: { $duration }
pin-backspace = Laatste cijfer wissen
pin-clear = Alles wissen
pin-enter = Bevestigen
pin-cancel = Annuleren

staff-open = Team
staff-pin-title = Pincode van het team
configuration = configuratie { $configuration }

sentence = { $text }.
