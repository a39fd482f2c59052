# Français. Vouvoiement, comme à un accueil. Le « badge » est la carte, le porte-clés ou l'autocollant que l'on présente au lecteur.

invitation-up = Présentez votre badge au lecteur
getting-ready = Préparation
one-moment-please = Un instant, s'il vous plaît
one-moment = Un instant
see-the-desk = Adressez-vous à l'accueil
cannot-store = Passages impossibles à enregistrer
acknowledged = Badge lu

headline-checked-in = Bienvenue
headline-checked-out = Au revoir
headline-refused = Pas de check-in
headline-unknown-tile = Badge inconnu
headline-ambiguous-tile = Badge partagé
headline-unusable-tile = Utilisez votre badge
headline-saved = Conservé
headline-unavailable = Non enregistré
headline-ambiguous-pin = PIN partagé
nothing-changed = Rien n'a changé

checked-in-at = Arrivée : { $time }
checked-out-after = Départ. Durée : { $duration }
here-since = Vous êtes ici depuis : { $time }

refused-without-reason = Aucun motif n'a été donné.
refused-inactive = Votre abonnement n'est pas actif.
refused-archived = Votre abonnement est terminé.
refused-already-in = Votre arrivée est déjà enregistrée.
refused-already-out = Votre départ est déjà enregistré.
refused-withheld = Merci de vous adresser à l'accueil.

unknown-tile = Aucun membre n'a ce badge : le check-in n'a pas été fait.
ambiguous-tile = Plusieurs membres ont ce badge : le check-in n'a pas été fait.
ambiguous-pin = Plusieurs membres ont ce code PIN : le check-in n'a pas été fait.
unusable-tile = Un téléphone ou ce type de carte ne permet pas le check-in. Présentez le badge qui vous a été remis.
unusable-place = Cette étiquette désigne un lieu : touchez-la avec votre téléphone. Pour le check-in ici, présentez votre badge.
saved = Conservé sur cette borne, pas encore vérifié. Ce sera enregistré dès le retour de la connexion.

unavailable-offline = Il n'y a pas de connexion pour le moment.
unavailable-signed-out = Cette borne est déconnectée de son compte.
unavailable-queue-full = Il n'y a pas de connexion et cette borne ne peut plus rien conserver.
unavailable-no-member-data = Cette borne n'a pas encore chargé la liste des membres.
unavailable-not-permitted = Cette borne n'a pas le droit d'enregistrer les check-ins.
unavailable-journal = Cette borne n'a pas pu conserver votre passage.
unavailable-service = Le service de check-in n'a pas donné de réponse claire.
unavailable-out-of-order = Cette borne est hors service.

tile = Badge { $tile }
offer-check-in = Enregistrer plutôt mon arrivée
offer-check-out = Enregistrer plutôt mon départ
offer-try-again = Réessayer
offer-failed = Cela n'a pas marché
out-of-order = Hors service
being-set-up = Cette borne est en cours d'installation

reader-starting = Démarrage du lecteur
reader-up = Lecteur prêt
reader-down = Lecteur non connecté
link-connecting = Connexion en cours
link-online = En ligne
link-offline = Hors ligne : passages conservés ici
link-signed-out = Compte déconnecté : prévenez l'équipe
offline-without-saving = Hors ligne : enregistrement impossible
waiting = { $count ->
    [one] { $shown } passage en attente
    [many] { $shown } de passages en attente
   *[other] { $shown } passages en attente
}
waiting-since = { $count ->
    [one] { $shown } passage en attente depuis : { $since }
    [many] { $shown } de passages en attente depuis : { $since }
   *[other] { $shown } passages en attente depuis : { $since }
}
needs-staff = { $count ->
    [one] { $shown } passage à traiter par l'équipe
    [many] { $shown } de passages à traiter par l'équipe
   *[other] { $shown } passages à traiter par l'équipe
}
sign-in-ends-days = { $count ->
    [one] La connexion expire dans { $shown } jour : l'équipe doit se reconnecter
    [many] La connexion expire dans { $shown } de jours : l'équipe doit se reconnecter
   *[other] La connexion expire dans { $shown } jours : l'équipe doit se reconnecter
}
sign-in-ends-hours = { $count ->
    [one] La connexion expire dans { $shown } heure : l'équipe doit se reconnecter
    [many] La connexion expire dans { $shown } d'heures : l'équipe doit se reconnecter
   *[other] La connexion expire dans { $shown } heures : l'équipe doit se reconnecter
}
not-taken-over = Nouvelle configuration non appliquée : équipe, voir le journal
storage-fails = Passages impossibles à enregistrer : prévenez l'équipe
clock-behind = L'horloge de cette tablette retarde : { $duration }
clock-ahead = L'horloge de cette tablette avance : { $duration }

duration-none = moins d'une minute
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] Il ne vous reste aucun pass
    [one] Il vous reste { $shown } pass
    [many] Il vous reste { $shown } de pass
   *[other] Il vous reste { $shown } pass
}
minutes-used = Utilisé sur cette période : { $duration }
pay-as-you-go = Un pass à l'unité a été utilisé pour cette visite
present = { $count ->
    [one] { $shown } personne présente
    [many] { $shown } de personnes présentes
   *[other] { $shown } personnes présentes
}
charge-of-some-kind = Sans pass, la visite est facturée
charge = Sans pass, la visite est facturée : { $name }
charge-with-price = Sans pass, la visite est facturée : { $name }, { $price }

closed = Fermé
closed-opens = Ouverture : { $when }
closed-taps-still-work = Votre badge fonctionne à l'arrivée et au départ
renew-here = Renouveler ici

preferences-open = Langue
preferences-title = Langue et affichage
preferences-language = Langue
preferences-larger-text = Texte plus grand
preferences-high-contrast = Contraste élevé
preferences-speech = Lire à voix haute
preferences-done = Terminé

pin-open = Pas de badge ? Utilisez votre code PIN
pin-title = Saisissez votre code PIN
pin-name = Saisissez votre nom
pin-who-are-you = Qui êtes-vous ?
pin-nobody = Personne n'a été trouvé sous ce nom
pin-pause = Veuillez patienter un instant, puis réessayer
pin-wrong = Ce code PIN n'est pas le bon
pin-locked = Trop d'essais. Attendez : { $duration }
pin-backspace = Effacer le dernier chiffre
pin-clear = Tout effacer
pin-enter = Valider
pin-cancel = Annuler

staff-open = Équipe
staff-pin-title = Code PIN de l'équipe
configuration = configuration n° { $configuration }

sentence = { $text }.
