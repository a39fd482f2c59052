# Português europeu: as palavras do posto da equipa. Tratamento cortês, como no quiosque.
# Long because counts have a form for millions too.

title = Posto da equipa
one-moment = Um momento
no-answer = O posto não responde. Volta-se a perguntar dentro de momentos.
lock = Voltar ao quiosque
set-up = Configuração
set-up-ask = Abrir a configuração? Entretanto, o quiosque fica em pausa.
set-up-yes = Abrir a configuração
end-kiosk = Terminar o quiosque
end-kiosk-means = Só para trabalhos no equipamento que está por trás.
end-kiosk-ask = Terminar o quiosque? Nenhum cartão é lido até que seja iniciado de novo ou o tablet reinicie. O equipamento que está por trás fica então aberto a quem aqui estiver.
cancel = Cancelar
close = Fechar
again = Tentar de novo
refresh = Atualizar
older = Mostrar anteriores
loading = A carregar
none = Nenhum
print = Imprimir
export = Guardar como CSV
exported = { $count ->
    [one] { $shown } linha guardada: { $path }
    [many] { $shown } linhas guardadas: { $path }
   *[other] { $shown } linhas guardadas: { $path }
}
exported-part = São { $all } ao todo: só as primeiras foram guardadas.
exported-names = O ficheiro contém nomes. Apague-o quando já ninguém precisar dele.
locks-in = Bloqueia em { $duration }. Toque para ficar.
at-the-door = À porta
lacking = Faltam funções à conta: { $roles }
waiting = { $count ->
    [one] { $shown } registo espera
    [many] { $shown } registos esperam
   *[other] { $shown } registos esperam
}
needs-staff = { $count ->
    [one] { $shown } registo precisa da equipa
    [many] { $shown } registos precisam da equipa
   *[other] { $shown } registos precisam da equipa
}
since = desde { $time }
until = até { $time }
member-number = Membro { $number }
tile = Cartão { $tile }

tab-failures = Falhas
tab-overview = Visão geral
tab-health = Estado do quiosque
tab-log = Registo de ações
link-connecting = A ligar
link-online = Ligado
link-offline = Sem ligação
link-signed-out = Sessão terminada
verdict-checked-in = Check-in feito
verdict-checked-out = Check-out feito
verdict-refused = Check-in não feito
verdict-unknown-tile = Cartão desconhecido
verdict-ambiguous-tile = Cartão partilhado
verdict-unusable-tile = Cartão não utilizável
verdict-saved = Guardado
verdict-unavailable = Não registado
source-0 = Sem origem
source-1 = À mão
source-2 = Porta
source-3 = Rede
source-4 = Cartão
source-5 = Sensor
source-other = Origem { $number }

preset-today = Hoje
preset-week = 7 dias
preset-unknown = Cartões desconhecidos
preset-member = Só { $name }
preset-all = Tudo
filters = Filtros
filters-show = Mostrar
filters-clear = Limpar todos os filtros
field-attempted = Hora
field-attempted-local = Hora local da tentativa
field-created = Registado
field-updated = Alterado
field-coworker = Número de membro
field-member = Membro
field-location = Local
field-source = Origem
field-mac-addresses = Endereços MAC
field-teams = Equipas
field-tariff = Plano
field-description = Motivo
field-tile = Cartão
field-kind = Tipo
field-key = Número
span-any = Qualquer data
span-today = Hoje
span-week = Últimos 7 dias
span-month = Últimos 30 dias
span-between = De … a …
span-days = Dias
from = De
to = Até
any = Qualquer
sort-by = Ordenar por
ascending = Menor primeiro
descending = Maior primeiro
failures-count = { $count ->
    [one] { $shown } falha
    [many] { $shown } falhas
   *[other] { $shown } falhas
}
failures-new = { $count ->
    [one] { $shown } nova: mostrar
    [many] { $shown } novas: mostrar
   *[other] { $shown } novas: mostrar
}
failures-changed = A lista mudou: mostrar
failures-none = Não há falhas aqui
failures-none-hint = Experimente mais tempo ou menos filtros.
failures-hidden = { $count ->
    [one] { $shown } ficha omitida: o serviço não atende um dos filtros.
    [many] { $shown } fichas omitidas: o serviço não atende um dos filtros.
   *[other] { $shown } fichas omitidas: o serviço não atende um dos filtros.
}
failures-unreadable = { $count ->
    [one] { $shown } ficha não pôde ser lida.
    [many] { $shown } fichas não puderam ser lidas.
   *[other] { $shown } fichas não puderam ser lidas.
}
failures-local-only = Só se mostra o que este quiosque sabe.
kind-failed-checkin = Check-in falhado
kind-needs-staff = Precisa da equipa
kind-unusable-tile = Cartão não utilizável
kiosk-only = Só neste quiosque
nobody = Ninguém conhecido
no-reason = Sem motivo indicado

happened = O que aconteceu
reading = A nossa leitura
reading-means = O Tapdesk deduz isto do que se sabe agora. O serviço não o disse.
member = Membro
passes = Passes
open-checkins = Presente agora
recorded = Tudo o que está registado
acts = O que pode fazer
only-this-member = Só este membro
no-plan = Sem plano
member-active = Ativo
member-inactive = Inativo
member-archived = Arquivado
pass-valid = Válido
pass-used = Esgotado
pass-expired = Expirado
pass-cancelled = Cancelado
pass-elsewhere = Para outro local
pass-other = Não válido agora
pass-some = Passe
pass-uses = Restam { $remaining } de { $all }
pass-left = Restam { $remaining }
pass-pay-as-you-go = Pagamento por uso

reading-unknown-tile = Nenhum membro tem este cartão.
reading-ambiguous-tile = Mais do que um membro tem este cartão.
reading-unusable-tile = Um telemóvel, ou um cartão que mostra sempre outro número: não identifica ninguém.
reading-tile-linked-since = O cartão pertence agora a { $name }.
reading-not-active = O membro não está ativo.
reading-archived = O membro está arquivado.
reading-changed-since = A ficha do membro foi alterada depois da tentativa: { $time }.
reading-no-pass-no-plan = O membro nunca teve um passe e não tem plano.
reading-no-pass = O membro tem o plano { $plan }, mas nenhum passe.
reading-passes-used-up = Todos os passes estão esgotados.
reading-passes-used-up-at = Todos os passes estão esgotados, o último: { $time }.
reading-passes-expired = O último passe expirou: { $time }.
reading-passes-cancelled = Os passes foram cancelados.
reading-passes-elsewhere = Os passes são para outro local.
reading-pass-valid-now = Há agora um passe válido: começou mais tarde, ou a causa é outra.
reading-pass-valid-now-named = O passe { $name } é válido agora: começou mais tarde, ou a causa é outra.
reading-plan-changed = O plano era { $before } e agora é { $after }.
reading-already-in = O membro já estava presente, desde { $time }.
reading-came-in-since = O membro entrou mais tarde: { $time }.
reading-closed = O local estava fechado a essa hora.
reading-repeated = { $count ->
    [one] { $shown } tentativa num dia.
    [many] { $shown } tentativas num dia.
   *[other] { $shown } tentativas num dia.
}
reading-not-known = O que se sabe não diz porquê.

act-check-in = Fazer o check-in à mão
act-close-checkin = Fechar o check-in
act-link-tile = Atribuir o cartão a um membro
act-correct = Corrigir a ficha
act-retry = Registar de novo
act-dismiss = Não é preciso mais nada
act-lacking = Não é possível com esta conta: falta a função { $role }.
note = Nota
note-means = Guardada só neste quiosque.
when = Quando
when-now = Agora
when-at = A uma hora dada
search = Procurar um membro
search-none = Ninguém foi encontrado.
search-hint = Escreva pelo menos duas letras do nome.
choose-other = Escolher outro
field-to-write = Escrever o cartão em
tile-field-access-card = Cartão (AccessCardId)
tile-field-key-fob = Porta-chaves (KeyFobNumber)
correct-reason = Novo motivo
correct-hint = Deixe vazio o que não muda.
why = Porquê
dismiss-recorded-by-hand = Registado à mão
dismiss-already-recorded = Já registado
dismiss-did-not-enter = Não entrou
dismiss-test = Um teste
dismiss-other = Outro motivo
look = Continuar
back = Voltar
confirm = Confirmar
confirm-title = Veja mais uma vez
will-write = Isto será escrito
writes-nothing = Nada é escrito no serviço.
property = Propriedade
before = Antes
after = Depois
empty = vazio
undoable = Pode ser desfeito depois.
not-undoable = Não pode ser desfeito.
not-possible = Assim, não é possível.
working = Está a ser feito. Aguarde, por favor.
done = Feito
done-source = O serviço guardou a origem { $source }.
undo = Desfazer
undone = Desfeito
warning-already-in = O membro já está presente, desde { $time }.
warning-not-active = O membro não está ativo.
warning-may-be-charged = Nenhum passe é válido: a visita pode ser cobrada.
warning-tile-taken = { $name } tem este cartão.
warning-tile-theirs = O membro já tem este cartão.
warning-replaces-tile = Outro cartão do membro é substituído.
warning-tap-waits = Um registo deste membro ainda espera.
warning-tile-not-checked = Não foi possível perguntar ao serviço quem tem este cartão.
warning-already-closed = O check-in foi entretanto fechado: { $time }.

problem-not-permitted = Falta à conta a função { $role }.
todo-not-permitted = Peça a um administrador que a acrescente.
problem-unreachable = Não é possível contactar o serviço.
todo-unreachable = Verifique a rede e tente de novo.
problem-throttled = O serviço está a ser consultado demasiadas vezes.
todo-throttled = Espere um minuto e tente de novo.
problem-signed-out = O serviço já não conhece este quiosque.
todo-signed-out = Inicie sessão na configuração.
problem-gateway = O serviço não respondeu como devia.
todo-gateway = Espere alguns minutos e tente de novo.
problem-refused = O serviço não aceitou.
todo-refused = Leia o que diz e mude o que pede.
problem-gone = A ficha já não existe.
todo-gone = Veja a lista de novo.
problem-changed = Alguém o alterou entretanto.
todo-changed = Veja de novo e decida outra vez.
problem-unknown = Ninguém pode dizer se foi feito.
todo-unknown = Veja a ficha do membro e o registo de ações antes de tentar de novo.
problem-storage = Este quiosque não o consegue guardar; nada foi feito.
todo-storage = Veja o estado do quiosque.
problem-invalid = Isso não pode ser pedido.
todo-invalid = Mude o que escreveu e tente de novo.
problem-ended = O posto terminou.
todo-ended = Volte ao quiosque e abra o posto de novo.
problem-failed = Não funcionou.
todo-failed = Tente de novo, por favor.

chart-failures-by-reason = Falhas por motivo
chart-failures-by-hour = Falhas por hora
chart-arrivals-by-hour = Chegadas por hora
chart-checkins-by-source = Check-ins por origem
chart-unknown-tiles-by-day = Cartões desconhecidos por dia
hour = Hora
minute = Minuto
day = Dia
count = Quantidade
name = Nome
since-when = Desde
show-table = Em tabela
counted = { $counted } de { $all } contados: os mais recentes.
nothing-counted = Nada neste período.
present-none = Não está ninguém.
present-count = { $count ->
    [one] { $shown } presente agora
    [many] { $shown } presentes agora
   *[other] { $shown } presentes agora
}
present-filter = Procurar um nome

state-good = Bom
state-attention = A ver
state-problem = Problema
health-reader = Leitor
health-reader-good = Lê cartões.
health-reader-attention = Está a arrancar. Se demorar, desligue-o da ficha e volte a ligá-lo.
health-reader-problem = Não funciona. Desligue-o da ficha e volte a ligá-lo; se não ajudar, escolha-o na configuração.
health-link = Ligação
health-link-good = O serviço responde.
health-link-attention = Procura-se o serviço. Entretanto, os registos são guardados.
health-link-problem = Não é possível contactar o serviço. Verifique a rede; os registos são guardados conforme a configuração.
health-sign-in = Sessão
health-sign-in-good = O quiosque tem sessão iniciada.
health-sign-in-attention = A sessão termina em breve. Inicie sessão de novo na configuração.
health-sign-in-problem = A sessão terminou. Inicie sessão na configuração.
health-clock = Relógio
health-clock-good = Coincide com o relógio do serviço.
health-clock-attention = Difere do relógio do serviço. Peça à informática que acerte a hora pela rede.
health-clock-problem = Está muito desviado e as horas estão erradas. Peça à informática que acerte a hora pela rede.
health-queue = Registos em espera
health-queue-good = Nenhum espera demasiado.
health-queue-attention = Há registos em espera. Saem sozinhos quando a ligação voltar.
health-queue-problem = Há registos que esperam demasiado. Verifique a ligação e depois a sessão.
health-needs-staff = Registos para a equipa
health-needs-staff-good = Nenhum precisa de si.
health-needs-staff-attention = Veja-os na lista de falhas.
health-needs-staff-problem = Muitos precisam de si. Veja-os na lista de falhas.
health-storage = Armazenamento
health-storage-good = Os registos podem ser guardados.
health-storage-attention = Há pouco espaço. Peça à informática que liberte espaço neste equipamento.
health-storage-problem = Os registos não podem ser guardados. Peça à informática que veja o disco e o cofre de chaves.
health-budget = Pedidos ao serviço
health-budget-good = Muito abaixo do que o serviço permite.
health-budget-attention = Perto do que o serviço permite. Filtre e atualize menos durante um minuto.
health-budget-problem = Tantos quantos o serviço permite. Espere um minuto.
health-configuration = Definições
health-configuration-good = Usam-se as mais recentes.
health-configuration-attention = Umas novas não foram adotadas. Peça à informática que as veja.
health-configuration-problem = Não podem ser usadas. Peça à informática que as veja.
health-rights = Funções
health-rights-good = A conta tem as funções necessárias.
health-rights-attention = Faltam algumas funções. Peça a um administrador que as acrescente.
health-rights-problem = Faltam funções sem as quais nada é registado. Peça a um administrador que as acrescente.
health-update = Atualizações
health-update-good = Usa-se a versão mais recente.
health-update-attention = Há uma atualização pronta. Instala-se sozinha; o quiosque ausenta-se então por um momento.
health-update-problem = Uma atualização não pôde ser instalada; o quiosque continua com a versão anterior. Peça à informática que a veja.
update-by-hand = Há uma atualização pronta. Peça à informática que a instale.
update-when = Instalação: { $time }
health-fleet = Ficheiro da frota
health-fleet-good = Usa-se o mais recente para este quiosque.
health-fleet-attention = O mais recente não é usado aqui; o quiosque continua com o que tem. Peça à informática que o veja.
health-fleet-problem = O mais recente não funcionou aqui; voltou-se ao anterior. Peça à informática que o veja.
fleet-looked = Última consulta: { $time }
figure-version = Versão { $number }
latency = Quanto demora um registo
latency-part = Parte
latency-taps = Registos
latency-p50 = Metade
latency-p95 = 95 em 100
latency-p99 = 99 em 100
latency-max = O mais longo
part-reader = Leitor
part-engine = Tapdesk
part-service = Serviço
part-paint = Ecrã
part-whole = Do cartão ao resultado
versions = Versões
configuration = Definições
key = Definição
value = Valor
origin = De onde
origin-default = predefinido
running = Em funcionamento desde { $time }
as-of = Às { $time }
recorder = O que aconteceu por último
recorder-from = Até
recorder-kinds = Tipos
recorder-newest = O mais recente
recorder-none = Nada aqui.
happening-acknowledged = Cartão lido
happening-verdict = Resultado
happening-reader = Leitor
happening-link = Ligação
happening-queue = Fila
happening-storage = Armazenamento
happening-clock = Relógio
happening-configuration = Definições
happening-began = Arranque
works = Funciona
works-not = Não funciona
revised = aviso posterior
clock-agrees = Os relógios coincidem
clock-ahead = O serviço está adiantado { $duration }
clock-behind = O serviço está atrasado { $duration }
taken = Adotadas
taken-not = Não adotadas

audit-unknown = Ninguém sabe como acabou
audit-done = Feito
audit-failed = Não feito
audit-undone = Desfeito
audit-number = N.º { $number }
audit-none = Ainda nada foi feito aqui.
audit-record = Ficha { $number }
audit-broken = O registo foi alterado: o número { $number }, ou uma linha anterior, não está como foi escrito. Avise quem responde por este quiosque.
undo-ask = Desfazer isto?

keyboard-open = Teclado no ecrã
keyboard-hide = Ocultar o teclado
keyboard-title = Teclado
keyboard-shift = Maiúsculas
keyboard-backspace = Apagar
keyboard-space = Espaço
keyboard-letters = Letras
keyboard-symbols = Algarismos e símbolos
keyboard-more = Mais símbolos
