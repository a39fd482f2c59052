# Français : les mots de la configuration. Vouvoiement, comme sur la borne.

title = Configurer cette borne
step-of = Étape { $place } sur { $all }
step-language = Langue
step-sign-in = Se connecter
step-location = Site
step-rights = Droits
step-reader = Lecteur
step-policy = Confidentialité et coupures
step-staff-pin = Code PIN de l’équipe
step-test-tap = Essai avec un badge
step-summary = Récapitulatif

lead-language = Choisissez la langue de cette borne. Les membres peuvent passer à la leur.
lead-sign-in = Connectez-vous avec le compte que cette borne utilisera sur { $service }.
lead-location = Choisissez le site où se trouve cette borne.
lead-rights = Vérifiez que le compte a les rôles nécessaires à une borne.
lead-reader = Choisissez le lecteur, puis présentez-lui n’importe quel badge.
lead-policy = Choisissez ce que les autres peuvent voir et ce qui se passe sans connexion.
lead-staff-pin = Le code PIN protège cette configuration des membres qui trouveraient la tablette.
lead-test-tap = Présentez le badge d’un membre au lecteur. Rien n’est enregistré.
lead-summary = Relisez tout une dernière fois. Rien n’est conservé avant la fin.

missing-sign-in = Connectez-vous pour continuer.
missing-location = Choisissez un site pour continuer.
missing-staff-pin = Choisissez un code PIN pour continuer.
missing-summary = Il manque encore quelque chose.

back = Retour
next = Suivant
finish = Terminer
leave = Quitter la configuration
leave-ask = Quitter ? Ce que vous avez changé ici sera oublié.
leave-yes = Quitter
leave-no = Rester
one-moment = Un instant

problem-sign-in-refused = L’adresse e-mail, le mot de passe ou le code est incorrect.
todo-sign-in-refused = Vérifiez l’adresse et saisissez de nouveau le mot de passe. Si le compte utilise un code, saisissez-le aussi.
problem-code-needed = Ce compte demande aussi un code.
todo-code-needed = Saisissez de nouveau le mot de passe, et les six chiffres de l’application d’authentification.
problem-no-api = Ce compte ne peut pas utiliser l’API du service.
todo-no-api = Demandez à un administrateur d’activer « API access » pour son utilisateur, ou connectez-vous avec un autre compte.
problem-account-inactive = Ce compte n’est pas actif.
todo-account-inactive = Demandez à un administrateur de l’activer, ou connectez-vous avec un autre compte.
problem-must-reset-password = Il faut d’abord choisir un nouveau mot de passe pour ce compte.
todo-must-reset-password = Ouvrez { $service } dans un navigateur, choisissez un nouveau mot de passe, puis connectez-vous ici.
problem-unreachable = Il n’y a pas de connexion à { $service }.
todo-unreachable = Vérifiez le câble réseau ou le Wi-Fi, puis réessayez.
problem-gateway = Le service n’a pas répondu comme prévu.
todo-gateway = Si ce réseau demande une connexion sur une page web, faites-la d’abord. Sinon, attendez quelques minutes et réessayez.
problem-throttled = Le service est trop sollicité en ce moment.
todo-throttled = Attendez une minute, puis réessayez.
problem-not-permitted = Le compte n’a pas le rôle nécessaire.
todo-not-permitted = Faites ajouter les rôles listés à l’étape « Droits », puis réessayez.
todo-taps-wait = Gardez ce site jusqu’à ce qu’ils soient enregistrés, puis changez-le.
problem-pins-differ = Les deux codes PIN sont différents.
todo-pins-differ = Saisissez un code PIN, puis le même une seconde fois.
weak-too-short = Ce code PIN est trop court.
weak-too-long = Ce code PIN est trop long.
weak-not-digits = Un code PIN ne contient que des chiffres.
weak-too-simple = Ce code PIN est trop facile à deviner.
todo-weak = Prenez 6 à 12 chiffres, sans suite comme 123456 ni un seul chiffre répété.
problem-key-store = Cet appareil ne peut pas conserver de secrets pour le moment.
todo-key-store = Déverrouillez le trousseau de clés ou demandez de l’aide au service informatique, puis réessayez.
problem-configuration = Les réglages ne peuvent pas être écrits. Rien n’a été changé.
todo-configuration = Demandez au service informatique de laisser Tapdesk écrire ses réglages, puis réessayez.
problem-failed = Cela n’a pas fonctionné.
todo-failed = Veuillez réessayer.

sign-in-email = Adresse e-mail
sign-in-password = Mot de passe
sign-in-show-password = Afficher le mot de passe
sign-in-code = Code à six chiffres
sign-in-code-hint = Dans l’application d’authentification
sign-in-keeps = Le mot de passe n’est pas conservé.
signed-in-as = Connecté en tant que { $email }
signed-in = Connecté
signed-in-kept = Depuis la dernière configuration
sign-in-again = Se reconnecter
sign-in-other = Utiliser un autre compte

location-looking = Recherche des sites
location-none = Ce compte ne voit aucun site. Demandez à un administrateur de lui en attribuer un, ou connectez-vous avec un autre compte.
location-waiting = { $count ->
    [one] { $shown } passage du site précédent reste à enregistrer.
    [many] { $shown } de passages du site précédent restent à enregistrer.
   *[other] { $shown } passages du site précédent restent à enregistrer.
}

rights-needed = Nécessaires
rights-nice = Utiles
right-held = Présent
right-lacking = Manquant
right-unknown = Non essayé
rights-lacking = Un rôle nécessaire manque. Vous pouvez continuer, mais le check-in ne marchera pas tant que le compte ne l’a pas.
rights-administrator = Ce compte est administrateur complet, plus qu’il n’en faut à une borne. Un compte avec ces seuls rôles est plus sûr.
rights-not-looked = Les rôles n’ont pas encore été vérifiés.
rights-look = Vérifier de nouveau
rights-try = Essayer les rôles d’écriture
rights-try-explained = Trois requêtes vides sont envoyées, que le service ne retient pas : rien n’est enregistré.
rights-list = Tout le nécessaire, à copier
rights-copy = Copier la liste
rights-copied = Copié
rights-selected = Sélectionné : copiez maintenant

reader-first-usb = Premier lecteur USB
reader-other = Autre connexion
reader-other-hint = Par exemple pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Utiliser
reader-starting = Le lecteur démarre
reader-up = Le lecteur est prêt
reader-down = Le lecteur ne fonctionne pas
reader-hold = Présentez n’importe quel badge au lecteur
reader-read = Lu : { $tile }
reader-random = Lu, mais c’était un téléphone ou une carte qui change de numéro. Les membres ont besoin de leur propre badge.
reader-count = { $count ->
    [one] Lu { $shown } fois
    [many] Lu { $shown } de fois
   *[other] Lu { $shown } fois
}

names-title = Noms à l’écran
names-first = Prénom
names-first-means = Les personnes proches ne lisent que le prénom.
names-full = Nom complet
names-full-means = Les personnes proches lisent le nom entier.
names-none = Aucun nom
names-none-means = L’écran salue chacun sans le nommer.
offline-title = Sans connexion
offline-known = Garder les badges connus
offline-known-means = Les membres connus sont enregistrés plus tard ; les autres vont à l’accueil.
offline-all = Tout garder
offline-all-means = Tous sont enregistrés plus tard ; l’équipe s’occupe des badges que personne ne connaît.
offline-none = Ne rien garder
offline-none-means = Personne ne peut faire le check-in avant le retour de la connexion.

staff-pin-first = Saisissez un code PIN de 6 à 12 chiffres
staff-pin-again = Saisissez-le encore une fois
staff-pin-typed = { $count ->
    [one] { $shown } chiffre
    [many] { $shown } de chiffres
   *[other] { $shown } chiffres
}
staff-pin-backspace = Effacer le dernier chiffre
staff-pin-enter = Valider
staff-pin-missing = Pas encore de code PIN
staff-pin-kept = L’équipe a un code PIN
staff-pin-new = Un nouveau code PIN est défini
staff-pin-keep = Garder le code PIN
staff-pin-other = En choisir un autre

test-wait = En attente d’un badge
test-looking = Recherche en cours
test-member-in = L’arrivée de { $name } serait enregistrée
test-member-out = Le départ de { $name } serait enregistré
test-a-member-in = L’arrivée de ce membre serait enregistrée
test-a-member-out = Le départ de ce membre serait enregistré
test-inactive = Le compte de ce membre n’est pas actif : il serait invité à passer à l’accueil.
test-unknown = Aucun membre n’a ce badge.
test-ambiguous = Plusieurs membres ont ce badge.
test-unusable = C’est un téléphone ou une carte qui change de numéro : inutilisable comme badge.
test-trouble = Le service n’a pas pu être interrogé.
tile = Badge { $tile }

summary-change = Modifier
summary-rights-all = A tout le nécessaire
summary-rights-lacking = { $count ->
    [one] { $shown } rôle nécessaire manque
    [many] { $shown } de rôles nécessaires manquent
   *[other] { $shown } rôles nécessaires manquent
}
summary-rights-unknown = Tous n’ont pas été essayés
summary-nothing = Rien de choisi
summary-tried = Essayé avec un badge
summary-not-tried = Non essayé
summary-overridden = Fixé par l’environnement, qui a priorité : { $keys }

keyboard-open = Clavier à l’écran
keyboard-hide = Masquer le clavier
keyboard-title = Clavier
keyboard-shift = Majuscules
keyboard-backspace = Effacer
keyboard-space = Espace
keyboard-letters = Lettres
keyboard-symbols = Chiffres et symboles
keyboard-more = Autres symboles
