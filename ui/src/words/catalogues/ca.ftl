# Català. Tracte de tu, com en un espai de coworking. La "targeta" és la targeta, el clauer o l'adhesiu que s'acosta al lector.

invitation-up = Acosta la targeta al lector
getting-ready = Preparant
one-moment-please = Un moment, si us plau
one-moment = Un moment
see-the-desk = Passa per recepció
cannot-store = No es pot desar cap registre
acknowledged = Targeta llegida

headline-checked-in = Hola!
headline-checked-out = Fins aviat
headline-refused = Sense check-in
headline-unknown-tile = Targeta desconeguda
headline-ambiguous-tile = Targeta compartida
headline-unusable-tile = Usa la targeta
headline-saved = Desat
headline-unavailable = No registrat
headline-ambiguous-pin = PIN compartit
nothing-changed = Sense canvis

checked-in-at = Check-in: { $time }
checked-out-after = Check-out. Durada: { $duration }
here-since = Ets aquí des de: { $time }

refused-without-reason = No s'ha indicat el motiu.
refused-inactive = La teva subscripció no està activa.
refused-archived = La teva subscripció s'ha acabat.
refused-already-in = Ja has fet el check-in.
refused-already-out = Ja has fet el check-out.
refused-withheld = Passa per recepció, si us plau.

unknown-tile = Cap membre no té aquesta targeta, de manera que no s'ha fet el check-in.
ambiguous-tile = Més d'un membre té aquesta targeta, de manera que no s'ha fet el check-in.
ambiguous-pin = Més d'un membre té aquest PIN, de manera que no s'ha fet el check-in.
unusable-tile = Amb un telèfon o amb aquest tipus de targeta no es pot fer el check-in. Acosta al lector la targeta que et van donar.
unusable-place = Aquesta etiqueta representa un lloc: toca-la amb el telèfon. Per fer el check-in aquí, acosta la teva targeta al lector.
saved = Desat en aquest equip, encara per comprovar. Es registrarà quan torni la connexió.

unavailable-offline = Ara mateix no hi ha connexió.
unavailable-signed-out = Aquest equip no té la sessió iniciada.
unavailable-queue-full = No hi ha connexió i aquest equip no pot desar més registres.
unavailable-no-member-data = Aquest equip encara no ha carregat la llista de membres.
unavailable-not-permitted = Aquest equip no té permís per registrar check-ins.
unavailable-journal = Aquest equip no ha pogut desar el teu registre.
unavailable-service = El servei de check-in no ha donat una resposta clara.
unavailable-out-of-order = Aquest equip està fora de servei.

tile = Targeta { $tile }
offer-check-in = Prefereixo fer check-in
offer-check-out = Prefereixo fer check-out
offer-try-again = Torna-ho a provar
offer-failed = No ha funcionat
out-of-order = Fora de servei
being-set-up = S'està configurant aquest equip

reader-starting = Iniciant el lector
reader-up = Lector a punt
reader-down = Lector no connectat
link-connecting = Connectant
link-online = Amb connexió
link-offline = Sense connexió: es desa aquí
link-signed-out = Sessió tancada: avisa l'equip
offline-without-saving = Sense connexió: no es pot registrar
waiting = { $count ->
    [one] { $shown } registre en espera
    [many] { $shown } de registres en espera
   *[other] { $shown } registres en espera
}
waiting-since = { $count ->
    [one] { $shown } registre en espera des de: { $since }
    [many] { $shown } de registres en espera des de: { $since }
   *[other] { $shown } registres en espera des de: { $since }
}
needs-staff = { $count ->
    [one] { $shown } registre necessita el personal
    [many] { $shown } de registres necessiten el personal
   *[other] { $shown } registres necessiten el personal
}
sign-in-ends-days = { $count ->
    [one] La sessió acaba d'aquí a { $shown } dia: el personal l'ha de tornar a iniciar
    [many] La sessió acaba d'aquí a { $shown } de dies: el personal l'ha de tornar a iniciar
   *[other] La sessió acaba d'aquí a { $shown } dies: el personal l'ha de tornar a iniciar
}
sign-in-ends-hours = { $count ->
    [one] La sessió acaba d'aquí a { $shown } hora: el personal l'ha de tornar a iniciar
    [many] La sessió acaba d'aquí a { $shown } d'hores: el personal l'ha de tornar a iniciar
   *[other] La sessió acaba d'aquí a { $shown } hores: el personal l'ha de tornar a iniciar
}
not-taken-over = Configuració nova sense aplicar: personal, consulteu el registre
storage-fails = No es pot desar cap registre: avisa l'equip
clock-behind = El rellotge d'aquesta tauleta va endarrerit: { $duration }
clock-ahead = El rellotge d'aquesta tauleta va avançat: { $duration }

duration-none = menys d'un minut
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] No et queden passis
    [one] Et queda { $shown } passi
    [many] Et queden { $shown } de passis
   *[other] Et queden { $shown } passis
}
minutes-used = Usat en aquest període: { $duration }
pay-as-you-go = En aquesta visita s'ha usat un passi de pagament per ús
present = { $count ->
    [one] { $shown } persona aquí ara
    [many] { $shown } de persones aquí ara
   *[other] { $shown } persones aquí ara
}
charge-of-some-kind = Sense passi, la visita es cobra
charge = Sense passi, la visita es cobra com a { $name }
charge-with-price = Sense passi, la visita es cobra com a { $name }, { $price }

closed = Tancat
closed-opens = Obre: { $when }
closed-taps-still-work = Pots continuar fent check-in i check-out
renew-here = Renova aquí

preferences-open = Idioma
preferences-title = Idioma i pantalla
preferences-language = Idioma
preferences-larger-text = Text més gran
preferences-high-contrast = Alt contrast
preferences-speech = Llegeix en veu alta
preferences-done = Fet

pin-open = Sense targeta? Usa el PIN
pin-title = Introdueix el PIN
pin-name = Escriu el teu nom
pin-who-are-you = Qui ets?
pin-nobody = No s'ha trobat ningú amb aquest nom
pin-pause = Espera un moment i torna-ho a provar
pin-wrong = Aquest PIN no és correcte
pin-locked = Massa intents. Espera: { $duration }
pin-backspace = Esborra l'última xifra
pin-clear = Esborra-ho tot
pin-enter = Accepta
pin-cancel = Cancel·la

staff-open = Personal
staff-pin-title = PIN del personal
configuration = configuració { $configuration }

sentence = { $text }.
