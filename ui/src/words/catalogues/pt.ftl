# Português europeu. Tratamento cortês, sem "tu" nem "você". O "cartão" é o cartão, porta-chaves ou autocolante que se aproxima do leitor.

invitation-up = Aproxime o cartão do leitor
getting-ready = A preparar
one-moment-please = Um momento, por favor
one-moment = Um momento
see-the-desk = Dirija-se à receção
cannot-store = Não é possível guardar registos
acknowledged = Cartão lido

headline-checked-in = Olá!
headline-checked-out = Até breve
headline-refused = Sem check-in
headline-unknown-tile = Cartão desconhecido
headline-ambiguous-tile = Cartão partilhado
headline-unusable-tile = Use o cartão
headline-saved = Guardado
headline-unavailable = Não registado
headline-ambiguous-pin = PIN partilhado
nothing-changed = Sem alterações

checked-in-at = Check-in: { $time }
checked-out-after = Check-out. Duração: { $duration }
here-since = Está aqui desde: { $time }

refused-without-reason = Não foi indicado o motivo.
refused-inactive = A sua adesão não está ativa.
refused-archived = A sua adesão terminou.
refused-already-in = O check-in já está feito.
refused-already-out = O check-out já está feito.
refused-withheld = Dirija-se à receção, por favor.

unknown-tile = Nenhum membro tem este cartão, por isso o check-in não foi feito.
ambiguous-tile = Mais do que um membro tem este cartão, por isso o check-in não foi feito.
ambiguous-pin = Mais do que um membro tem este PIN, por isso o check-in não foi feito.
unusable-tile = Um telemóvel ou este tipo de cartão não permite o check-in. Aproxime do leitor o cartão que lhe foi entregue.
unusable-place = Esta etiqueta representa um lugar: toque-lhe com o telemóvel. Para fazer check-in aqui, aproxime o seu cartão do leitor.
saved = Guardado neste equipamento, ainda por verificar. Será registado quando a ligação voltar.

unavailable-offline = De momento não há ligação.
unavailable-signed-out = Este equipamento está sem sessão iniciada.
unavailable-queue-full = Não há ligação e este equipamento não pode guardar mais registos.
unavailable-no-member-data = Este equipamento ainda não carregou a lista de membros.
unavailable-not-permitted = Este equipamento não tem permissão para registar check-ins.
unavailable-journal = Este equipamento não conseguiu guardar o seu registo.
unavailable-service = O serviço de check-in não deu uma resposta clara.
unavailable-out-of-order = Este equipamento está fora de serviço.

tile = Cartão { $tile }
offer-check-in = Fazer antes check-in
offer-check-out = Fazer antes check-out
offer-try-again = Tentar de novo
offer-failed = Não resultou
out-of-order = Fora de serviço
being-set-up = Este equipamento está a ser configurado

reader-starting = Leitor a iniciar
reader-up = Leitor pronto
reader-down = Leitor não ligado
link-connecting = A ligar
link-online = Ligado
link-offline = Sem ligação: guarda-se aqui
link-signed-out = Sessão terminada: chame a equipa
offline-without-saving = Sem ligação: não é possível registar
waiting = { $count ->
    [one] { $shown } registo em espera
    [many] { $shown } de registos em espera
   *[other] { $shown } registos em espera
}
waiting-since = { $count ->
    [one] { $shown } registo em espera desde: { $since }
    [many] { $shown } de registos em espera desde: { $since }
   *[other] { $shown } registos em espera desde: { $since }
}
needs-staff = { $count ->
    [one] { $shown } registo precisa da equipa
    [many] { $shown } de registos precisam da equipa
   *[other] { $shown } registos precisam da equipa
}
sign-in-ends-days = { $count ->
    [one] A sessão termina dentro de { $shown } dia: equipa, inicie sessão de novo
    [many] A sessão termina dentro de { $shown } de dias: equipa, inicie sessão de novo
   *[other] A sessão termina dentro de { $shown } dias: equipa, inicie sessão de novo
}
sign-in-ends-hours = { $count ->
    [one] A sessão termina dentro de { $shown } hora: equipa, inicie sessão de novo
    [many] A sessão termina dentro de { $shown } de horas: equipa, inicie sessão de novo
   *[other] A sessão termina dentro de { $shown } horas: equipa, inicie sessão de novo
}
not-taken-over = Nova configuração não aplicada: equipa, consulte o registo
storage-fails = Não é possível guardar registos: chame a equipa
clock-behind = O relógio deste tablet está atrasado: { $duration }
clock-ahead = O relógio deste tablet está adiantado: { $duration }

duration-none = menos de um minuto
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] Já não tem passes
    [one] Resta { $shown } passe
    [many] Restam { $shown } de passes
   *[other] Restam { $shown } passes
}
minutes-used = Usado neste período: { $duration }
pay-as-you-go = Foi usado um passe avulso nesta visita
present = { $count ->
    [one] { $shown } pessoa aqui agora
    [many] { $shown } de pessoas aqui agora
   *[other] { $shown } pessoas aqui agora
}
charge-of-some-kind = Sem passe, a visita é cobrada
charge = Sem passe, a visita é cobrada como { $name }
charge-with-price = Sem passe, a visita é cobrada como { $name }, { $price }

closed = Fechado
closed-opens = Abre: { $when }
closed-taps-still-work = Pode continuar a fazer check-in e check-out
renew-here = Renovar aqui

preferences-open = Idioma
preferences-title = Idioma e ecrã
preferences-language = Idioma
preferences-larger-text = Texto maior
preferences-high-contrast = Alto contraste
preferences-speech = Ler em voz alta
preferences-done = Concluído

pin-open = Sem cartão? Use o PIN
pin-title = Introduza o seu PIN
pin-name = Escreva o seu nome
pin-who-are-you = Quem é?
pin-nobody = Não foi encontrado ninguém com esse nome
pin-pause = Aguarde um momento e tente novamente
pin-wrong = Esse PIN não está certo
pin-locked = Demasiadas tentativas. Aguarde: { $duration }
pin-backspace = Apagar o último algarismo
pin-clear = Apagar tudo
pin-enter = Confirmar
pin-cancel = Cancelar

staff-open = Equipa
staff-pin-title = PIN da equipa
configuration = configuração { $configuration }

sentence = { $text }.
