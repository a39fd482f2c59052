# Español: las palabras de la configuración. Tuteo, como en el quiosco.

title = Configurar este equipo
step-of = Paso { $place } de { $all }
step-language = Idioma
step-sign-in = Iniciar sesión
step-location = Sede
step-rights = Permisos
step-reader = Lector
step-policy = Privacidad y cortes
step-staff-pin = PIN del personal
step-test-tap = Prueba
step-summary = Resumen

lead-language = Elige el idioma de este equipo. Los miembros pueden cambiar al suyo.
lead-sign-in = Inicia sesión con la cuenta que este equipo usará en { $service }.
lead-location = Elige la sede en la que está este equipo.
lead-rights = Comprueba si la cuenta tiene los roles que hacen falta.
lead-reader = Elige el lector y acércale cualquier tarjeta.
lead-policy = Elige qué pueden ver los demás y qué ocurre sin conexión.
lead-staff-pin = El PIN protege esta configuración de los miembros que encuentren la tableta.
lead-test-tap = Acerca al lector la tarjeta de un miembro. No se registra nada.
lead-summary = Repásalo una vez más. No se guarda nada hasta que termines.

missing-sign-in = Inicia sesión para continuar.
missing-location = Elige una sede para continuar.
missing-staff-pin = Elige un PIN para continuar.
missing-summary = Todavía falta algo.

back = Atrás
next = Siguiente
finish = Terminar
leave = Salir de la configuración
leave-ask = ¿Salir? Se olvidará lo que has cambiado aquí.
leave-yes = Salir
leave-no = Quedarse
one-moment = Un momento

problem-sign-in-refused = El correo, la contraseña o el código no es correcto.
todo-sign-in-refused = Comprueba el correo y escribe otra vez la contraseña. Si la cuenta usa un código, escríbelo también.
problem-code-needed = Esta cuenta necesita además un código.
todo-code-needed = Escribe otra vez la contraseña y las seis cifras de la aplicación de autenticación.
problem-no-api = Esta cuenta no puede usar la API del servicio.
todo-no-api = Pide a un administrador que active «API access» en su usuario, o inicia sesión con otra cuenta.
problem-account-inactive = Esta cuenta no está activa.
todo-account-inactive = Pide a un administrador que la active, o inicia sesión con otra cuenta.
problem-must-reset-password = Antes hay que elegir una contraseña nueva para esta cuenta.
todo-must-reset-password = Abre { $service } en un navegador, elige una contraseña nueva y después inicia sesión aquí.
problem-unreachable = No hay conexión con { $service }.
todo-unreachable = Comprueba el cable de red o la wifi e inténtalo de nuevo.
problem-gateway = El servicio no ha respondido como debía.
todo-gateway = Si esta red pide iniciar sesión en una página web, hazlo primero. Si no, espera unos minutos e inténtalo de nuevo.
problem-throttled = En este momento se consulta demasiado el servicio.
todo-throttled = Espera un minuto e inténtalo de nuevo.
problem-not-permitted = La cuenta no tiene el rol necesario para esto.
todo-not-permitted = Pide que se añadan los roles que aparecen en el paso «Permisos» e inténtalo de nuevo.
todo-taps-wait = Mantén esta sede hasta que se registren y cámbiala después.
problem-pins-differ = Los dos PIN no coinciden.
todo-pins-differ = Escribe un PIN y después el mismo otra vez.
weak-too-short = Este PIN es demasiado corto.
weak-too-long = Este PIN es demasiado largo.
weak-not-digits = Un PIN solo tiene cifras.
weak-too-simple = Este PIN es demasiado fácil de adivinar.
todo-weak = Usa de 6 a 12 cifras, sin series como 123456 ni una sola cifra repetida.
problem-key-store = En este momento no se pueden guardar secretos en este equipo.
todo-key-store = Desbloquea el almacén de claves o pide ayuda a informática, e inténtalo de nuevo.
problem-configuration = No se pueden escribir los ajustes. No se ha cambiado nada.
todo-configuration = Pide a informática que permita a Tapdesk escribir sus ajustes e inténtalo de nuevo.
problem-failed = No ha funcionado.
todo-failed = Inténtalo de nuevo.

sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-show-password = Mostrar la contraseña
sign-in-code = Código de seis cifras
sign-in-code-hint = De la aplicación de autenticación
sign-in-keeps = La contraseña no se guarda.
signed-in-as = Sesión iniciada como { $email }
signed-in = Sesión iniciada
signed-in-kept = Desde la última configuración
sign-in-again = Iniciar sesión de nuevo
sign-in-other = Usar otra cuenta

location-looking = Buscando sedes
location-none = Esta cuenta no ve ninguna sede. Pide a un administrador que le asigne una, o inicia sesión con otra cuenta.
location-waiting = { $count ->
    [one] { $shown } registro de la sede anterior sigue pendiente.
    [many] { $shown } de registros de la sede anterior siguen pendientes.
   *[other] { $shown } registros de la sede anterior siguen pendientes.
}

rights-needed = Necesarios
rights-nice = Recomendables
right-held = Lo tiene
right-lacking = Le falta
right-unknown = Sin probar
rights-lacking = Falta un rol necesario. Puedes continuar, pero el check-in no funcionará hasta que la cuenta lo tenga.
rights-administrator = Esta cuenta es de administrador total, más de lo que hace falta. Es más segura una cuenta que solo tenga estos roles.
rights-not-looked = Aún no se han consultado los roles.
rights-look = Consultar de nuevo
rights-try = Probar los roles de escritura
rights-try-explained = Se envían tres peticiones vacías que el servicio no acepta: no se registra nada.
rights-list = Todo lo necesario, para copiar
rights-copy = Copiar la lista
rights-copied = Copiado
rights-selected = Seleccionado: cópialo ahora

reader-first-usb = Primer lector USB
reader-other = Otra conexión
reader-other-hint = Por ejemplo pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Usar
reader-starting = El lector está arrancando
reader-up = El lector está listo
reader-down = El lector no funciona
reader-hold = Acerca cualquier tarjeta al lector
reader-read = Leída: { $tile }
reader-random = Leída, pero era un teléfono o una tarjeta que cambia de número. Los miembros necesitan su propia tarjeta.
reader-count = { $count ->
    [one] Leída { $shown } vez
    [many] Leída { $shown } de veces
   *[other] Leída { $shown } veces
}

names-title = Nombres en la pantalla
names-first = Nombre de pila
names-first-means = Quien esté cerca solo lee el nombre de pila.
names-full = Nombre completo
names-full-means = Quien esté cerca lee el nombre entero.
names-none = Sin nombre
names-none-means = La pantalla saluda a todos sin nombre.
offline-title = Sin conexión
offline-known = Guardar las tarjetas conocidas
offline-known-means = Los miembros conocidos se registran más tarde; los demás van a recepción.
offline-all = Guardar todo
offline-all-means = Todos se registran más tarde; el personal aclara las tarjetas que nadie conoce.
offline-none = No guardar nada
offline-none-means = Nadie puede hacer check-in hasta que vuelva la conexión.

staff-pin-first = Escribe un PIN de 6 a 12 cifras
staff-pin-again = Escríbelo otra vez
staff-pin-typed = { $count ->
    [one] { $shown } cifra
    [many] { $shown } de cifras
   *[other] { $shown } cifras
}
staff-pin-backspace = Borrar la última cifra
staff-pin-enter = Aceptar
staff-pin-missing = Aún no hay PIN
staff-pin-kept = El personal tiene un PIN
staff-pin-new = Hay un PIN nuevo
staff-pin-keep = Mantener el PIN
staff-pin-other = Elegir otro

test-wait = Esperando una tarjeta
test-looking = Buscando
test-member-in = { $name } haría el check-in
test-member-out = { $name } haría el check-out
test-a-member-in = Este miembro haría el check-in
test-a-member-out = Este miembro haría el check-out
test-inactive = La cuenta de este miembro no está activa: se le pediría que pase por recepción.
test-unknown = Ningún miembro tiene esta tarjeta.
test-ambiguous = Más de un miembro tiene esta tarjeta.
test-unusable = Es un teléfono o una tarjeta que cambia de número: no sirve como tarjeta.
test-trouble = No se ha podido consultar el servicio.
tile = Tarjeta { $tile }

summary-change = Cambiar
summary-rights-all = Tiene todo lo necesario
summary-rights-lacking = { $count ->
    [one] Le falta { $shown } rol necesario
    [many] Le faltan { $shown } de roles necesarios
   *[other] Le faltan { $shown } roles necesarios
}
summary-rights-unknown = No se han probado todos
summary-nothing = Nada elegido
summary-tried = Probado con una tarjeta
summary-not-tried = Sin probar
summary-overridden = Fijado por el entorno, que tiene prioridad: { $keys }

keyboard-open = Teclado en pantalla
keyboard-hide = Ocultar el teclado
keyboard-title = Teclado
keyboard-shift = Mayúsculas
keyboard-backspace = Borrar
keyboard-space = Espacio
keyboard-letters = Letras
keyboard-symbols = Cifras y símbolos
keyboard-more = Más símbolos
