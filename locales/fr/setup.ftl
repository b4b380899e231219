# Première configuration, lieux et numéros de téléphone.

problem-number-taken = Le numéro { $value } est déjà utilisé : vérifiez les chiffres ou demandez un autre numéro à votre opérateur.
    .title = Numéro déjà utilisé
    .plain = L’un de ces numéros est déjà utilisé : vérifiez les chiffres ou demandez un autre numéro à votre opérateur.

problem-number-limit = Un essai permet de commander au plus { $max } nouveaux numéros : commandez-en moins, ou saisissez des numéros que vous avez déjà.
    .title = Trop de numéros
    .plain = C’est plus qu’un essai ne permet de commander : commandez moins de numéros, ou saisissez-en que vous avez déjà.

problem-numbers-required = Dans ce pays, les numéros de téléphone viennent d’abord. Il en manque encore : { $missing }. Obtenez-les auprès d’un opérateur agréé et saisissez-les ici.
    .title = Les numéros d’abord
    .plain = Dans ce pays, les numéros de téléphone viennent d’abord : obtenez-les auprès d’un opérateur agréé et saisissez-les ici.

problem-provider-required = Aucun opérateur n’est connecté : connectez-en un d’abord.
    .title = Pas encore d’opérateur

problem-provider-elsewhere = Votre opérateur ne fournit pas de numéros dans le pays de ce lieu : connectez-en un autre ou saisissez des numéros que vous avez déjà.
    .title = Pas dans ce pays

problem-location-in-use = Ce lieu a encore des numéros de téléphone : retirez-les d’abord.
    .title = Lieu utilisé

problem-invalid-number = Écrivez le numéro au format international, avec des chiffres seulement : +33140205050.
    .title = Numéro non valide

problem-number-of-another-country = Ce n’est pas un numéro valide dans le pays de ce lieu : vérifiez les chiffres et le pays.
    .title = Numéro d’un autre pays

problem-duplicate-number = Vous avez déjà saisi ce numéro : une seule fois suffit.
    .title = Saisi deux fois

event-setup-changed = Configuration enregistrée
event-setup-finished = Configuration terminée
event-location-added = Lieu ajouté
event-location-changed = Lieu modifié
event-location-removed = Lieu supprimé
event-numbers-added = Numéros saisis
event-number-removed = Numéro retiré
event-numbers-ordered = Numéros commandés

nav-setup = Configuration
setup-list-title = Configuration
setup-list-left = { $count ->
    [one] Il reste une étape. Arrêtez-vous quand vous voulez : ce que vous avez saisi est conservé.
   *[other] Il reste { $count } étapes. Arrêtez-vous quand vous voulez : ce que vous avez saisi est conservé.
}
setup-list-done = Tout est fait, sauf la dernière étape : relisez le résumé et terminez.
setup-list-finished = La configuration est terminée. Chaque étape reste modifiable.
setup-list-hint = Le partenaire et le client voient la même liste : chacun reprend là où l’autre s’est arrêté.
setup-read-only = Vous pouvez tout lire ici. Les modifications reviennent à un administrateur complet.
setup-needs-full = Il faut un accès complet : l’administrateur complet du client s’en charge, ou accorde l’accès complet à votre entreprise.
setup-state-open = À faire
setup-state-done = Fait
setup-state-later = Plus tard
setup-state-not-needed = Inutile
setup-step-profile = Profil de l’entreprise
setup-step-site = Site de réunion
setup-step-calling = Lieux et numéros
setup-step-users = Utilisateurs et licences
setup-step-summary = Résumé
setup-about-profile = Nom, langue, fuseau horaire, coordonnées
setup-about-site = L’adresse de vos réunions
setup-about-calling = D’où vous appelez, et avec quels numéros
setup-about-users = Qui participe, et avec quels services
setup-about-summary = Ce qui est fait et la suite
setup-guide-profile = Vérifiez ce que nous savons de l’entreprise. Les courriels partent dans sa langue ; les jours se comptent dans son fuseau horaire.
setup-guide-site = Voici l’adresse de toutes vos réunions. Elle a été choisie au début de l’essai.
setup-guide-calling-open = Ajoutez chaque lieu d’où vous appelez. Les numéros de téléphone peuvent être ajoutés maintenant ou plus tard.
setup-guide-calling-first = Ajoutez chaque lieu d’où vous appelez, avec ses numéros. Dans ce pays, la configuration se termine quand les numéros sont là : un par personne qui appelle et deux par lieu. Un opérateur agréé vous les fournit.
setup-guide-users = Ajoutez les personnes qui participent et attribuez-leur des licences. Vous pouvez commencer par quelques-unes.
setup-guide-summary = Voici où vous en êtes. Terminez quand vous voulez ; chaque étape reste modifiable.
setup-save = Enregistrer et continuer
setup-put-off = Plus tard
setup-finish = Terminer la configuration
setup-back = Retour à la liste
setup-not-given = Non indiqué
setup-website = Site web
setup-website-hint = Par exemple https://example.com
setup-phone = Numéro de téléphone
setup-phone-hint = Au format international, avec des chiffres seulement : +33140205050
setup-zone-hint = Les essais en cours gardent le leur.
setup-site-ready = Le site est prêt.
setup-site-waits = Le site est en préparation. Vous n’avez rien à faire.
setup-calling-waits = Les appels sont en préparation. Vous pourrez saisir des numéros dès qu’ils fonctionneront.
setup-locations = Lieux
setup-no-locations = Pas encore de lieu.
setup-location = Lieu
setup-location-name = Nom que vous donnez à ce lieu
setup-address-line = Adresse, ligne { $number }
setup-location-add = Ajouter un lieu
setup-location-change = Modifier le lieu
setup-location-numbers = { $count ->
    [0] Aucun numéro
    [one] { $count } numéro
   *[other] { $count } numéros
}
setup-country-hint = Ses numéros de téléphone sont de ce pays.
setup-remove = Supprimer
setup-numbers = Numéros de téléphone
setup-no-numbers = Pas encore de numéro.
setup-numbers-hint = Un par ligne, au format international : +33140205050
setup-numbers-more = Numéros suivants
setup-numbers-missing = { $count ->
    [one] Il manque encore { $count } numéro.
   *[other] Il manque encore { $count } numéros.
}
setup-numbers-enough = Tous les numéros nécessaires sont là.
setup-number-fault = { $number } — { $fault }
setup-number-ordered = commandé
setup-number-rests = Retiré ; attribué à personne d’autre avant le { $date }
setup-take-away = Retirer
setup-enter-title = Saisir des numéros
setup-enter = Ajouter ces numéros
setup-order-title = Commander des numéros
setup-provider = Opérateur
setup-provider-hint = Opérateurs agréés dans votre pays ou dans ceux de vos lieux
setup-provider-none = Aucun
setup-connect = Connecter
setup-order-left = { $count ->
    [0] Tous les numéros que permet un essai ont été commandés auprès de { $provider }.
    [one] Vous pouvez encore commander { $count } numéro auprès de { $provider } pendant cet essai.
   *[other] Vous pouvez encore commander { $count } numéros auprès de { $provider } pendant cet essai.
}
setup-count = Combien
setup-order = Commander
setup-users-count = { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
}, { $licensed ->
    [0] dont aucune avec une licence
   *[other] dont { $licensed } avec une licence
}
setup-licences = { $assigned ->
    [one] { $assigned } licence attribuée sur { $quantity }
   *[other] { $assigned } licences attribuées sur { $quantity }
}
setup-users-open = Utilisateurs et licences
setup-next-title = La suite
setup-next-profile = Compléter le profil de l’entreprise
setup-next-site = Vérifier si le site est prêt
setup-next-calling = Ajouter des lieux
setup-next-users = Ajouter des utilisateurs et attribuer des licences
setup-next-numbers = Ajouter des numéros de téléphone
setup-next-first-meeting = Tenir une première réunion sur votre site
setup-next-first-call = Passer un premier appel depuis l’un de vos numéros
setup-next-tell-users = Dire à vos utilisateurs qu’ils peuvent commencer
setup-left = { $count ->
    [one] Il reste { $count } étape de votre configuration.
   *[other] Il reste { $count } étapes de votre configuration.
}
setup-go-on = Poursuivre la configuration
setup-open = Configuration
setup-open-hint = Profil, site de réunion, lieux et numéros, utilisateurs
