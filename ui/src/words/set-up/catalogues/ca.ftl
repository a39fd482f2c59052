# Català: les paraules de la configuració. Tracte de tu, com al quiosc.

title = Configura aquest equip
step-of = Pas { $place } de { $all }
step-language = Idioma
step-sign-in = Inicia la sessió
step-location = Seu
step-rights = Permisos
step-reader = Lector
step-policy = Privacitat i talls
step-staff-pin = PIN del personal
step-test-tap = Prova
step-summary = Resum

lead-language = Tria l’idioma d’aquest equip. Els membres poden canviar al seu.
lead-sign-in = Inicia la sessió amb el compte que aquest equip farà servir a { $service }.
lead-location = Tria la seu on és aquest equip.
lead-rights = Comprova si el compte té els rols que calen.
lead-reader = Tria el lector i acosta-hi qualsevol targeta.
lead-policy = Tria què poden veure els altres i què passa sense connexió.
lead-staff-pin = El PIN protegeix aquesta configuració dels membres que trobin la tauleta.
lead-test-tap = Acosta al lector la targeta d’un membre. No es registra res.
lead-summary = Repassa-ho un cop més. No es desa res fins que acabis.

missing-sign-in = Inicia la sessió per continuar.
missing-location = Tria una seu per continuar.
missing-staff-pin = Tria un PIN per continuar.
missing-summary = Encara falta alguna cosa.

back = Enrere
next = Següent
finish = Acaba
leave = Surt de la configuració
leave-ask = Vols sortir? S’oblidarà el que has canviat aquí.
leave-yes = Surt
leave-no = Queda’t
one-moment = Un moment

problem-sign-in-refused = El correu, la contrasenya o el codi no és correcte.
todo-sign-in-refused = Comprova el correu i torna a escriure la contrasenya. Si el compte fa servir un codi, escriu-lo també.
problem-code-needed = Aquest compte també necessita un codi.
todo-code-needed = Torna a escriure la contrasenya i les sis xifres de l’aplicació d’autenticació.
problem-no-api = Aquest compte no pot fer servir l’API del servei.
todo-no-api = Demana a un administrador que activi «API access» al seu usuari, o inicia la sessió amb un altre compte.
problem-account-inactive = Aquest compte no està actiu.
todo-account-inactive = Demana a un administrador que l’activi, o inicia la sessió amb un altre compte.
problem-must-reset-password = Primer cal triar una contrasenya nova per a aquest compte.
todo-must-reset-password = Obre { $service } en un navegador, tria una contrasenya nova i després inicia la sessió aquí.
problem-unreachable = No hi ha connexió amb { $service }.
todo-unreachable = Comprova el cable de xarxa o la Wi-Fi i torna-ho a provar.
problem-gateway = El servei no ha respost com calia.
todo-gateway = Si aquesta xarxa demana iniciar la sessió en una pàgina web, fes-ho primer. Si no, espera uns minuts i torna-ho a provar.
problem-throttled = En aquest moment es consulta massa el servei.
todo-throttled = Espera un minut i torna-ho a provar.
problem-not-permitted = El compte no té el rol que cal.
todo-not-permitted = Demana que s’afegeixin els rols que surten al pas «Permisos» i torna-ho a provar.
todo-taps-wait = Mantén aquesta seu fins que s’hagin registrat i després canvia-la.
problem-pins-differ = Els dos PIN no coincideixen.
todo-pins-differ = Escriu un PIN i després el mateix un altre cop.
weak-too-short = Aquest PIN és massa curt.
weak-too-long = Aquest PIN és massa llarg.
weak-not-digits = Un PIN només té xifres.
weak-too-simple = Aquest PIN és massa fàcil d’endevinar.
todo-weak = Fes servir de 6 a 12 xifres, sense sèries com 123456 ni una sola xifra repetida.
problem-key-store = En aquest moment no es poden desar secrets en aquest equip.
todo-key-store = Desbloqueja el magatzem de claus o demana ajuda a informàtica, i torna-ho a provar.
problem-configuration = No es poden escriure els ajustos. No s’ha canviat res.
todo-configuration = Demana a informàtica que permeti a Tapdesk escriure els seus ajustos i torna-ho a provar.
problem-failed = No ha funcionat.
todo-failed = Torna-ho a provar.

sign-in-email = Correu electrònic
sign-in-password = Contrasenya
sign-in-show-password = Mostra la contrasenya
sign-in-code = Codi de sis xifres
sign-in-code-hint = De l’aplicació d’autenticació
sign-in-keeps = La contrasenya no es desa.
signed-in-as = Sessió iniciada com a { $email }
signed-in = Sessió iniciada
signed-in-kept = Des de l’última configuració
sign-in-again = Torna a iniciar la sessió
sign-in-other = Fes servir un altre compte

location-looking = S’estan buscant seus
location-none = Aquest compte no veu cap seu. Demana a un administrador que n’hi assigni una, o inicia la sessió amb un altre compte.
location-waiting = { $count ->
    [one] { $shown } registre de la seu anterior encara està pendent.
    [many] { $shown } de registres de la seu anterior encara estan pendents.
   *[other] { $shown } registres de la seu anterior encara estan pendents.
}

rights-needed = Necessaris
rights-nice = Recomanables
right-held = El té
right-lacking = Li falta
right-unknown = No s’ha provat
rights-lacking = Falta un rol necessari. Pots continuar, però el check-in no funcionarà fins que el compte el tingui.
rights-administrator = Aquest compte és d’administrador total, més del que cal. És més segur un compte que només tingui aquests rols.
rights-not-looked = Encara no s’han consultat els rols.
rights-look = Torna-ho a consultar
rights-try = Prova els rols d’escriptura
rights-try-explained = S’envien tres peticions buides que el servei no accepta: no es registra res.
rights-list = Tot el que cal, per copiar
rights-copy = Copia la llista
rights-copied = Copiat
rights-selected = Seleccionat: copia-ho ara

reader-first-usb = Primer lector USB
reader-other = Una altra connexió
reader-other-hint = Per exemple pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Fes-la servir
reader-starting = El lector s’està engegant
reader-up = El lector està a punt
reader-down = El lector no funciona
reader-hold = Acosta qualsevol targeta al lector
reader-read = Llegida: { $tile }
reader-random = Llegida, però era un telèfon o una targeta que canvia de número. Els membres necessiten la seva pròpia targeta.
reader-count = { $count ->
    [one] Llegida { $shown } vegada
    [many] Llegida { $shown } de vegades
   *[other] Llegida { $shown } vegades
}

names-title = Noms a la pantalla
names-first = Nom de pila
names-first-means = Qui és a prop només llegeix el nom de pila.
names-full = Nom complet
names-full-means = Qui és a prop llegeix el nom sencer.
names-none = Sense nom
names-none-means = La pantalla saluda tothom sense nom.
offline-title = Sense connexió
offline-known = Desa les targetes conegudes
offline-known-means = Els membres coneguts es registren més tard; els altres van a recepció.
offline-all = Desa-ho tot
offline-all-means = Tothom es registra més tard; el personal aclareix les targetes que ningú no coneix.
offline-none = No desis res
offline-none-means = Ningú no pot fer check-in fins que torni la connexió.

staff-pin-first = Escriu un PIN de 6 a 12 xifres
staff-pin-again = Escriu-lo un altre cop
staff-pin-typed = { $count ->
    [one] { $shown } xifra
    [many] { $shown } de xifres
   *[other] { $shown } xifres
}
staff-pin-backspace = Esborra l’última xifra
staff-pin-enter = Accepta
staff-pin-missing = Encara no hi ha PIN
staff-pin-kept = El personal té un PIN
staff-pin-new = Hi ha un PIN nou
staff-pin-keep = Mantén el PIN
staff-pin-other = Tria’n un altre

test-wait = Esperant una targeta
test-looking = S’està buscant
test-member-in = { $name } faria el check-in
test-member-out = { $name } faria el check-out
test-a-member-in = Aquest membre faria el check-in
test-a-member-out = Aquest membre faria el check-out
test-inactive = El compte d’aquest membre no està actiu: se li demanaria que passi per recepció.
test-unknown = Cap membre no té aquesta targeta.
test-ambiguous = Més d’un membre té aquesta targeta.
test-unusable = És un telèfon o una targeta que canvia de número: no serveix com a targeta.
test-trouble = No s’ha pogut consultar el servei.
tile = Targeta { $tile }

summary-change = Canvia
summary-rights-all = Té tot el que cal
summary-rights-lacking = { $count ->
    [one] Li falta { $shown } rol necessari
    [many] Li falten { $shown } de rols necessaris
   *[other] Li falten { $shown } rols necessaris
}
summary-rights-unknown = No s’han provat tots
summary-nothing = No s’ha triat res
summary-tried = Provat amb una targeta
summary-not-tried = No s’ha provat
summary-overridden = Fixat per l’entorn, que té prioritat: { $keys }

keyboard-open = Teclat en pantalla
keyboard-hide = Amaga el teclat
keyboard-title = Teclat
keyboard-shift = Majúscules
keyboard-backspace = Esborra
keyboard-space = Espai
keyboard-letters = Lletres
keyboard-symbols = Xifres i símbols
keyboard-more = Més símbols
