# Réponses de l’API et des formulaires : voir le fichier anglais.

problem-malformed = La requête n’a pas pu être lue : envoyez du JSON valide, encodé en UTF-8.
    .title = Requête illisible

problem-bad-cursor = Ce curseur appartient à une autre liste, un autre filtre ou une autre personne : reprenez à la première page.
    .title = Curseur non valable

problem-unknown-parameter = Le paramètre « { $value } » n’est pas connu ici : retirez-le ou corrigez son nom.
    .title = Paramètre inconnu
    .plain = Un paramètre n’est pas connu ici : retirez-le ou corrigez son nom.

problem-invalid-header = L’en-tête « { $value } » ne peut pas être utilisé tel quel : corrigez sa valeur.
    .title = En-tête non valable
    .plain = Un en-tête ne peut pas être utilisé tel quel : corrigez sa valeur.

problem-invalid-if-match = If-Match doit contenir le dernier ETag reçu pour cette ressource.
    .title = If-Match non valable

problem-unauthorized = Connectez-vous ou envoyez un jeton valable : celui-ci manque, a pris fin ou a été retiré.
    .title = Connexion nécessaire

problem-role-required = Votre rôle ne le permet pas : demandez le rôle nécessaire à un administrateur de votre organisation.
    .title = Rôle manquant

problem-not-certified = Votre entreprise n’est pas certifiée ou sa certification a expiré : demandez-la à l’éditeur. Les essais en cours se poursuivent.
    .title = Certification manquante

problem-not-full-administrator = Seul un administrateur complet du client peut en décider : demandez à l’un d’eux de se connecter.
    .title = Administrateur complet requis

problem-distributor-required = Un partenaire de niveau 2 passe par son distributeur pour convertir un essai : confiez-lui la conversion.
    .title = Conversion par votre distributeur

problem-scope-required = Ce jeton ne porte pas la portée nécessaire : { $scope }. Créez un jeton qui la porte.
    .title = Portée manquante
    .plain = Ce jeton ne porte pas la portée nécessaire : créez un jeton qui la porte.

problem-forbidden = Vous pouvez voir cet élément mais pas le modifier : adressez-vous à une personne qui en a le droit.
    .title = Action non autorisée

problem-not-found = Il n’y a rien ici que vous puissiez voir : vérifiez l’adresse ou l’identifiant.
    .title = Introuvable

problem-method-not-allowed = Cette adresse existe, mais pas pour cette méthode : l’en-tête Allow indique celles qu’elle accepte.
    .title = Méthode non autorisée

problem-service-not-eligible = Ce client ne peut pas essayer actuellement : { $services }. Retirez-les de la demande ou consultez pour chacun la raison et la date.
    .title = Essai impossible pour ce service
    .plain = Ce client ne peut pas essayer actuellement certains de ces services : retirez-les de la demande ou consultez pour chacun la raison et la date.

problem-customer-mismatch = L’adresse n’appartient pas à qui vous attendiez : recherchez à nouveau le client et confirmez lequel est le bon.
    .title = Autre client que prévu

problem-site-name-taken = Le nom de site « { $value } » est pris ou encore réservé : choisissez-en un autre.
    .title = Nom de site déjà pris
    .plain = Ce nom de site est pris ou encore réservé : choisissez-en un autre.

problem-quantity-below-assigned = Il y a plus de licences attribuées que vous ne voulez en garder : reprenez-les d’abord aux personnes nommées.
    .title = Moins de licences qu’attribuées

problem-extension-would-shorten = Compté à partir d’aujourd’hui, l’essai se terminerait le { $date }, plus tôt que prévu : confirmez que vous le souhaitez.
    .title = L’essai serait raccourci
    .plain = Compté à partir d’aujourd’hui, l’essai se terminerait plus tôt que prévu : confirmez que vous le souhaitez.

problem-extension-limit = Cet essai a été prolongé autant de fois que permis : adressez-vous à l’équipe des essais ou convertissez-le.
    .title = Plus de prolongation possible

problem-device-type-already-shipped = Chaque type d’appareil n’est expédié qu’une fois par essai, et celui-ci l’a été : choisissez un autre type.
    .title = Type d’appareil déjà expédié

problem-last-full-administrator = Une organisation garde toujours un administrateur complet : nommez-en d’abord un autre.
    .title = Dernier administrateur complet

problem-no-exact-match = Aucun essai n’a d’administrateur à cette adresse exacte : choisissez l’un des candidats ou corrigez l’adresse.
    .title = Aucune correspondance exacte

problem-trial-not-convertible = Cet essai ne peut plus être converti : démarrez un nouvel essai ou passez une commande indépendante.
    .title = Essai non convertible

problem-services-changed = Depuis la demande, ces services ne sont plus disponibles : { $services }. Acceptez sans eux ou refusez.
    .title = Certains services ne sont plus disponibles
    .plain = Depuis la demande, certains services ne sont plus disponibles : acceptez sans eux ou refusez.

problem-already-decided = Quelqu’un en a décidé avant vous : rouvrez la page pour voir la décision.
    .title = Déjà décidé

problem-allowance-used = { $limit ->
    [partner] Votre partenaire ne peut pas mener d’essai de plus pour l’instant : rien n’est décidé, et vous pouvez encore accepter jusqu’au dernier jour de la demande. Adressez-vous au partenaire ou réessayez plus tard.
    [active_trials] Votre entreprise peut mener { $of } essais à la fois, et c’est déjà le cas. L’un d’eux se termine d’ici le { $possible_from }, sauf prolongation : annulez-en ou convertissez-en un avant, ou demandez-en davantage à l’éditeur.
   *[other] Votre entreprise peut démarrer { $of } essais par mois, et c’est déjà fait. Le prochain sera possible à partir du { $possible_from } : attendez jusque-là ou demandez-en davantage à l’éditeur.
  }
    .title = Quota épuisé
    .plain = Votre entreprise a épuisé son quota d’essais : attendez le mois prochain ou la fin d’un essai, ou demandez-en davantage à l’éditeur.

problem-wrong-status = L’état de l’essai ne le permet pas : revenez à l’essai pour voir où il en est et ce qui est possible.
    .title = Impossible dans cet état

problem-idempotency-key-reused = Cette Idempotency-Key a été envoyée avec un autre corps : utilisez une nouvelle clé pour une nouvelle requête.
    .title = Clé d’idempotence réutilisée

problem-idempotency-in-progress = La première requête portant cette Idempotency-Key est encore en cours : répétez-la dans un instant.
    .title = Encore en cours

problem-consent-expired = Le délai de réponse est passé : demandez au partenaire d’envoyer une nouvelle demande.
    .title = Demande caduque

problem-link-superseded = Un courriel plus récent a remplacé ce lien : utilisez celui du dernier courriel.
    .title = Lien remplacé

problem-version-conflict = Cet élément a été modifié depuis que vous l’avez chargé : rechargez-le et recommencez votre modification.
    .title = Modifié entre-temps

problem-precondition-required = Cette modification doit indiquer sa base : envoyez l’ETag dans If-Match.
    .title = If-Match nécessaire

problem-too-large = La requête dépasse la taille permise : envoyez-en moins à la fois.
    .title = Trop volumineux

problem-unsupported-media-type = Envoyez du JSON sans compression, avec Content-Type: application/json.
    .title = Type de contenu non pris en charge

problem-too-many-requests = C’est trop en peu de temps : patientez, puis réessayez.
    .title = Trop de requêtes

problem-unavailable = Une partie du système est injoignable : renvoyez la même demande dans un moment.
    .title = Indisponible pour le moment

problem-internal = Une erreur s’est produite de notre côté : réessayez et, si elle se répète, communiquez l’identifiant de la requête à l’assistance.
    .title = Erreur de notre côté

problem-invalid-input = Certaines saisies sont à corriger : voyez ce qui est indiqué pour chacune.
    .title = Saisie à corriger

problem-required = Ce champ est obligatoire : remplissez‑le.
    .title = Obligatoire

problem-unknown-field = Ce champ n’est pas connu : retirez-le ou corrigez son nom.
    .title = Champ inconnu

problem-duplicate-key = Ce champ est indiqué plusieurs fois : n’en gardez qu’un.
    .title = Indiqué deux fois

problem-wrong-type = Ce n’est pas le type de valeur attendu ici : consultez la description de l’API.
    .title = Type incorrect

problem-too-long = Ce texte est trop long : ramenez-le à { $max } caractères au plus.
    .title = Trop long
    .plain = Ce texte est trop long : raccourcissez-le.

problem-too-short = C’est trop court : donnez au moins { $min } caractères.
    .title = Trop court
    .plain = C’est trop court : allongez-le.

problem-breached = Beaucoup de personnes ont utilisé ce mot de passe ; les attaquants l’essaient en premier : choisissez-en un autre.
    .title = Mot de passe trop connu

problem-wrong-password = Ce n’est pas votre mot de passe : essayez encore.
    .title = Mot de passe incorrect

problem-wrong-code = Ce code n’est pas le bon ou a déjà servi : attendez le suivant et saisissez-le.
    .title = Code incorrect

problem-empty = Il manque un choix ou une valeur : indiquez-en au moins un.
    .title = Vide

problem-invalid-characters = Ce texte contient des caractères invisibles ou de contrôle : saisissez-le à nouveau sans eux.
    .title = Caractères non autorisés

problem-invalid-email = Ce n’est pas une adresse électronique : écrivez-la sous la forme nom@entreprise.example.
    .title = Adresse électronique non valable

problem-mixed-script = Le domaine mélange des lettres d’écritures différentes qui se ressemblent : saisissez-le à nouveau.
    .title = Écritures mélangées

problem-invalid-country = Ce pays ne fait pas partie du programme : indiquez ses deux lettres, par exemple FR ou TW.
    .title = Pays inconnu

problem-restricted-country = Aucun essai ne peut être proposé pour ce pays : { $value }. Choisissez celui où se trouvent la plupart des utilisateurs.
    .title = Pas d’essai dans ce pays
    .plain = Aucun essai ne peut être proposé pour ce pays : choisissez celui où se trouvent la plupart des utilisateurs.

problem-invalid-time-zone = Ce n’est pas un fuseau horaire : utilisez un nom comme Europe/Paris ou Asia/Taipei.
    .title = Fuseau horaire inconnu

problem-invalid-language = Cette langue n’est pas proposée. Choisissez parmi : { $allowed }.
    .title = Langue non proposée
    .plain = Cette langue n’est pas proposée : choisissez-en une autre.

problem-unknown-vertical = Ce secteur ne figure pas dans la liste. Choisissez le plus proche parmi : { $allowed }.
    .title = Secteur inconnu
    .plain = Ce secteur ne figure pas dans la liste : choisissez le plus proche.

problem-unknown-service = Le programme n’a pas ce service. Choisissez parmi : { $allowed }.
    .title = Service inconnu
    .plain = Le programme n’a pas ce service : choisissez-en un autre.

problem-duplicate-service = « { $value } » est indiqué plusieurs fois : n’en gardez qu’un.
    .title = Service indiqué deux fois
    .plain = Un service est indiqué plusieurs fois : n’en gardez qu’un.

problem-unknown-value = Cette valeur n’est pas connue. Utilisez l’une de celles-ci : { $allowed }.
    .title = Valeur inconnue
    .plain = Cette valeur n’est pas connue : choisissez l’une de celles qui sont décrites.

problem-quantity-out-of-range = Choisissez une quantité de { $min } à { $max }.
    .title = Quantité hors limites
    .plain = Cette quantité n’est pas proposée : restez dans les limites indiquées.

problem-duration-not-offered = Cette durée n’est pas proposée. Choisissez, en jours : { $allowed }.
    .title = Durée non proposée
    .plain = Cette durée n’est pas proposée : choisissez-en une autre.

problem-duration-conflict = Des services à durée fixe différente ne peuvent pas partager un essai : démarrez des essais séparés.
    .title = Durées incompatibles

problem-extension-length = Cette durée de prolongation n’est pas proposée. Choisissez, en jours : { $allowed }.
    .title = Durée non proposée
    .plain = Cette durée de prolongation n’est pas proposée : choisissez-en une autre.

problem-own-organization = Un essai ne peut pas être démarré pour votre propre organisation : passez plutôt une commande.
    .title = Votre propre organisation

problem-not-acknowledged = Confirmez que le client se trouve dans un lieu pris en charge.
    .title = Confirmation manquante

problem-site-required = Les réunions ont besoin d’un site : indiquez son nom et son fuseau horaire.
    .title = Site de réunion manquant

problem-invalid-site = N’utilisez que des minuscules, des chiffres et des traits d’union, sans trait d’union au début ni à la fin.
    .title = Nom de site non valable

problem-block-without-service = Ces détails concernent un service qui n’est pas choisi : ajoutez le service ou retirez les détails.
    .title = Détails sans leur service

problem-devices-required = Choisissez les appareils à expédier ou indiquez pourquoi passer cette étape.
    .title = Appareils à choisir

problem-unknown-device-type = Le programme n’a pas cet appareil. Choisissez parmi : { $allowed }.
    .title = Type d’appareil inconnu
    .plain = Le programme n’a pas cet appareil : choisissez-en un autre.

problem-device-limit-exceeded = C’est plus que ce qui peut être prêté : { $max } au plus.
    .title = Plus que ce qui peut être prêté
    .days = Le prêt ne peut pas dépasser le { $max } : choisissez un jour plus tôt.
    .named = C’est plus que ce qui peut être prêté : { $max } au plus ({ $device }).
    .plain = C’est plus que ce qui peut être prêté : choisissez moins.

problem-conflicting-fields = Cette saisie exclut une autre : ne gardez que l’une des deux.
    .title = Champs incompatibles

problem-out-of-range = Choisissez une valeur de { $min } à { $max }.
    .title = Hors limites
    .days = Choisissez un jour du { $min } au { $max }.
    .plain = Cette valeur est hors limites : restez dans celles qui sont indiquées.

problem-clock-backwards = L’horloge de test ne peut pas reculer : indiquez un instant plus tardif.
    .title = L’horloge ne recule pas

problem-address-taken = Cette adresse appartient déjà à une autre organisation : utilisez-en une autre.
    .title = Adresse déjà utilisée

problem-serial-mismatch = { $reason ->
        [repeated] { $value } figure deux fois dans la liste ou a déjà été reçu : il compte une fois.
        [look_alike] { $value } ressemble à un autre numéro de cet envoi (O et 0, I et 1) : relisez-le sur l’appareil.
        [out] { $value } est déjà prêté : vérifiez le numéro sur l’appareil.
        [count] Indiquez un numéro de série par appareil. Attendus : { $expected }, reçus : { $value }.
        [foreign] { $value } appartient à un autre envoi : il n’a pas été pris.
       *[unknown] Non expédié pour cet essai : { $value }. Vérifiez le numéro sur l’appareil.
    }
    .title = Numéro de série différent
    .plain = Un numéro de série n’a pas été expédié pour cet essai : vérifiez le numéro sur l’appareil.

problem-program-invalid = Le programme ne peut pas être publié ainsi : { $value }.
    .title = Programme non valable
    .plain = Le fichier de programme ne peut pas être publié : corrigez ce qui est indiqué ligne par ligne.

problem-invalid-id = Ce n’est pas un identifiant du type attendu ici : copiez-le là où il a été affiché.
    .title = Identifiant non valable
