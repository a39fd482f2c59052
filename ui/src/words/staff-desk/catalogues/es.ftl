# Español: las palabras de la mesa del personal. Tuteo, como en el quiosco.
# Long because counts have a form for millions too.

title = Mesa del personal
one-moment = Un momento
no-answer = La mesa no responde. Se vuelve a preguntar enseguida.
lock = Volver al quiosco
set-up = Configuración
set-up-ask = ¿Abrir la configuración? Mientras tanto el quiosco se detiene.
set-up-yes = Abrir la configuración
end-kiosk = Cerrar el quiosco
end-kiosk-means = Solo para trabajar en el equipo que hay detrás.
end-kiosk-ask = ¿Cerrar el quiosco? No se lee ninguna tarjeta hasta que se inicie de nuevo o se reinicie la tableta. El equipo que hay detrás queda abierto a quien esté aquí.
cancel = Cancelar
close = Cerrar
again = Intentar de nuevo
refresh = Actualizar
older = Mostrar anteriores
loading = Cargando
none = Ninguno
print = Imprimir
export = Guardar como CSV
exported = { $count ->
    [one] { $shown } fila guardada: { $path }
    [many] { $shown } filas guardadas: { $path }
   *[other] { $shown } filas guardadas: { $path }
}
exported-part = Hay { $all } en total: solo se guardaron las primeras.
exported-names = El archivo contiene nombres. Bórralo cuando ya nadie lo necesite.
locks-in = Se bloquea en { $duration }. Toca para seguir.
at-the-door = En la puerta
lacking = A la cuenta le faltan roles: { $roles }
waiting = { $count ->
    [one] { $shown } registro espera
    [many] { $shown } registros esperan
   *[other] { $shown } registros esperan
}
needs-staff = { $count ->
    [one] { $shown } registro necesita al personal
    [many] { $shown } registros necesitan al personal
   *[other] { $shown } registros necesitan al personal
}
since = desde { $time }
until = hasta { $time }
member-number = Miembro { $number }
tile = Tarjeta { $tile }

tab-failures = Fallos
tab-overview = Resumen
tab-health = Estado del quiosco
tab-log = Registro de acciones
link-connecting = Conectando
link-online = Conectado
link-offline = Sin conexión
link-signed-out = Sesión cerrada
verdict-checked-in = Entrada registrada
verdict-checked-out = Salida registrada
verdict-refused = Entrada no registrada
verdict-unknown-tile = Tarjeta desconocida
verdict-ambiguous-tile = Tarjeta compartida
verdict-unusable-tile = Tarjeta no utilizable
verdict-saved = Guardado
verdict-unavailable = No registrado
source-0 = Sin origen
source-1 = A mano
source-2 = Puerta
source-3 = Red
source-4 = Tarjeta
source-5 = Sensor
source-other = Origen { $number }

preset-today = Hoy
preset-week = 7 días
preset-unknown = Tarjetas desconocidas
preset-member = Solo { $name }
preset-all = Todos
filters = Filtros
filters-show = Mostrar
filters-clear = Quitar todos los filtros
field-attempted = Hora
field-attempted-local = Hora local del intento
field-created = Registrado
field-updated = Modificado
field-coworker = Número de miembro
field-member = Miembro
field-location = Sede
field-source = Origen
field-mac-addresses = Direcciones MAC
field-teams = Equipos
field-tariff = Plan de miembro
field-description = Motivo
field-tile = Tarjeta
field-kind = Tipo
field-key = Número
span-any = Cualquier fecha
span-today = Hoy
span-week = Últimos 7 días
span-month = Últimos 30 días
span-between = De … a …
span-days = Días
from = Desde
to = Hasta
any = Cualquiera
sort-by = Ordenar por
ascending = Menor primero
descending = Mayor primero
failures-count = { $count ->
    [one] { $shown } fallo
    [many] { $shown } fallos
   *[other] { $shown } fallos
}
failures-new = { $count ->
    [one] { $shown } nuevo: mostrar
    [many] { $shown } nuevos: mostrar
   *[other] { $shown } nuevos: mostrar
}
failures-changed = La lista ha cambiado: mostrar
failures-none = No hay fallos aquí
failures-none-hint = Prueba con más tiempo o menos filtros.
failures-hidden = { $count ->
    [one] { $shown } registro omitido: el servicio no atiende uno de los filtros.
    [many] { $shown } registros omitidos: el servicio no atiende uno de los filtros.
   *[other] { $shown } registros omitidos: el servicio no atiende uno de los filtros.
}
failures-unreadable = { $count ->
    [one] { $shown } registro no se pudo leer.
    [many] { $shown } registros no se pudieron leer.
   *[other] { $shown } registros no se pudieron leer.
}
failures-local-only = Solo se muestra lo que sabe este quiosco.
kind-failed-checkin = Entrada fallida
kind-needs-staff = Necesita al personal
kind-unusable-tile = Tarjeta no utilizable
kiosk-only = Solo en este quiosco
nobody = Nadie conocido
no-reason = Sin motivo indicado

happened = Qué ocurrió
reading = Nuestra lectura
reading-means = Tapdesk lo deduce de lo que se sabe ahora. El servicio no lo ha dicho.
member = Miembro
passes = Pases
open-checkins = Dentro ahora
recorded = Todo lo registrado
acts = Qué puedes hacer
only-this-member = Solo este miembro
no-plan = Sin plan
member-active = Activo
member-inactive = No activo
member-archived = Archivado
pass-valid = Válido
pass-used = Agotado
pass-expired = Caducado
pass-cancelled = Cancelado
pass-elsewhere = Para otra sede
pass-other = No válido ahora
pass-some = Pase
pass-uses = Quedan { $remaining } de { $all }
pass-left = Quedan { $remaining }
pass-pay-as-you-go = Pago por uso

reading-unknown-tile = Ningún miembro tiene esta tarjeta.
reading-ambiguous-tile = Más de un miembro tiene esta tarjeta.
reading-unusable-tile = Un teléfono, o una tarjeta que cada vez muestra otro número: no identifica a nadie.
reading-tile-linked-since = La tarjeta pertenece ahora a { $name }.
reading-not-active = El miembro no está activo.
reading-archived = El miembro está archivado.
reading-changed-since = La ficha del miembro se modificó después del intento, { $time }.
reading-no-pass-no-plan = El miembro nunca tuvo un pase y no tiene plan.
reading-no-pass = El miembro tiene el plan { $plan }, pero ningún pase.
reading-passes-used-up = Todos los pases están agotados.
reading-passes-used-up-at = Todos los pases están agotados, el último { $time }.
reading-passes-expired = El último pase caducó { $time }.
reading-passes-cancelled = Los pases se cancelaron.
reading-passes-elsewhere = Los pases son para otra sede.
reading-pass-valid-now = Ahora hay un pase válido: empezó después, o la causa es otra.
reading-pass-valid-now-named = El pase { $name } es válido ahora: empezó después, o la causa es otra.
reading-plan-changed = El plan era { $before } y ahora es { $after }.
reading-already-in = El miembro ya estaba dentro, desde { $time }.
reading-came-in-since = El miembro entró después, { $time }.
reading-closed = La sede estaba cerrada a esa hora.
reading-repeated = { $count ->
    [one] { $shown } intento en un día.
    [many] { $shown } intentos en un día.
   *[other] { $shown } intentos en un día.
}
reading-not-known = Lo que se sabe no dice por qué.

act-check-in = Registrar entrada a mano
act-close-checkin = Cerrar la entrada
act-link-tile = Asignar la tarjeta a un miembro
act-correct = Corregir el registro
act-retry = Registrar de nuevo
act-dismiss = No hace falta nada más
act-lacking = No es posible con esta cuenta: falta el rol { $role }.
note = Nota
note-means = Solo se guarda en este quiosco.
when = Cuándo
when-now = Ahora
when-at = A una hora dada
search = Buscar un miembro
search-none = No se encontró a nadie.
search-hint = Escribe al menos dos letras del nombre.
choose-other = Elegir otro
field-to-write = Escribir la tarjeta en
tile-field-access-card = Tarjeta (AccessCardId)
tile-field-key-fob = Llavero (KeyFobNumber)
correct-reason = Nuevo motivo
correct-hint = Deja vacío lo que no cambia.
why = Por qué
dismiss-recorded-by-hand = Registrado a mano
dismiss-already-recorded = Ya estaba registrado
dismiss-did-not-enter = No entró
dismiss-test = Una prueba
dismiss-other = Otro motivo
look = Continuar
back = Atrás
confirm = Confirmar
confirm-title = Míralo una vez más
will-write = Esto se escribirá
writes-nothing = No se escribe nada en el servicio.
property = Propiedad
before = Antes
after = Después
empty = vacío
undoable = Se puede deshacer después.
not-undoable = No se puede deshacer.
not-possible = Tal como está, no se puede hacer.
working = Se está realizando. Espera, por favor.
done = Hecho
done-source = El servicio guardó el origen { $source }.
undo = Deshacer
undone = Deshecho
warning-already-in = El miembro ya está dentro, desde { $time }.
warning-not-active = El miembro no está activo.
warning-may-be-charged = Ningún pase es válido: la visita puede cobrarse.
warning-tile-taken = { $name } tiene esta tarjeta.
warning-tile-theirs = El miembro ya tiene esta tarjeta.
warning-replaces-tile = Se sustituye otra tarjeta del miembro.
warning-tap-waits = Un registro de este miembro aún espera.
warning-tile-not-checked = No se pudo preguntar al servicio quién tiene esta tarjeta.
warning-already-closed = La entrada se cerró entretanto, { $time }.

problem-not-permitted = A la cuenta le falta el rol { $role }.
todo-not-permitted = Pide a un administrador que lo añada.
problem-unreachable = No se puede contactar con el servicio.
todo-unreachable = Comprueba la red e inténtalo de nuevo.
problem-throttled = Ahora se consulta demasiado al servicio.
todo-throttled = Espera un minuto e inténtalo de nuevo.
problem-signed-out = El servicio ya no conoce este quiosco.
todo-signed-out = Inicia sesión en la configuración.
problem-gateway = El servicio no respondió como debía.
todo-gateway = Espera unos minutos e inténtalo de nuevo.
problem-refused = El servicio no lo aceptó.
todo-refused = Lee lo que dice y cambia lo que pide.
problem-gone = El registro ya no existe.
todo-gone = Mira la lista de nuevo.
problem-changed = Alguien lo cambió entretanto.
todo-changed = Mira de nuevo y decide otra vez.
problem-unknown = Nadie puede decir si se realizó.
todo-unknown = Mira la ficha del miembro y el registro de acciones antes de intentarlo de nuevo.
problem-storage = Este quiosco no puede guardarlo; no se hizo nada.
todo-storage = Mira el estado del quiosco.
problem-invalid = Eso no se puede pedir.
todo-invalid = Cambia lo que escribiste e inténtalo de nuevo.
problem-ended = La mesa ha terminado.
todo-ended = Vuelve al quiosco y abre la mesa de nuevo.
problem-failed = No funcionó.
todo-failed = Inténtalo de nuevo.

chart-failures-by-reason = Fallos por motivo
chart-failures-by-hour = Fallos por hora
chart-arrivals-by-hour = Llegadas por hora
chart-checkins-by-source = Entradas por origen
chart-unknown-tiles-by-day = Tarjetas desconocidas por día
hour = Hora
minute = Minuto
day = Día
count = Cantidad
name = Nombre
since-when = Desde
show-table = Como tabla
counted = { $counted } de { $all } contados: los más recientes.
nothing-counted = Nada en este tiempo.
present-none = No hay nadie.
present-count = { $count ->
    [one] { $shown } dentro ahora
    [many] { $shown } dentro ahora
   *[other] { $shown } dentro ahora
}
present-filter = Buscar un nombre

state-good = Bien
state-attention = Revisar
state-problem = Problema
health-reader = Lector
health-reader-good = Lee tarjetas.
health-reader-attention = Está arrancando. Si dura, desenchúfalo y vuelve a enchufarlo.
health-reader-problem = No funciona. Desenchúfalo y vuelve a enchufarlo; si no ayuda, elígelo en la configuración.
health-link = Conexión
health-link-good = El servicio responde.
health-link-attention = Se busca el servicio. Mientras tanto se guardan los registros.
health-link-problem = No se puede contactar con el servicio. Comprueba la red; los registros se guardan según la configuración.
health-sign-in = Sesión
health-sign-in-good = El quiosco tiene la sesión iniciada.
health-sign-in-attention = La sesión termina pronto. Iníciala de nuevo en la configuración.
health-sign-in-problem = La sesión está cerrada. Iníciala en la configuración.
health-clock = Reloj
health-clock-good = Coincide con el reloj del servicio.
health-clock-attention = Difiere del reloj del servicio. Pide a informática que ajuste la hora por la red.
health-clock-problem = Está muy desviado y las horas son erróneas. Pide a informática que ajuste la hora por la red.
health-queue = Registros en espera
health-queue-good = Ninguno espera demasiado.
health-queue-attention = Hay registros en espera. Salen solos cuando vuelve la conexión.
health-queue-problem = Hay registros que esperan demasiado. Comprueba la conexión y luego la sesión.
health-needs-staff = Registros para el personal
health-needs-staff-good = Ninguno te necesita.
health-needs-staff-attention = Míralos en la lista de fallos.
health-needs-staff-problem = Muchos te necesitan. Míralos en la lista de fallos.
health-storage = Almacenamiento
health-storage-good = Se pueden guardar registros.
health-storage-attention = Queda poco espacio. Pide a informática que libere espacio en este equipo.
health-storage-problem = No se pueden guardar registros. Pide a informática que revise el disco y el almacén de claves.
health-budget = Llamadas al servicio
health-budget-good = Muy por debajo de lo que permite el servicio.
health-budget-attention = Cerca de lo que permite el servicio. Filtra y actualiza menos durante un minuto.
health-budget-problem = Tantas como permite el servicio. Espera un minuto.
health-configuration = Ajustes
health-configuration-good = Se usan los más recientes.
health-configuration-attention = No se adoptaron unos nuevos. Pide a informática que los revise.
health-configuration-problem = No se pueden usar. Pide a informática que los revise.
health-rights = Roles
health-rights-good = La cuenta tiene los roles necesarios.
health-rights-attention = Faltan algunos roles. Pide a un administrador que los añada.
health-rights-problem = Faltan roles sin los que no se registra nada. Pide a un administrador que los añada.
health-update = Actualizaciones
health-update-good = Se usa la versión más reciente.
health-update-attention = Hay una actualización lista. Se instala sola; el quiosco se ausenta entonces un momento.
health-update-problem = Una actualización no se pudo instalar; el quiosco sigue con la versión anterior. Pide a informática que lo revise.
update-by-hand = Hay una actualización lista. Pide a informática que la instale.
update-when = Instalación: { $time }
health-fleet = Archivo de flota
health-fleet-good = Se usa el más reciente para este quiosco.
health-fleet-attention = El más reciente no se usa aquí; el quiosco sigue con lo que tiene. Pide a informática que lo revise.
health-fleet-problem = El más reciente no funcionó aquí; se ha vuelto al anterior. Pide a informática que lo revise.
fleet-looked = Última consulta: { $time }
figure-version = Versión { $number }
latency = Cuánto tarda un registro
latency-part = Parte
latency-taps = Registros
latency-p50 = La mitad
latency-p95 = 95 de 100
latency-p99 = 99 de 100
latency-max = El más largo
part-reader = Lector
part-engine = Tapdesk
part-service = Servicio
part-paint = Pantalla
part-whole = De la tarjeta al resultado
versions = Versiones
configuration = Ajustes
key = Ajuste
value = Valor
origin = De
origin-default = predeterminado
running = En marcha desde { $time }
as-of = A las { $time }
recorder = Lo último que ocurrió
recorder-from = Hasta
recorder-kinds = Tipos
recorder-newest = Lo más reciente
recorder-none = Nada aquí.
happening-acknowledged = Tarjeta leída
happening-verdict = Resultado
happening-reader = Lector
happening-link = Conexión
happening-queue = Cola
happening-storage = Almacenamiento
happening-clock = Reloj
happening-configuration = Ajustes
happening-began = Inicio
works = Funciona
works-not = No funciona
revised = aviso posterior
clock-agrees = Los relojes coinciden
clock-ahead = El servicio va adelantado { $duration }
clock-behind = El servicio va atrasado { $duration }
taken = Adoptados
taken-not = No adoptados

audit-unknown = Nadie sabe cómo acabó
audit-done = Hecho
audit-failed = No realizado
audit-undone = Deshecho
audit-number = N.º { $number }
audit-none = Aquí aún no se ha hecho nada.
audit-record = Registro { $number }
audit-broken = El registro fue alterado: el número { $number }, o una línea anterior, no está como se escribió. Avisa a quien responda de este quiosco.
undo-ask = ¿Deshacer esto?

keyboard-open = Teclado en pantalla
keyboard-hide = Ocultar el teclado
keyboard-title = Teclado
keyboard-shift = Mayúsculas
keyboard-backspace = Borrar
keyboard-space = Espacio
keyboard-letters = Letras
keyboard-symbols = Cifras y símbolos
keyboard-more = Más símbolos
