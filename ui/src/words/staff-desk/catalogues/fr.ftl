# Français : les mots du poste d’accueil. Vouvoiement, comme sur la borne.
# Long because counts have a form for millions too.

title = Poste d’accueil
one-moment = Un instant
no-answer = Le poste ne répond pas. Nouvel essai dans un instant.
lock = Retour à la borne
set-up = Configuration
set-up-ask = Ouvrir la configuration ? La borne s’arrête pendant ce temps.
set-up-yes = Ouvrir la configuration
end-kiosk = Quitter la borne
end-kiosk-means = Seulement pour travailler sur l’appareil qui est derrière.
end-kiosk-ask = Quitter la borne ? Aucun badge n’est lu tant qu’elle n’est pas relancée ou que la tablette ne redémarre pas. L’appareil qui est derrière est alors ouvert à quiconque se tient ici.
cancel = Annuler
close = Fermer
again = Réessayer
refresh = Actualiser
older = Voir les précédents
loading = Chargement
none = Aucun
print = Imprimer
export = Enregistrer en CSV
exported = { $count ->
    [one] { $shown } ligne enregistrée : { $path }
    [many] { $shown } lignes enregistrées : { $path }
   *[other] { $shown } lignes enregistrées : { $path }
}
exported-part = Il y en a { $all } en tout : seules les premières ont été enregistrées.
exported-names = Le fichier contient des noms. Supprimez-le dès que personne n’en a plus besoin.
locks-in = Verrouillage dans { $duration }. Touchez pour rester.
at-the-door = À la porte
lacking = Rôles manquants pour ce compte : { $roles }
waiting = { $count ->
    [one] { $shown } passage attend
    [many] { $shown } passages attendent
   *[other] { $shown } passages attendent
}
needs-staff = { $count ->
    [one] { $shown } passage à traiter
    [many] { $shown } passages à traiter
   *[other] { $shown } passages à traiter
}
since = depuis : { $time }
until = jusqu’à : { $time }
member-number = Membre { $number }
tile = Badge { $tile }

tab-failures = Échecs
tab-overview = Vue d’ensemble
tab-health = État de la borne
tab-log = Journal des actions
link-connecting = Connexion en cours
link-online = Connecté
link-offline = Hors ligne
link-signed-out = Déconnecté
verdict-checked-in = Check-in fait
verdict-checked-out = Check-out fait
verdict-refused = Check-in non fait
verdict-unknown-tile = Badge inconnu
verdict-ambiguous-tile = Badge partagé
verdict-unusable-tile = Badge inutilisable
verdict-saved = Conservé
verdict-unavailable = Non enregistré
source-0 = Sans origine
source-1 = Manuel
source-2 = Porte
source-3 = Réseau
source-4 = Badge
source-5 = Capteur
source-other = Origine { $number }

preset-today = Aujourd’hui
preset-week = 7 jours
preset-unknown = Badges inconnus
preset-member = { $name } seulement
preset-all = Tous
filters = Filtres
filters-show = Afficher
filters-clear = Effacer les filtres
field-attempted = Heure
field-attempted-local = Heure locale de l’essai
field-created = Enregistré
field-updated = Modifié
field-coworker = Numéro de membre
field-member = Membre
field-location = Site
field-source = Origine
field-mac-addresses = Adresses MAC
field-teams = Équipes
field-tariff = Forfait
field-description = Motif
field-tile = Badge
field-kind = Type
field-key = Numéro
span-any = Toutes les dates
span-today = Aujourd’hui
span-week = 7 derniers jours
span-month = 30 derniers jours
span-between = De … à …
span-days = Jours
from = Du
to = Au
any = Toutes
sort-by = Trier par
ascending = Plus petit d’abord
descending = Plus grand d’abord
failures-count = { $count ->
    [one] { $shown } échec
    [many] { $shown } échecs
   *[other] { $shown } échecs
}
failures-new = { $count ->
    [one] { $shown } nouveau : afficher
    [many] { $shown } nouveaux : afficher
   *[other] { $shown } nouveaux : afficher
}
failures-changed = La liste a changé : afficher
failures-none = Aucun échec ici
failures-none-hint = Essayez une période plus longue ou moins de filtres.
failures-hidden = { $count ->
    [one] { $shown } fiche écartée : le service ignore l’un des filtres.
    [many] { $shown } fiches écartées : le service ignore l’un des filtres.
   *[other] { $shown } fiches écartées : le service ignore l’un des filtres.
}
failures-unreadable = { $count ->
    [one] { $shown } fiche n’a pas pu être lue.
    [many] { $shown } fiches n’ont pas pu être lues.
   *[other] { $shown } fiches n’ont pas pu être lues.
}
failures-local-only = Seul ce que sait cette borne est affiché.
kind-failed-checkin = Check-in échoué
kind-needs-staff = À traiter par l’équipe
kind-unusable-tile = Badge inutilisable
kiosk-only = Cette borne seulement
nobody = Personne de connu
no-reason = Aucun motif donné

happened = Ce qui s’est passé
reading = Notre lecture
reading-means = Tapdesk le déduit de ce que l’on sait maintenant. Le service ne l’a pas dit.
member = Membre
passes = Pass
open-checkins = Présent
recorded = Tout ce qui est enregistré
acts = Ce que vous pouvez faire
only-this-member = Seulement ce membre
no-plan = Sans forfait
member-active = Actif
member-inactive = Inactif
member-archived = Archivé
pass-valid = Valable
pass-used = Épuisé
pass-expired = Expiré
pass-cancelled = Annulé
pass-elsewhere = Pour un autre site
pass-other = Non valable maintenant
pass-some = Pass
pass-uses = Reste { $remaining } sur { $all }
pass-left = Reste { $remaining }
pass-pay-as-you-go = Paiement à l’usage

reading-unknown-tile = Aucun membre n’a ce badge.
reading-ambiguous-tile = Plusieurs membres ont ce badge.
reading-unusable-tile = Un téléphone, ou une carte dont le numéro change à chaque fois : cela n’identifie personne.
reading-tile-linked-since = Le badge appartient maintenant à { $name }.
reading-not-active = Le membre n’est pas actif.
reading-archived = Le membre est archivé.
reading-changed-since = La fiche du membre a été modifiée après l’essai : { $time }.
reading-no-pass-no-plan = Le membre n’a jamais eu de pass et n’a pas de forfait.
reading-no-pass = Le membre a le forfait { $plan }, mais aucun pass.
reading-passes-used-up = Tous les pass sont épuisés.
reading-passes-used-up-at = Tous les pass sont épuisés, le dernier : { $time }.
reading-passes-expired = Le dernier pass a expiré : { $time }.
reading-passes-cancelled = Les pass ont été annulés.
reading-passes-elsewhere = Les pass sont pour un autre site.
reading-pass-valid-now = Un pass est valable maintenant : il a commencé plus tard, ou la cause est autre.
reading-pass-valid-now-named = Le pass { $name } est valable maintenant : il a commencé plus tard, ou la cause est autre.
reading-plan-changed = Le forfait était { $before }, il est maintenant { $after }.
reading-already-in = Le membre était déjà là, depuis : { $time }.
reading-came-in-since = Le membre est arrivé plus tard : { $time }.
reading-closed = Le site était fermé à ce moment.
reading-repeated = { $count ->
    [one] { $shown } essai en une journée.
    [many] { $shown } essais en une journée.
   *[other] { $shown } essais en une journée.
}
reading-not-known = Ce que l’on sait ne dit pas pourquoi.

act-check-in = Faire le check-in à la main
act-close-checkin = Clore le check-in
act-link-tile = Attribuer le badge à un membre
act-correct = Corriger la fiche
act-retry = Enregistrer à nouveau
act-dismiss = Plus rien à faire
act-lacking = Impossible avec ce compte : le rôle { $role } manque.
note = Note
note-means = Conservée sur cette borne seulement.
when = Quand
when-now = Maintenant
when-at = À une heure donnée
search = Trouver un membre
search-none = Personne n’a été trouvé.
search-hint = Saisissez au moins deux lettres du nom.
choose-other = En choisir un autre
field-to-write = Inscrire le badge dans
tile-field-access-card = Carte (AccessCardId)
tile-field-key-fob = Porte-clés (KeyFobNumber)
correct-reason = Nouveau motif
correct-hint = Laissez vide ce qui ne change pas.
why = Pourquoi
dismiss-recorded-by-hand = Enregistré à la main
dismiss-already-recorded = Déjà enregistré
dismiss-did-not-enter = N’est pas entré
dismiss-test = Un test
dismiss-other = Autre motif
look = Continuer
back = Retour
confirm = Confirmer
confirm-title = Regardez encore une fois
will-write = Voici ce qui sera écrit
writes-nothing = Rien n’est écrit auprès du service.
property = Propriété
before = Avant
after = Après
empty = vide
undoable = Cela pourra être annulé ensuite.
not-undoable = Cela ne pourra pas être annulé.
not-possible = En l’état, ce n’est pas possible.
working = C’est en cours. Veuillez patienter.
done = Fait
done-source = Le service a noté l’origine { $source }.
undo = Annuler l’action
undone = Annulé
warning-already-in = Le membre est déjà là, depuis : { $time }.
warning-not-active = Le membre n’est pas actif.
warning-may-be-charged = Aucun pass n’est valable : la visite peut être facturée.
warning-tile-taken = { $name } a ce badge.
warning-tile-theirs = Le membre a déjà ce badge.
warning-replaces-tile = Un autre badge du membre est remplacé.
warning-tap-waits = Un passage de ce membre attend encore d’être enregistré.
warning-tile-not-checked = Impossible de demander au service qui a ce badge.
warning-already-closed = Le check-in a été clos entre-temps : { $time }.

problem-not-permitted = Le rôle { $role } manque à ce compte.
todo-not-permitted = Demandez à un administrateur de l’ajouter.
problem-unreachable = Le service est injoignable.
todo-unreachable = Vérifiez le réseau, puis réessayez.
problem-throttled = Le service est trop sollicité en ce moment.
todo-throttled = Attendez une minute, puis réessayez.
problem-signed-out = Le service ne connaît plus cette borne.
todo-signed-out = Connectez-vous dans la configuration.
problem-gateway = Le service n’a pas répondu comme prévu.
todo-gateway = Attendez quelques minutes, puis réessayez.
problem-refused = Le service n’a pas accepté.
todo-refused = Lisez ce qu’il dit, et changez ce qu’il demande.
problem-gone = La fiche n’existe plus.
todo-gone = Regardez la liste à nouveau.
problem-changed = Quelqu’un l’a modifié entre-temps.
todo-changed = Regardez à nouveau, puis décidez.
problem-unknown = Personne ne peut dire si cela a été fait.
todo-unknown = Regardez la fiche du membre et le journal avant de réessayer.
problem-storage = Cette borne ne peut pas le conserver ; rien n’a été fait.
todo-storage = Regardez l’état de la borne.
problem-invalid = Cela ne peut pas être demandé.
todo-invalid = Changez votre saisie, puis réessayez.
problem-ended = Le poste est terminé.
todo-ended = Retournez à la borne et ouvrez à nouveau le poste.
problem-failed = Cela n’a pas marché.
todo-failed = Veuillez réessayer.

chart-failures-by-reason = Échecs par motif
chart-failures-by-hour = Échecs par heure
chart-arrivals-by-hour = Arrivées par heure
chart-checkins-by-source = Check-ins par origine
chart-unknown-tiles-by-day = Badges inconnus par jour
hour = Heure
minute = Minutes
day = Jour
count = Nombre
name = Nom
since-when = Depuis
show-table = En tableau
counted = { $counted } comptés sur { $all } : les plus récents.
nothing-counted = Rien sur cette période.
present-none = Personne n’est là.
present-count = { $count ->
    [one] { $shown } présent
    [many] { $shown } présents
   *[other] { $shown } présents
}
present-filter = Chercher un nom

state-good = Bon
state-attention = À regarder
state-problem = Problème
health-reader = Lecteur
health-reader-good = Il lit les badges.
health-reader-attention = Il démarre. Si cela dure, débranchez-le et rebranchez-le.
health-reader-problem = Il ne marche pas. Débranchez-le et rebranchez-le ; sinon, choisissez-le dans la configuration.
health-link = Connexion
health-link-good = Le service répond.
health-link-attention = Le service est recherché. Les passages sont conservés entre-temps.
health-link-problem = Le service est injoignable. Vérifiez le réseau ; les passages sont conservés selon la configuration.
health-sign-in = Session
health-sign-in-good = La borne est connectée.
health-sign-in-attention = La session se termine bientôt. Reconnectez-vous dans la configuration.
health-sign-in-problem = La borne est déconnectée. Connectez-vous dans la configuration.
health-clock = Horloge
health-clock-good = Elle est d’accord avec celle du service.
health-clock-attention = Elle diffère de celle du service. Demandez à l’informatique de régler l’heure par le réseau.
health-clock-problem = Elle est très décalée, les heures sont fausses. Demandez à l’informatique de régler l’heure par le réseau.
health-queue = Passages en attente
health-queue-good = Aucun n’attend trop longtemps.
health-queue-attention = Des passages attendent. Ils partent d’eux-mêmes au retour de la connexion.
health-queue-problem = Des passages attendent trop longtemps. Vérifiez la connexion, puis la session.
health-needs-staff = Passages à traiter
health-needs-staff-good = Aucun ne vous attend.
health-needs-staff-attention = Voyez-les dans la liste des échecs.
health-needs-staff-problem = Beaucoup vous attendent. Voyez-les dans la liste des échecs.
health-storage = Stockage
health-storage-good = Les passages peuvent être conservés.
health-storage-attention = La place manque. Demandez à l’informatique d’en libérer sur cet appareil.
health-storage-problem = Les passages ne peuvent pas être conservés. Demandez à l’informatique de voir le disque et le trousseau de clés.
health-budget = Appels au service
health-budget-good = Bien en dessous de ce que le service permet.
health-budget-attention = Près de ce que le service permet. Filtrez et actualisez moins pendant une minute.
health-budget-problem = Autant que le service le permet. Attendez une minute.
health-configuration = Réglages
health-configuration-good = Les plus récents sont utilisés.
health-configuration-attention = De nouveaux n’ont pas été repris. Demandez à l’informatique de regarder.
health-configuration-problem = Ils sont inutilisables. Demandez à l’informatique de regarder.
health-rights = Rôles
health-rights-good = Le compte a les rôles nécessaires.
health-rights-attention = Des rôles manquent. Demandez à un administrateur de les ajouter.
health-rights-problem = Des rôles manquent, sans lesquels rien n’est enregistré. Demandez à un administrateur de les ajouter.
health-update = Mises à jour
health-update-good = La version la plus récente est utilisée.
health-update-attention = Une mise à jour est prête. Elle s’installe d’elle-même ; la borne s’absente alors un instant.
health-update-problem = Une mise à jour n’a pas pu être installée ; la borne continue avec la version d’avant. Demandez à l’informatique de regarder.
update-by-hand = Une mise à jour est prête. Demandez à l’informatique de l’installer.
update-when = Installation : { $time }
health-fleet = Fichier de flotte
health-fleet-good = Le plus récent destiné à cette borne est utilisé.
health-fleet-attention = Le plus récent n’est pas utilisé ici ; la borne continue avec ce qu’elle a. Demandez à l’informatique de regarder.
health-fleet-problem = Le plus récent n’a pas fonctionné ici ; le précédent a été rétabli. Demandez à l’informatique de regarder.
fleet-looked = Dernière consultation : { $time }
figure-version = Version n° { $number }
latency = Durée d’un passage
latency-part = Partie
latency-taps = Passages
latency-p50 = La moitié
latency-p95 = 95 sur 100
latency-p99 = 99 sur 100
latency-max = Le plus long
part-reader = Lecteur
part-engine = Tapdesk
part-service = Service en ligne
part-paint = Écran
part-whole = Du badge au résultat
versions = Versions
configuration = Réglages
key = Réglage
value = Valeur
origin = Source
origin-default = par défaut
running = En marche depuis : { $time }
as-of = État à { $time }
recorder = Ce qui s’est passé en dernier
recorder-from = Jusqu’à
recorder-kinds = Types
recorder-newest = Le plus récent
recorder-none = Rien ici.
happening-acknowledged = Badge lu
happening-verdict = Résultat
happening-reader = Lecteur
happening-link = Connexion
happening-queue = File
happening-storage = Stockage
happening-clock = Horloge
happening-configuration = Réglages
happening-began = Démarrage
works = Marche
works-not = Ne marche pas
revised = message ultérieur
clock-agrees = Les horloges sont d’accord
clock-ahead = Le service avance de { $duration }
clock-behind = Le service retarde de { $duration }
taken = Repris
taken-not = Non repris

audit-unknown = Personne ne sait comment cela a fini
audit-done = Fait
audit-failed = Non effectué
audit-undone = Annulé
audit-number = N° { $number }
audit-none = Rien n’a encore été fait ici.
audit-record = Fiche { $number }
audit-broken = Le journal a été modifié : le numéro { $number }, ou une ligne avant lui, n’est plus comme il a été écrit. Prévenez la personne responsable de cette borne.
undo-ask = Annuler ceci ?

keyboard-open = Clavier à l’écran
keyboard-hide = Masquer le clavier
keyboard-title = Clavier
keyboard-shift = Majuscules
keyboard-backspace = Effacer
keyboard-space = Espace
keyboard-letters = Lettres
keyboard-symbols = Chiffres et symboles
keyboard-more = Autres symboles
