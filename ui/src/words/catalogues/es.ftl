# Español. Tuteo, como en un espacio de coworking. El check-in se llama así también en español; "tarjeta" es lo que se acerca al lector.

invitation-up = Acerca tu tarjeta al lector
getting-ready = Preparando
one-moment-please = Un momento, por favor
one-moment = Un momento
see-the-desk = Consulta en recepción
cannot-store = No se pueden guardar registros
acknowledged = Tarjeta leída

headline-checked-in = ¡Hola!
headline-checked-out = Hasta pronto
headline-refused = Sin check-in
headline-unknown-tile = Tarjeta desconocida
headline-ambiguous-tile = Tarjeta compartida
headline-unusable-tile = Usa tu tarjeta
headline-saved = Guardado
headline-unavailable = No registrado
headline-ambiguous-pin = PIN compartido
nothing-changed = Sin cambios

checked-in-at = Check-in: { $time }
checked-out-after = Check-out. Has estado { $duration }
here-since = Llevas aquí desde: { $time }

refused-without-reason = No se ha indicado el motivo.
refused-inactive = Tu membresía no está activa.
refused-archived = Tu membresía ha terminado.
refused-already-in = Ya has hecho check-in.
refused-already-out = Ya has hecho check-out.
refused-withheld = Consulta en recepción, por favor.

unknown-tile = Ningún miembro tiene esta tarjeta, así que no se ha hecho el check-in.
ambiguous-tile = Más de un miembro tiene esta tarjeta, así que no se ha hecho el check-in.
ambiguous-pin = Más de un miembro tiene este PIN, así que no se ha hecho el check-in.
unusable-tile = Con un teléfono o con este tipo de tarjeta no se puede hacer check-in. Acerca al lector la tarjeta que te dieron.
unusable-place = Esta etiqueta representa un lugar: tócala con el teléfono. Para hacer check-in aquí, acerca tu tarjeta al lector.
saved = Guardado en este equipo, aún sin comprobar. Se registrará cuando vuelva la conexión.

unavailable-offline = Ahora mismo no hay conexión.
unavailable-signed-out = Este equipo no tiene la sesión iniciada.
unavailable-queue-full = No hay conexión y este equipo no puede guardar más registros.
unavailable-no-member-data = Este equipo aún no ha cargado la lista de miembros.
unavailable-not-permitted = Este equipo no tiene permiso para registrar check-ins.
unavailable-journal = Este equipo no ha podido guardar tu registro.
unavailable-service = El servicio de check-in no ha dado una respuesta clara.
unavailable-out-of-order = Este equipo está fuera de servicio.

tile = Tarjeta { $tile }
offer-check-in = Prefiero hacer check-in
offer-check-out = Prefiero hacer check-out
offer-try-again = Volver a intentar
offer-failed = No ha funcionado
out-of-order = Fuera de servicio
being-set-up = Se está configurando este equipo

reader-starting = Iniciando el lector
reader-up = Lector listo
reader-down = Lector no conectado
link-connecting = Conectando
link-online = Con conexión
link-offline = Sin conexión: se guarda aquí
link-signed-out = Sesión cerrada: avisa al equipo
offline-without-saving = Sin conexión: no se puede registrar
waiting = { $count ->
    [one] { $shown } registro en espera
    [many] { $shown } de registros en espera
   *[other] { $shown } registros en espera
}
waiting-since = { $count ->
    [one] { $shown } registro en espera desde: { $since }
    [many] { $shown } de registros en espera desde: { $since }
   *[other] { $shown } registros en espera desde: { $since }
}
needs-staff = { $count ->
    [one] { $shown } registro requiere al personal
    [many] { $shown } de registros requieren al personal
   *[other] { $shown } registros requieren al personal
}
sign-in-ends-days = { $count ->
    [one] La sesión termina en { $shown } día: el personal debe iniciarla de nuevo
    [many] La sesión termina en { $shown } de días: el personal debe iniciarla de nuevo
   *[other] La sesión termina en { $shown } días: el personal debe iniciarla de nuevo
}
sign-in-ends-hours = { $count ->
    [one] La sesión termina en { $shown } hora: el personal debe iniciarla de nuevo
    [many] La sesión termina en { $shown } de horas: el personal debe iniciarla de nuevo
   *[other] La sesión termina en { $shown } horas: el personal debe iniciarla de nuevo
}
not-taken-over = Configuración nueva sin aplicar: personal, consultad el registro
storage-fails = No se pueden guardar registros: avisa al equipo
clock-behind = El reloj de esta tableta va atrasado: { $duration }
clock-ahead = El reloj de esta tableta va adelantado: { $duration }

duration-none = menos de un minuto
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] No te quedan pases
    [one] Te queda { $shown } pase
    [many] Te quedan { $shown } de pases
   *[other] Te quedan { $shown } pases
}
minutes-used = Usado en este periodo: { $duration }
pay-as-you-go = Para esta visita se ha usado un pase de pago por uso
present = { $count ->
    [one] { $shown } persona aquí ahora
    [many] { $shown } de personas aquí ahora
   *[other] { $shown } personas aquí ahora
}
charge-of-some-kind = Sin pase, la visita se cobra
charge = Sin pase, la visita se cobra como { $name }
charge-with-price = Sin pase, la visita se cobra como { $name }, { $price }

closed = Cerrado
closed-opens = Abre: { $when }
closed-taps-still-work = Puedes seguir haciendo check-in y check-out
renew-here = Renueva aquí

preferences-open = Idioma
preferences-title = Idioma y pantalla
preferences-language = Idioma
preferences-larger-text = Texto más grande
preferences-high-contrast = Alto contraste
preferences-speech = Leer en voz alta
preferences-done = Listo

pin-open = ¿Sin tarjeta? Usa tu PIN
pin-title = Introduce tu PIN
pin-name = Escribe tu nombre
pin-who-are-you = ¿Quién eres?
pin-nobody = No se ha encontrado a nadie con ese nombre
pin-pause = Espera un momento y vuelve a intentarlo
pin-wrong = Ese PIN no es correcto
pin-locked = Demasiados intentos. Espera: { $duration }
pin-backspace = Borrar la última cifra
pin-clear = Borrar todo
pin-enter = Aceptar
pin-cancel = Cancelar

staff-open = Personal
staff-pin-title = PIN del personal
configuration = configuración { $configuration }

sentence = { $text }.
