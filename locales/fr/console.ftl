# Les pages de la console. Valeurs : voir le fichier anglais.

skip = Aller au contenu
any = Indifférent
choose = Choisissez
optional = facultatif
continue = Continuer
change = Modifier
save = Enregistrer
leave = Ne rien changer
yes = Oui
no = Non
sentences = { $first } { $second }
before = Avant
after = Après
days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
licences = { $count ->
    [one] { $count } licence
   *[other] { $count } licences
}
when-stamp = { $date }, { $time }
when-in = { $days ->
    [0] aujourd’hui
    [1] demain
   *[other] dans { $days } jours
}
when-ago = { $days ->
    [1] hier
   *[other] il y a { $days } jours
}
pager-label = Pages
pager-first = Première page
pager-next = Page suivante
faults-title = { $count ->
    [one] Un point à corriger
   *[other] { $count } points à corriger
}

nav-label = Menu principal
nav-customers = Clients
nav-start = Démarrer un essai
nav-overview = Vue d’ensemble
nav-subscriptions = Abonnements
nav-requests = Demandes
nav-approvals = Approbations
menu-settings = Langue et apparence
menu-language = Langue
menu-theme = Apparence
theme-auto = Système
theme-light = Clair
theme-dark = Sombre
sign-out = Se déconnecter
foot-support = Aide et contact
foot-legal = Mentions légales

demo-label = Démonstration
demo-tag = Démo
demo-clock = Horloge de test
demo-clock-hint = Tout ce qui arrive à échéance en chemin est exécuté : les courriels partent, les essais se terminent.
demo-clock-signed-out = Choisissez d’abord qui vous êtes ; vous pourrez ensuite avancer l’horloge.
demo-day = + 1 jour
demo-week = + 1 semaine
demo-next = Événement suivant
demo-date = Aller à une date
demo-go = Aller
demo-mailbox = Messagerie
demo-who = Qui suis-je ?
demo-who-title = Continuer en tant que

role-vendor-administrator = Administrateur de l’éditeur
role-trials-team = Équipe des essais
role-order-desk = Service des commandes
role-auditor = Auditeur
role-sales-full-administrator = Administrateur commercial complet
role-sales-administrator = Administrateur commercial
role-help-desk = Assistance
role-full-administrator = Administrateur complet
role-user-administrator = Administrateur des utilisateurs
role-read-only-administrator = Administrateur en lecture seule
role-user = Utilisateur

label-email = Adresse électronique
label-password = Mot de passe
label-company = Nom de l’entreprise
label-customer = Client
customer-erased = Ancien client
label-administrator = Adresse de l’administrateur
label-vertical = Secteur d’activité
label-country = Pays comptant le plus d’utilisateurs
label-country-short = Pays
label-region = Région des données
label-region-short = Région
label-zone = Fuseau horaire
label-access = Accès du partenaire
label-service = Service
label-services = Services
label-licences = Licences
label-quantity = Licences par service
label-duration = Durée de l’essai
label-status = État
label-ends = Fin
label-cancelled = Annulé le
label-assigned = Suivi par
label-starts = Début
label-grace = Délai de grâce jusqu’au
label-asked = Demandé le
label-site = Site de réunion
label-site-zone = Fuseau horaire du site
label-devices = Appareils
label-extensions = Prolongations
label-extension-asked = Prolongation à approuver
label-reference = Référence
label-reason = Motif
label-partner = Partenaire
label-language = Langue des courriels

sign-in-title = Se connecter
sign-in-lead = Bienvenue. Connectez-vous pour gérer des essais ou pour suivre ceux de votre entreprise.
sign-in-by-link = Un partenaire a adressé une demande à votre entreprise. Connectez-vous pour la lire : ouvrir cette page n’engage à rien.
sign-in-button = Se connecter
sign-in-wrong = L’adresse et le mot de passe ne correspondent pas. Vérifiez-les, puis réessayez.
sign-in-closed = Votre organisation a été fermée ? Ses comptes sont passés à l’offre gratuite et n’ouvrent plus rien ici.
sign-in-wait = { $seconds ->
    [one] Trop de tentatives. Patientez une seconde, puis réessayez.
   *[other] Trop de tentatives. Patientez { $seconds } secondes, puis réessayez.
}
company-title = Quelle entreprise ?
company-lead = Votre adresse appartient à plusieurs entreprises. Pour changer plus tard, reconnectez-vous.

welcome-title = Bienvenue
welcome-heading = Votre essai est prêt
welcome-lead = Votre partenaire a tout préparé. Trois choses utiles à savoir.
welcome-1 = Utilisez l’adresse à laquelle le courriel est arrivé. Si vous n’avez pas encore de mot de passe, votre partenaire ou votre administrateur vous aidera.
    .title = Connectez-vous
welcome-2 = La vue d’ensemble montre ce que vous essayez, pour combien de temps, la prochaine étape et la personne à contacter.
    .title = Découvrez
welcome-3 = Vous êtes prévenu une semaine avant la fin, puis le dernier jour. Aucune commande n’est passée automatiquement.
    .title = Sans surprise
welcome-go = Ouvrir la vue d’ensemble
welcome-help = Une question ? Le partenaire nommé dans le courriel y répond.
welcome-demo = Dans cette démonstration, « Qui suis-je ? », en haut, permet de continuer en tant que n’importe qui.

error-not-found =
    .title = Page introuvable
    .detail = Elle n’existe pas, ou vous n’y avez pas accès. Vérifiez l’adresse ou repartez de votre page d’accueil.
error-role-required =
    .title = Votre rôle ne le permet pas
    .detail = Une personne de votre entreprise ayant un autre rôle peut le faire : adressez-vous à votre administrateur.
error-not-certified =
    .title = La certification de votre entreprise a pris fin
    .detail = Seuls les partenaires certifiés peuvent travailler ici. Les essais en cours se poursuivent comme prévu.
error-forged =
    .title = Ce formulaire n’est plus valable
    .detail = Vous vous êtes peut-être connecté ou déconnecté dans une autre fenêtre depuis son affichage. Rouvrez la page et recommencez votre saisie : rien n’a été modifié.
error-lapsed = Demandez à l’éditeur de renouveler la certification, puis reconnectez-vous.
error-again = Réessayer
error-home = Aller à ma page d’accueil
error-reference = Référence pour l’assistance :

done-extended = L’essai a sa nouvelle date de fin. Les administrateurs du client sont prévenus.
done-extension-asked = La prolongation est demandée. L’équipe des essais décide ; vous en serez informé par courriel.
done-unchanged = C’était déjà le cas. Rien n’a été modifié.
done-edited = Enregistré.
done-cancelled = C’est fait. Les personnes concernées sont prévenues.
done-reminded = Le rappel est parti.
done-resent = La demande a été renvoyée. Les liens précédents ne fonctionnent plus.
done-notes = Notes enregistrées.
done-details = Détails confirmés. La mise en service est en cours.
done-corrected = Adresse corrigée. Le message de bienvenue est renvoyé ; l’ancien lien ne fonctionne plus.
done-accepted = Vous avez accepté. Le partenaire confirme maintenant les détails.
done-declined = Vous avez refusé. Le partenaire est prévenu.
done-approved = Approuvé. Le partenaire est prévenu.
done-refused = Refusé. Le partenaire est prévenu.
done-clock = L’horloge a avancé. Tout ce qui était arrivé à échéance a été exécuté.
done-signed-out = Vous êtes déconnecté.

status-pending-consent = Consentement attendu
status-pending-provisioning-details = Détails attendus
status-pending-approval = Approbation attendue
status-provisioning = Mise en service
status-active = Actif
status-expires-soon = Se termine bientôt
status-expired = Expiré
status-purchased = Acheté
status-converted = Acheté
status-cancelled = Annulé
status-to-be-deleted = Suppression proche
status-declined = Refusé
status-lapsed = Caduc
status-removed = Supprimé
status-waiting = En attente
status-awaiting-approval = Approbation attendue
status-provisioned = Prêt
status-failed = Échec
status-suspended = Suspendu
status-withdrawn = Retiré

wait-customer = { $days ->
    [one] client · { $days } jour
   *[other] client · { $days } jours
}
wait-you = { $days ->
    [one] votre réponse · { $days } jour
   *[other] votre réponse · { $days } jours
}
wait-partner = partenaire
wait-team = équipe des essais
wait-left = { $days ->
    [0] dernier jour
    [one] { $days } jour restant
   *[other] { $days } jours restants
}
wait-grace = { $days ->
    [0] dernier jour de grâce
    [one] { $days } jour de grâce
   *[other] { $days } jours de grâce
}

means-pending-consent = Un administrateur complet du client doit accepter. Sans réponse à temps, la demande devient caduque et le client quitte votre liste.
means-pending-provisioning-details = Le client a accepté. Confirmez les détails : les services sont alors mis en service et le décompte des jours commence.
means-pending-approval = L’équipe des essais doit d’abord se prononcer. Vous serez informé par courriel ; d’ici là, aucun jour n’est décompté.
means-provisioning = La mise en service est en cours. Les jours comptent à partir de celui où le dernier service est prêt.
means-active = L’essai est en cours. Il peut être prolongé, modifié, acheté ou annulé ; sinon, il se termine à sa date.
means-expired = L’essai est terminé et se trouve en délai de grâce. Il peut encore être prolongé ou acheté ; ensuite, l’accès est définitivement fermé.
means-converted = Les services ont été achetés. L’utilisation et les réglages ont été conservés.
means-cancelled = L’essai a été annulé. Ses services sont arrêtés.
means-declined = La demande a été refusée ou close. Une nouvelle demande est possible à tout moment.
means-lapsed = Personne n’a répondu à temps. Une nouvelle demande est possible à tout moment.
means-removed = L’accès est fermé et les données ont été supprimées. C’est irréversible.

tense-done = Fait
tense-now = Maintenant
tense-planned = Prévu
tense-skipped = Omis
tense-held = Suspendu
tense-due = À échéance
timeline-title = Chronologie
timeline-now = Maintenant
timeline-open = Une fois l’essai commencé
timeline-end-of = Fin du { $date }
timeline-at = { $date }, { $time }
timeline-to = Courriel à { $people }
timeline-zone = Les jours sont comptés dans le fuseau horaire du client : { $zone }.

milestone-consent-lapses = La demande devient caduque
    .short = Caducité
    .text = Sans réponse d’ici là, la demande est close.
    .rule = à compter du premier courriel
milestone-started = Début de l’essai
    .short = Début
    .rule = quand le dernier service est prêt
milestone-expiry-reminder = Rappel
    .short = Rappel
    .rule = 7 jours avant la fin
milestone-expiry-notice = Avis du dernier jour
    .short = Dernier jour
    .rule = le jour même
milestone-expires = Fin de l’essai, début du délai de grâce
    .short = Fin
    .text = L’achat et la prolongation restent possibles pendant le délai de grâce.
    .rule = une fois le dernier jour écoulé
milestone-removed = Fin du délai de grâce, fin de l’accès
    .short = Fin de grâce
    .text = Licences, site et réglages téléphoniques disparaissent définitivement. Sans autre service, l’organisation est fermée.
    .rule = au terme du délai de grâce
milestone-access-ended-notice = Les utilisateurs sont informés de la fin de l’accès
    .short = Utilisateurs
    .rule = le lendemain matin
milestone-numbers-released = Libération des numéros de téléphone
    .short = Numéros
    .text = D’ici là, personne d’autre ne peut les obtenir.
    .rule = au terme de leur réserve

audience-customer-administrators = { $count ->
    [one] { $count } administrateur du client
   *[other] { $count } administrateurs du client
}
audience-consent-recipients = { $count ->
    [one] { $count } personne chez le client
   *[other] { $count } personnes chez le client
}
audience-customer-users = { $count ->
    [one] { $count } utilisateur
   *[other] { $count } utilisateurs
}
audience-partner-administrators = { $count ->
    [one] { $count } personne chez le partenaire
   *[other] { $count } personnes chez le partenaire
}
audience-trials-team = { $count ->
    [one] { $count } membre de l’équipe des essais
   *[other] { $count } membres de l’équipe des essais
}

why-not-owned = Le client l’a déjà acheté.
why-not-tried-by-other-partner = Un autre partenaire mène déjà un essai de ce service chez ce client.
why-not-tried-by-you = Vous menez déjà un essai de ce service chez ce client : prolongez-le ou modifiez-le.
why-not-cooldown = Déjà essayé ici : un nouvel essai doit attendre.
why-not-unavailable = Non disponible pour ce client.
why-not-needs-approval = L’approbation de l’équipe des essais est requise.
why-not-from = Possible à partir du { $date }.
service-requires = Nécessite { $services }, ajouté automatiquement.
service-site = Demande un site de réunion.
service-devices = Demande quels appareils expédier, ou pourquoi aucun.
service-numbers = Comprend des numéros de téléphone, réservés quelque temps après la fin.
service-approval = L’approbation de l’équipe des essais est requise.
service-suspended = S’arrête au début du délai de grâce.
service-quantity = { $quantity ->
    [one] Toujours { $quantity } licence.
   *[other] Toujours { $quantity } licences.
}
service-duration = Fixe la durée de tout l’essai : { $days } jours.
service-added = ajouté parce qu’un autre service en a besoin

customers-title = Clients
customers-views = Vues
customers-all = Tous
customers-search = Rechercher par nom
customers-apply = Appliquer
customers-count = { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
customers-first = Aucun client pour l’instant
    .text = Démarrez un essai : son client apparaîtra ici.
customers-none = Aucun client ne correspond
    .text = Aucun client ne répond à la fois à la recherche et aux filtres. Élargissez-les ou effacez-les.
customers-clear = Effacer la recherche et les filtres
customers-unavailable = Certains clients manquent pour le moment, faute de réponse : { $regions }. Réessayez dans un instant.
ends-expires-in-30-days = D’ici 30 jours
ends-expires-in-60-days = D’ici 60 jours
ends-to-be-deleted = Organisation fermée sous 7 jours

customer-add = Ajouter un essai
customer-remove = Retirer de ma liste
customer-trials = Essais
customer-no-trials = Aucun essai de votre part pour l’instant.
customer-purchased = Services achetés
customer-since = depuis le { $date }
customer-about = Le client
customer-tags = Étiquettes
customer-tags-label = Vos étiquettes
customer-tags-hint = Cinq au plus, séparées par des virgules. Seule votre entreprise les voit.
trial-days = du { $from } au { $to }
trial-asked-on = demandé le { $date }
access-full = Administrateur complet
access-provisioning = Administrateur de mise en service
remove-title = Retirer ce client ?
remove-lead = La demande adressée à { $customer } est retirée, ses liens cessent de fonctionner et le client quitte votre liste. Vous pourrez refaire une demande.
remove-keep = Garder la demande
remove-button = Retirer la demande et le client

start-title = Démarrer un essai
start-progress = Étapes
start-for = Pour { $customer }
start-step-customer = Client
start-step-existing = Organisation
start-step-services = Services
start-step-length = Licences et durée
start-step-site = Site de réunion
start-step-devices = Appareils
start-step-answers = Récapitulatif
start-customer-title = Pour quel client ?
start-existing-title = Cette organisation a été trouvée
start-services-title = Quels services ?
start-length-title = Combien de licences, et pour combien de temps ?
start-site-title = Quel site de réunion ?
start-devices-title = Quels appareils ?
start-answers-title = Vérifiez vos réponses
start-customer-lead = Pour un client que vous avez déjà, ouvrez sa page et choisissez « Ajouter un essai ».
start-email-hint = La personne qui administrera l’essai. Si l’adresse appartient à une organisation, son accord est d’abord demandé.
start-vertical-hint = Si le secteur exact n’y figure pas, prenez le plus proche.
start-country-hint = Il détermine où sont conservées les données du client, sans changement possible ensuite. Si le client a plusieurs implantations, choisissez le pays comptant le plus d’utilisateurs : la région la plus proche leur répond le plus vite. Un pays absent de la liste n’est pas pris en charge.
start-region-group = Données conservées : { $region }
start-region-told = Les données seront conservées ici : { $region }
start-language-hint = Les courriels et les pages du client commencent dans cette langue.
start-acknowledge = Je confirme que le client se trouve dans un lieu pris en charge.
start-why-region = Pourquoi le pays compte
    .text = Chaque région conserve les données de ses clients dans son propre espace. Le pays choisi décide duquel, une fois pour toutes : noms, personnes et essais n’en sortent jamais.
start-told-nobody = Aucune organisation n’utilise encore { $email } : une nouvelle sera créée.
start-told-region = Pays choisi : { $country }. Les données du client seront donc conservées dans la région { $region }.
start-told-review = Pour ce pays, l’équipe des essais approuve d’abord.
start-told-existing = { $customer } existe déjà : ses administrateurs sont consultés avant tout démarrage.
start-told-own = { $customer } est votre client : l’essai démarre sans demande de consentement, et ses administrateurs sont prévenus.
start-services-none = Choisissez au moins un service.
start-existing-lead = L’adresse { $email } appartient à :
start-existing-text = Si c’est bien votre client, continuez : ses administrateurs complets sont invités à donner leur consentement. Sinon, l’adresse est erronée : revenez la corriger.
start-existing-yes = Oui, demander à cette organisation
start-existing-no = Non, corriger l’adresse
start-quantity-hint = Une seule quantité pour tous les services, à l’exception des appareils, de { $min } à { $max }.
start-length-ends = s’il démarre aujourd’hui, il se termine le { $date }
start-length-if = accepté et prêt aujourd’hui, il se terminerait le { $date }
start-length-asked = Le décompte commence dès que le client a accepté et que tous les services sont prêts.
start-length-fixed = { $service } dure toujours { $days } jours ; cela fixe la durée de tout l’essai.
start-length-own = { $service } a sa propre quantité : { $quantity }.
start-site-lead = Le nom fait partie de l’adresse de chaque réunion. Il doit être libre dans toutes les régions.
start-site-later = Vous pouvez nommer le site maintenant ou après l’accord du client.
start-site-hint = Minuscules, chiffres et traits d’union, par exemple le nom de l’entreprise.
start-site-check = Vérifier et continuer
start-future = Votre essai à ce stade
start-future-hint = Comme s’il démarrait aujourd’hui ; il suit vos réponses.
start-future-whole = Tout ce qui va se passer
start-future-whole-hint = Chaque date et chaque courriel, tels que les règles les exécuteront.
start-answers-country = { $country }, données conservées : { $region }
start-answers-site = { $site } ({ $zone })
start-answers-later = plus tard, après l’accord
start-answers-service = { $service } : { $reason }
start-answers-mend = Corriger
start-answers-start = Démarrer l’essai
start-answers-ask = Envoyer la demande
start-answers-start-hint = Les services sont mis en place et les administrateurs du client sont prévenus. Vous pouvez annuler à tout moment.
start-answers-ask-hint = Rien ne démarre avant l’accord d’un administrateur complet du client.

device-what = Expédition
device-ship = Faire expédier des appareils par l’éditeur
device-ship-text = En prêt, pour { $days } jours au plus. La date de fin du prêt des appareils est une date à part : ce n’est pas la date d’expiration de l’essai.
device-skip-registration-only = Rien à expédier, licences d’enregistrement seulement
device-skip-partner-supplies = Nous fournissons nous-mêmes les appareils
device-skip-customer-has = Le client a déjà des appareils
device-skip-test-only = C’est un test, pas une vraie demande
device-types = Appareils à expédier
device-once = Chaque type n’est expédié qu’une fois par essai : impossible d’en ajouter ensuite.
device-max = { $max } au plus
device-poe = sans bloc d’alimentation
device-poe-ask = L’alimentation par Ethernet (PoE) est-elle disponible sur place ?
device-poe-hint = Les téléphones sont livrés sans bloc d’alimentation. Sans PoE, l’équipe des essais en est informée avec la demande. Une question ? { $contact }
device-to = Adresse de livraison
device-registrations = Licences d’enregistrement
device-registrations-hint = Au moins autant que d’appareils expédiés.
device-count = { $count } × { $device }
address-name = Destinataire
address-line1 = Rue
address-line2 = Complément d’adresse
address-postal-code = Code postal
address-city = Ville
address-phone = Téléphone pour le transporteur

started-title = C’est fait
started-active =
    .title = L’essai est en cours
started-asked = La demande est adressée à { $customer }. Rien ne démarre avant l’accord d’un administrateur complet.
    .title = La demande est partie
started-approval = L’équipe des essais décide d’abord de l’essai pour { $customer }. Vous serez informé par courriel.
    .title = Transmis à l’équipe des essais
started-provisioning = Pour { $customer }, la mise en service est en cours. Les jours comptent dès que tous sont prêts.
    .title = Mise en service en cours
started-ends = { $customer } peut commencer dès maintenant. L’essai dure jusqu’à la fin du { $date }.
started-until = Une réponse est possible jusqu’au { $date }.
started-open = Ouvrir l’essai
setup-title = Configurer maintenant ?
setup-now = Maintenant
    .text = Parcourez le profil, le site, les numéros et les utilisateurs. Vous pouvez vous arrêter à chaque étape et reprendre plus tard.
setup-now-button = Configurer maintenant
setup-later = Plus tard
    .text = Vous ou l’administrateur du client pouvez le faire à tout moment. Les administrateurs du client sont prévenus par courriel.
setup-later-button = Mes clients

trial-heading = Essai pour { $customer }
trial-extend = Prolonger
trial-edit = Modifier
trial-remind = Envoyer un rappel
trial-cancel = Annuler l’essai
trial-details = Confirmer les détails
trial-resend = Renvoyer la demande
trial-facts = En bref
trial-notes = Notes
trial-notes-label = Pour votre entreprise seulement
trial-no-notes = Pas de notes.
trial-emails = Courriels
trial-no-emails = Rien n’a encore été envoyé.
trial-held = La suppression est suspendue depuis le { $when }. Tant que la suspension n’est pas levée, rien d’irréversible ne se produit.
back-to-trial = Revenir à l’essai
correct-title = L’adresse de l’administrateur est-elle erronée ?
correct-text = Elle peut être corrigée tant que cette personne ne s’est pas connectée. Le message de bienvenue est renvoyé et l’ancien lien cesse de fonctionner.
correct-button = Corriger l’adresse

consent-title = Consentement
consent-asked = Demandé
consent-sent = Envoyé
consent-times = { $count ->
    [1] une fois
   *[other] { $count } fois
}
consent-until = Ouvert jusqu’au
consent-given = Donné
consent-wording = Texte présenté
consent-wording-of = Version { $version }, { $language }
consent-reason = Motif du refus

email-state-sent = Remis
email-state-pending = En route
email-state-given-up = Non remis
email-line = { $kind }, à { $to }
email-kind-consent-request = Demande de consentement
email-kind-consent-resent = Demande de consentement, relance
email-kind-consent-accepted = Demande acceptée
email-kind-consent-declined = Demande refusée
email-kind-consent-lapsed = Demande caduque
email-kind-trial-started = Essai démarré
email-kind-welcome = Bienvenue
email-kind-provisioning-failed = Échec de la mise en service
email-kind-expiry-reminder = Rappel avant la fin
email-kind-expiry-notice = Avis de fin
email-kind-access-ended = Fin de l’accès
email-kind-extended = Nouvelle date de fin
email-kind-services-changed = Services modifiés
email-kind-cancelled = Essai annulé
email-kind-approval-requested = Approbation demandée
email-kind-approval-decided = Décision sur une approbation
email-kind-access-changed = Accès modifié

extend-title = Prolonger l’essai
extend-lead = Une prolongation compte à partir d’aujourd’hui, et non de l’ancienne date de fin. Comparez avant de décider.
extend-same = La date de fin reste la même.
extend-gains = { $days ->
    [one] Un jour gagné
   *[other] { $days } jours gagnés
}
extend-loses = { $days ->
    [one] L’essai se terminerait un jour plus tôt
   *[other] L’essai se terminerait { $days } jours plus tôt
}
extend-button = Prolonger jusqu’au { $date }
extend-button-shorten = Avancer la fin au { $date }
extend-shorten = Oui, l’essai doit se terminer plus tôt que prévu.
extend-table = Dates avant et après
extend-what = Échéance
extend-none = aucune
extend-devices = La date de fin du prêt des appareils ne change pas : prolonger l’essai ne la déplace pas.
extend-approval = L’équipe des essais décide des prolongations.
extend-ask = Demander la prolongation

edit-title = Modifier services et licences
edit-lead = Les services ajoutés se terminent avec l’essai. Vous voyez ce qui change avant de confirmer.
edit-check = Vérifier les changements
edit-changes = Ce qui change
edit-nothing = Rien : l’essai correspond déjà à cela.
edit-added = { $service } est ajouté
edit-removed = { $service } est retiré et s’arrête immédiatement
edit-quantity = Licences : de { $before } à { $after }
edit-end = La date de fin ne bouge pas. Les administrateurs du client sont prévenus.
edit-button = Appliquer ces changements
edit-surplus = { $service } est attribué à un plus grand nombre de personnes. Retirez-le d’abord à : { $people }.

cancel-title = Annuler cet essai ?
cancel-lead = Voici ce qui se passerait, et quand.
cancel-now = Immédiatement
cancel-services = Arrêt pour tous : { $services }.
cancel-request = La demande est close : { $services }.
cancel-site = Le site de réunion { $site } est abandonné. Son nom reste réservé jusqu’au { $date }.
cancel-numbers = Les numéros de téléphone sont libérés.
cancel-organization = { $users ->
    [one] Restée sans service, l’organisation est fermée, avec { $users } personne. C’est irréversible. Un nouvel essai ou une commande d’ici là l’évite.
   *[other] Restée sans service, l’organisation est fermée, avec ses { $users } personnes. C’est irréversible. Un nouvel essai ou une commande d’ici là l’évite.
}
cancel-users-told = Les utilisateurs sont informés de la fin de l’accès.
cancel-reason-hint = Joint au courriel adressé aux personnes concernées.
cancel-keep = Garder l’essai
cancel-button = Annuler l’essai
withdraw-title = Retirer cette demande ?
withdraw-lead = Le client n’a pas encore répondu. Voici ce qui se passerait.
withdraw-keep = Garder la demande
withdraw-button = Retirer la demande

details-title = Confirmer les détails
details-lead = { $customer } a accepté : { $services }. Confirmez ou complétez ce que demandent les services ; leur mise en service suit.
details-zone = Fuseau horaire du client
details-button = Confirmer et mettre en service

remind-title = Envoyer un rappel au client
remind-lead = Les administrateurs de l’organisation { $customer } reçoivent de nouveau le rappel avec la date de fin : { $date }.
remind-line = Quelques mots de vous
remind-hint = Cités dans le courriel, avec le nom de votre entreprise.
remind-today = Un rappel est parti aujourd’hui. Le prochain pourra partir demain.
remind-button = Envoyer le rappel

requests-title = Demandes
requests-none = Aucune demande
    .text = Quand un partenaire souhaite mener un essai chez vous, sa demande apparaît ici.
request-title = { $partner } vous propose un essai
request-lead = { $partner } propose à { $company } d’essayer les services ci-dessous. Rien ne démarre sans votre accord, et c’est gratuit.
request-until = Réponse attendue jusqu’au
request-services = Ce que vous essaieriez
request-level = Que pourra faire le partenaire ?
request-level-lead = Vous décidez de ce que { $partner } peut faire dans votre organisation. Vous pourrez le réduire ou le retirer plus tard.
level-provisioning = Administrateur de mise en service
level-full = Administrateur complet
level-unticked = Si vous laissez la case vide
level-ticked = Si vous cochez la case
level-can-trial = Mettre en service et gérer les services de l’essai
level-can-users = Gérer vos utilisateurs et vos licences
level-can-settings = Modifier les réglages de votre organisation
level-cannot-users = Ne gère ni vos utilisateurs ni vos licences
level-cannot-settings = Ne modifie pas les réglages de votre organisation
request-full = Donner à { $partner } le rôle d’administrateur complet
request-record = Votre nom, l’heure et ce texte sont conservés avec l’essai comme preuve.
request-accept = Accepter l’essai
request-accept-rest = Accepter sans ces services
request-gone = Depuis la demande, ces services ne sont plus disponibles :
request-gone-rest = Vous pouvez accepter les autres.
request-decline-open = Refuser
request-reason-hint = Lu par { $partner }.
request-decline = Refuser la demande
request-home = Aller à ma page d’accueil
request-not-you = Seul un administrateur complet de votre entreprise peut répondre. Prévenez l’un d’eux.
request-is-open = Cette demande attend une réponse.
request-is-lapsed = Le délai de réponse est passé. Le partenaire peut refaire une demande.
request-is-declined = Cette demande a été refusée ou close.
request-is-cancelled = Le partenaire a retiré cette demande, ou l’essai a été annulé.
request-is-accepted = Cette demande a été acceptée.
superseded-title = Un courriel plus récent remplace ce lien
superseded-lead = La demande a été renvoyée. Utilisez le lien du dernier courriel, ou ouvrez la demande d’ici.
superseded-open = Ouvrir la demande

overview-title = Vue d’ensemble
overview-none = Aucun essai
    .text = Quand votre entreprise essaie un service, vous voyez ici pour combien de temps et quelle est la suite.
overview-left = { $days ->
    [0] dernier jour aujourd’hui
    [one] jour restant
   *[other] jours restants
}
overview-grace = { $days ->
    [0] dernier jour de grâce
    [one] jour de grâce restant
   *[other] jours de grâce restants
}
overview-partner = Votre partenaire : { $partner }
overview-next = Prochaine étape : { $what }, { $date }
overview-asked = { $partner } vous propose un essai et attend votre réponse.
overview-asked-open = Lire la demande
overview-purchase = Acheter
subscriptions-title = Abonnements
subscriptions-tried = À l’essai
subscriptions-none = Aucun essai en cours.
subscriptions-grace = L’essai a expiré. Achetez, ou faites prolonger l’essai par votre partenaire, avant la fin du { $date } ; ensuite, l’accès prend fin, et licences, site et réglages téléphoniques disparaissent définitivement.
purchase-title = Acheter
purchase-text = Les commandes sont passées par votre partenaire, qui répond aussi aux questions de prix. L’utilisation et les réglages de l’essai sont conservés. Contactez :

approvals-title = Approbations
approvals-count = { $count ->
    [0] Rien en attente
    [one] { $count } décision en attente
   *[other] { $count } décisions en attente
}
approvals-none = Tout est traité
    .text = Aucune décision ne vous attend. Les nouvelles demandes apparaissent ici et vous parviennent par courriel.
approvals-who = { $partner } pour { $customer }, { $country }
approvals-since = En attente depuis le { $date }
approvals-approve = Approuver
approvals-refuse = Refuser
approval-country = Essai dans ce pays : { $country }
approval-country-why = Le programme demande un examen avant un premier essai dans ce pays.
approval-service = Essai : { $service }
approval-service-why = Le programme demande une approbation avant d’essayer ce service.
approval-extension = Prolongation de { $days } jours
approval-extension-why = Le programme demande une approbation avant une prolongation. Les jours comptent à partir de l’approbation.

mailbox-title = Messagerie
mailbox-lead = Tous les courriels partis de cette démonstration, quel qu’en soit le destinataire.
mailbox-to = Destinataire (adresse entière)
mailbox-none = Aucun courriel
    .text = Démarrez un essai ou avancez l’horloge : les courriels envoyés apparaissent ici.
mail-follow = Ouvrir le lien
mail-html = Tel qu’il s’affiche
mail-text = En texte brut

design-title = Composants
design-lead = Chaque composant dans chaque état, dans cette langue et cette apparence.
design-colours = Couleurs
design-type = Typographie
design-icons = Icônes
design-chips = États
design-buttons = Boutons
design-form = Formulaire
design-notices = Messages
design-empty = États vides
design-facts = Données
