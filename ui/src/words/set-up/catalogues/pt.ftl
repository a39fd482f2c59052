# Português europeu: as palavras da configuração. Tratamento cortês, como no quiosque.

title = Configurar este equipamento
step-of = Passo { $place } de { $all }
step-language = Idioma
step-sign-in = Iniciar sessão
step-location = Local
step-rights = Permissões
step-reader = Leitor
step-policy = Privacidade e falhas
step-staff-pin = PIN da equipa
step-test-tap = Teste
step-summary = Resumo

lead-language = Escolha o idioma deste equipamento. Os membros podem mudar para o seu.
lead-sign-in = Inicie sessão com a conta que este equipamento vai usar em { $service }.
lead-location = Escolha o local onde está este equipamento.
lead-rights = Verifique se a conta tem as funções de que este equipamento precisa.
lead-reader = Escolha o leitor e aproxime dele um cartão qualquer.
lead-policy = Escolha o que os outros podem ver e o que acontece sem ligação.
lead-staff-pin = O PIN protege esta configuração dos membros que encontrem o tablet.
lead-test-tap = Aproxime do leitor o cartão de um membro. Nada é registado.
lead-summary = Reveja tudo mais uma vez. Nada é guardado até terminar.

missing-sign-in = Inicie sessão para continuar.
missing-location = Escolha um local para continuar.
missing-staff-pin = Escolha um PIN para continuar.
missing-summary = Ainda falta alguma coisa.

back = Voltar
next = Seguinte
finish = Terminar
leave = Sair da configuração
leave-ask = Sair? O que alterou aqui será esquecido.
leave-yes = Sair
leave-no = Ficar
one-moment = Um momento

problem-sign-in-refused = O e-mail, a palavra-passe ou o código não está correto.
todo-sign-in-refused = Verifique o e-mail e escreva de novo a palavra-passe. Se a conta usa um código, escreva-o também.
problem-code-needed = Esta conta precisa também de um código.
todo-code-needed = Escreva de novo a palavra-passe e os seis algarismos da aplicação de autenticação.
problem-no-api = Esta conta não pode usar a API do serviço.
todo-no-api = Peça a um administrador que ative «API access» no seu utilizador, ou inicie sessão com outra conta.
problem-account-inactive = Esta conta não está ativa.
todo-account-inactive = Peça a um administrador que a ative, ou inicie sessão com outra conta.
problem-must-reset-password = Primeiro é preciso escolher uma nova palavra-passe para esta conta.
todo-must-reset-password = Abra { $service } num navegador, escolha uma nova palavra-passe e depois inicie sessão aqui.
problem-unreachable = Não há ligação a { $service }.
todo-unreachable = Verifique o cabo de rede ou o Wi-Fi e tente de novo.
problem-gateway = O serviço não respondeu como devia.
todo-gateway = Se esta rede pede que inicie sessão numa página web, faça-o primeiro. Se não, espere alguns minutos e tente de novo.
problem-throttled = O serviço está a receber demasiados pedidos neste momento.
todo-throttled = Espere um minuto e tente de novo.
problem-not-permitted = A conta não tem a função necessária.
todo-not-permitted = Peça que sejam acrescentadas as funções indicadas no passo «Permissões» e tente de novo.
todo-taps-wait = Mantenha este local até que fiquem registados e mude-o depois.
problem-pins-differ = Os dois PIN não são iguais.
todo-pins-differ = Escreva um PIN e depois o mesmo outra vez.
weak-too-short = Este PIN é demasiado curto.
weak-too-long = Este PIN é demasiado longo.
weak-not-digits = Um PIN só tem algarismos.
weak-too-simple = Este PIN é demasiado fácil de adivinhar.
todo-weak = Use 6 a 12 algarismos, sem séries como 123456 nem um só algarismo repetido.
problem-key-store = Neste momento não é possível guardar segredos neste equipamento.
todo-key-store = Desbloqueie o cofre de chaves ou peça ajuda à informática, e tente de novo.
problem-configuration = Não é possível escrever as definições. Nada foi alterado.
todo-configuration = Peça à informática que permita ao Tapdesk escrever as suas definições e tente de novo.
problem-failed = Não funcionou.
todo-failed = Tente de novo.

sign-in-email = Endereço de e-mail
sign-in-password = Palavra-passe
sign-in-show-password = Mostrar a palavra-passe
sign-in-code = Código de seis algarismos
sign-in-code-hint = Da aplicação de autenticação
sign-in-keeps = A palavra-passe não é guardada.
signed-in-as = Sessão iniciada como { $email }
signed-in = Sessão iniciada
signed-in-kept = Desde a última configuração
sign-in-again = Iniciar sessão de novo
sign-in-other = Usar outra conta

location-looking = A procurar locais
location-none = Esta conta não vê nenhum local. Peça a um administrador que lhe atribua um, ou inicie sessão com outra conta.
location-waiting = { $count ->
    [one] { $shown } registo do local anterior ainda está pendente.
    [many] { $shown } de registos do local anterior ainda estão pendentes.
   *[other] { $shown } registos do local anterior ainda estão pendentes.
}

rights-needed = Necessárias
rights-nice = Recomendáveis
right-held = Tem
right-lacking = Falta
right-unknown = Por testar
rights-lacking = Falta uma função necessária. Pode continuar, mas o check-in não funcionará enquanto a conta não a tiver.
rights-administrator = Esta conta é de administrador total, mais do que é preciso. Uma conta só com estas funções é mais segura.
rights-not-looked = As funções ainda não foram verificadas.
rights-look = Verificar de novo
rights-try = Testar as funções de escrita
rights-try-explained = São enviados três pedidos vazios, que o serviço não aceita: nada é registado.
rights-list = Tudo o que é preciso, para copiar
rights-copy = Copiar a lista
rights-copied = Copiado
rights-selected = Selecionado: copie agora

reader-first-usb = Primeiro leitor USB
reader-other = Outra ligação
reader-other-hint = Por exemplo pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Usar
reader-starting = O leitor está a iniciar
reader-up = O leitor está pronto
reader-down = O leitor não funciona
reader-hold = Aproxime um cartão qualquer do leitor
reader-read = Lido: { $tile }
reader-random = Lido, mas era um telemóvel ou um cartão que muda de número. Os membros precisam do seu próprio cartão.
reader-count = { $count ->
    [one] Lido { $shown } vez
    [many] Lido { $shown } de vezes
   *[other] Lido { $shown } vezes
}

names-title = Nomes no ecrã
names-first = Primeiro nome
names-first-means = Quem está perto lê só o primeiro nome.
names-full = Nome completo
names-full-means = Quem está perto lê o nome inteiro.
names-none = Sem nome
names-none-means = O ecrã cumprimenta todos sem nome.
offline-title = Sem ligação
offline-known = Guardar os cartões conhecidos
offline-known-means = Os membros conhecidos são registados mais tarde; os outros vão à receção.
offline-all = Guardar tudo
offline-all-means = Todos são registados mais tarde; a equipa esclarece os cartões que ninguém conhece.
offline-none = Não guardar nada
offline-none-means = Ninguém pode fazer check-in até a ligação voltar.

staff-pin-first = Escreva um PIN de 6 a 12 algarismos
staff-pin-again = Escreva-o mais uma vez
staff-pin-typed = { $count ->
    [one] { $shown } algarismo
    [many] { $shown } de algarismos
   *[other] { $shown } algarismos
}
staff-pin-backspace = Apagar o último algarismo
staff-pin-enter = Confirmar
staff-pin-missing = Ainda sem PIN
staff-pin-kept = A equipa tem um PIN
staff-pin-new = Foi definido um novo PIN
staff-pin-keep = Manter o PIN
staff-pin-other = Escolher outro

test-wait = À espera de um cartão
test-looking = A procurar
test-member-in = { $name } faria check-in
test-member-out = { $name } faria check-out
test-a-member-in = Este membro faria check-in
test-a-member-out = Este membro faria check-out
test-inactive = A conta deste membro não está ativa: seria pedido que fosse à receção.
test-unknown = Nenhum membro tem este cartão.
test-ambiguous = Mais do que um membro tem este cartão.
test-unusable = É um telemóvel ou um cartão que muda de número: não serve como cartão.
test-trouble = Não foi possível consultar o serviço.
tile = Cartão { $tile }

summary-change = Alterar
summary-rights-all = Tem tudo o que é preciso
summary-rights-lacking = { $count ->
    [one] Falta { $shown } função necessária
    [many] Faltam { $shown } de funções necessárias
   *[other] Faltam { $shown } funções necessárias
}
summary-rights-unknown = Nem todas foram testadas
summary-nothing = Nada escolhido
summary-tried = Testado com um cartão
summary-not-tried = Por testar
summary-overridden = Definido pelo ambiente, que prevalece: { $keys }

keyboard-open = Teclado no ecrã
keyboard-hide = Ocultar o teclado
keyboard-title = Teclado
keyboard-shift = Maiúsculas
keyboard-backspace = Apagar
keyboard-space = Espaço
keyboard-letters = Letras
keyboard-symbols = Algarismos e símbolos
keyboard-more = Mais símbolos
