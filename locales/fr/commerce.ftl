# Les commandes telles qu’on les rencontre : depuis l’essai, chez le distributeur, au service des commandes, chez le contact, et le souhait d’acheter.
nav-orders = Commandes
trial-convert = Convertir en commande payante
customer-order = Commande { $reference }
order-placed-of = { $name }, { $company }
conversion-line = { $service } : { $licences }
trial-order-open = Ouvrir
trial-order = Une commande a été passée le { $date }. Elle attend sa configuration jusqu’à la fin du { $closes }, et rien de l’essai n’est supprimé avant.
trial-wanted = Le client a indiqué le { $date } qu’il souhaite acheter.
trial-handed = Cet essai a été confié à votre distributeur le { $date }.

status-order-open = À configurer
status-order-mapping = Configuration en cours
status-order-mapped = Configurée
status-order-closed = Close
status-order-withdrawn = Retirée
status-order-asked = À commander
wait-contact = { $days ->
    [0] contact · dernier jour
    [one] contact · { $days } jour
   *[other] contact · { $days } jours
}
means-order-open = Le contact de mise en service a reçu le courriel « Configurer votre service » et n’y a pas encore répondu. Sans réponse d’ici la fin du { $date }, la commande est close et l’essai suit son cours.
means-order-open-outside = Le contact de mise en service a reçu le courriel « Configurer votre service » et n’y a pas encore répondu. Sans réponse d’ici la fin du { $date }, la commande est close et rien n’est acheté.
means-order-mapping = Les services sont en cours de configuration. Cela prend un instant.
means-order-mapped = La commande est configurée : ses services appartiennent au client.
means-order-closed = Personne n’a configuré la commande à temps ; elle est close. Une nouvelle commande est possible tant que l’essai peut être converti.
means-order-withdrawn = La commande a été retirée avant sa configuration. Une nouvelle commande est possible tant que l’essai peut être converti.

order-services = Services à acheter
order-services-hint = Le nombre de licences de chaque service. Un service sans nombre n’est pas commandé.
order-service-tried = À l’essai : { $licences }
order-service-assigned = { $assigned ->
    [0] À l’essai : { $licences }, aucune attribuée
    [one] À l’essai : { $licences }, dont { $assigned } attribuée
   *[other] À l’essai : { $licences }, dont { $assigned } attribuées
}
order-service-not-tried = Pas à l’essai
order-service-owned = Déjà acheté : { $licences }. Ce que vous commandez s’y ajoute.
order-devices = Appareils à acheter
order-devices-hint = Facultatif. Les appareils de l’essai sont prêtés et sont restitués dans tous les cas ; commandez-en ici de nouveaux.
order-devices-none = Facultatif. Aucun appareil de cet essai n’est à restituer.
order-devices-any = Facultatif. Ce qui est prêté pour un essai est restitué ; commandez ici de nouveaux appareils.
order-contact = Contact de mise en service
order-contact-hint = Cette personne reçoit le courriel « Configurer votre service » et indique à qui reviennent les services.
order-contact-me = Moi, en tant que partenaire
order-contact-me-about = Recommandé : { $email }. Vous connaissez l’essai ; ainsi, rien n’est oublié.
order-contact-handed = Le partenaire qui vous l’a confiée
order-contact-handed-about = Recommandé : { $partner } connaît le client et configure la commande.
order-contact-distributor = Moi
order-contact-distributor-about = { $email }. Vous ne voyez pas les noms des personnes du client ; si quelqu’un devait perdre une licence, vous ne pourriez pas configurer la commande.
order-contact-colleague = Une personne de l’équipe commerciale du partenaire
order-contact-colleague-about = Saisissez son adresse ci-dessous.
order-contact-customer = Un administrateur complet du client
order-contact-customer-about = Saisissez son adresse ci-dessous. L’administrateur de l’essai est le choix le plus sûr.
order-contact-customer-known = Saisissez son adresse ci-dessous. { $email } administre l’essai : c’est le choix le plus sûr.
order-contact-email = Adresse électronique du contact
order-contact-email-hint = Seulement s’il s’agit d’une autre personne que vous.
order-contact-email-needed = Elle doit appartenir à quelqu’un qui peut se connecter ici.
order-contact-customer-unknown = Aucun administrateur complet du client n’a cette adresse. Vérifiez-la ou choisissez quelqu’un d’autre.
order-contact-colleague-unknown = Personne n’a cette adresse parmi les commerciaux du partenaire. Vérifiez-la ou choisissez quelqu’un d’autre.
order-fault = { $what } : { $fault }
order-contact-as = Cette personne est
order-as-partner = un administrateur du partenaire
order-as-customer = un administrateur complet du client

convert-title = Convertir en commande payante
convert-lead = Vérifiez les achats prévus pour { $customer }. Rien n’est commandé avant que vous ayez vu ce qui change.
convert-lead-grace = Chez { $customer }, l’essai a expiré. Il peut être converti jusqu’à la fin du { $date } ; une commande passée d’ici là conserve tout jusqu’à sa configuration.
convert-check = Vérifier
convert-answers = Est-ce bien la commande ?
convert-answers-lead = Pour { $customer }. Rien n’est commandé avant le dernier bouton.
convert-checked = Ce qui change
convert-warning = Quelqu’un perdrait une licence utilisée. La personne qui configure la commande devra l’accepter, au cas par cas.
conversion-warning = Quelqu’un perdrait une licence utilisée. C’est à { $partner } ou au client d’en décider : confiez la configuration à l’un d’eux, ou commandez davantage.
convert-place = Passer la commande
convert-dates = Les appareils prêtés sont à restituer : leur date de fin est le { $devices }, et l’achat ne la déplace pas. L’essai lui-même se termine le { $ends }.
convert-dates-over = Les appareils prêtés sont à restituer : leur date de fin est le { $devices }, et l’achat ne la déplace pas. L’essai lui-même s’est terminé le { $ends }.
convert-dates-unknown = Les appareils prêtés sont à restituer à leur propre date, et l’achat ne la déplace pas. L’essai lui-même se termine le { $ends }.
convert-dates-unknown-over = Les appareils prêtés sont à restituer à leur propre date, et l’achat ne la déplace pas. L’essai lui-même s’est terminé le { $ends }.
convert-next = La suite
convert-next-email = { $contact } reçoit le courriel « Configurer votre service » et indique l’adresse électronique de l’administrateur de l’essai.
convert-next-confirm = Les services sont achetés une fois cette étape confirmée. D’ici là, rien n’est supprimé.
convert-next-until = Cela doit être fait d’ici la fin du { $date }. Nous le rappelons au contact auparavant ; ensuite, la commande est close.

hand-title = Votre distributeur passe cette commande
hand-lead = En tant que partenaire de niveau 2, vous achetez auprès de { $distributor }. Confiez-lui la conversion : elle devient l’une de ses tâches.
hand-sees = { $distributor } voit l’essai, ses quantités, le nom du client et l’adresse électronique de l’administrateur ; rien d’autre.
hand-button = Confier à { $distributor }
hand-done-title = Chez votre distributeur
hand-done = Cette tâche est confiée à { $distributor } depuis le { $date }. Vous serez informé dès que les services seront achetés.
hand-until = L’essai peut être converti jusqu’à la fin du { $date }.
hand-nobody = Votre entreprise n’a pas de distributeur certifié en ce moment : personne ne peut passer cette commande. Contactez l’éditeur.
hand-distributor = Distributeur
hand-contact = Contact
hand-what = À convertir

conversion-title = Commande pour { $customer }
conversion-lead = { $partner } vous a confié cette conversion. Passez la commande, et l’essai devient un abonnement.
conversion-about = L’essai
conversion-sees = Vous voyez ce qu’il faut pour la commande, jusqu’à ce qu’elle soit faite.
conversion-services = Services à l’essai
conversion-administrator = Administrateur
conversion-until = Conversion possible jusqu’au

orders-title = Commandes
orders-lead = Les commandes de vos clients, et qui doit encore les configurer.
orders-lead-vendor = Les commandes de tous les partenaires. Une commande que personne ne configure à temps est close.
orders-views = Vues
orders-view-open = À configurer
orders-view-nearing = Bientôt closes
orders-view-mapped = Configurées
orders-view-closed = Closes
orders-none = Aucune commande ici
    .text = Une commande se passe depuis un essai : ouvrez le client, puis son essai, et choisissez « Convertir en commande payante ».
orders-none-vendor = Rien ici
    .text = Aucune commande n’est dans cet état. Les nouvelles apparaissent d’elles-mêmes.
orders-no-match = Rien ne se clôt bientôt
    .text = Aucune commande ouverte ne se clôt dans les 10 jours.
orders-all-open = Voir toutes les commandes ouvertes
orders-asked = Confiées à votre entreprise
orders-asked-text = Conversions que vos partenaires vous ont confiées.
order-whose = Client
order-outside = Commande externe
order-placed = Passée le
order-heading = Commande pour { $customer }
order-ordered = Ce qui a été commandé
order-ordered-now = Sera commandé
order-about = À propos de cette commande
order-placed-by = Passée par
order-closes = Sera close à la fin du
order-closed = Close le
order-mapped = Configurée le
order-trial-open = Ouvrir l’essai
order-customer-open = Ouvrir le client
order-set-up = Configurer votre service
order-contact-of = { $name } ({ $role })
order-contact-nobody = Le contact n’est plus là. Désignez quelqu’un d’autre.
order-resend = Renvoyer le courriel
order-redirect-open = L’envoyer à quelqu’un d’autre
order-redirect-hint = Le lien du courriel précédent cesse de fonctionner.
order-redirect = Désigner cette personne comme contact
order-close = Retirer cette commande
order-close-title = Retirer cette commande ?
order-close-now = Rien n’est acheté. Le lien du courriel cesse de fonctionner.
order-close-trial = L’essai suit de nouveau ses propres dates.
order-close-grace = Le délai de grâce de l’essai est écoulé. L’essai prend fin définitivement avec cette commande : accès, licences, site et réglages disparaissent.
order-close-reason = Le contact peut le lire.
order-keep = Garder la commande

place-open = Passer une commande pour un partenaire
place-title = Passer une commande pour un partenaire
place-lead = Pour les commandes qui vous parviennent par d’autres voies. Le contact du partenaire la configure comme d’habitude.
place-partner = Pour quel partenaire
place-partner-hint = Le partenaire dont c’est le client.
place-email-hint = Si vous savez de quel essai il s’agit : rien n’en est alors supprimé avant la configuration.

set-up-over = Commande { $reference } · { $partner }
set-up-step = Étape { $step } sur { $of }
set-up-who = Qui êtes-vous ?
set-up-lead = Cette commande concerne : { $services }. Trois questions, et les services sont à leur place.
set-up-until = Merci de répondre d’ici la fin du { $date } ; ensuite, la commande est close.
set-up-who-needed = Indiquez qui vous êtes.
set-up-partner = Je suis le partenaire
set-up-partner-about = Je travaille chez { $partner } et je configure pour un client.
set-up-customer = Je suis l’administrateur du client
set-up-customer-about = J’administre l’organisation qui a essayé les services.
set-up-email = À qui est l’essai ?
set-up-email-lead = Saisissez l’adresse électronique de l’administrateur de l’essai, chez le client. Elle détermine quelle organisation reçoit les services.
set-up-email-label = Adresse électronique de l’administrateur de l’essai, chez le client
set-up-email-hint = Celle qui a été donnée au début de l’essai. Rien n’est encore acheté.
set-up-find = Trouver l’essai
set-up-back = Retour
set-up-no-match = Aucun essai trouvé pour cette adresse
set-up-no-match-lead = L’adresse { $email } ne correspond à aucun essai que cette commande puisse reprendre. Rien n’a été modifié, et aucune organisation n’a été créée.
set-up-spelling = Vérifiez l’orthographe
set-up-spelling-hint = Une lettre en trop ou une autre terminaison suffit pour que l’essai ne soit pas trouvé.
set-up-candidates = Vouliez-vous dire l’un de ceux-ci ?
set-up-candidates-hint = Des essais que vous pouvez voir et qui se ressemblent. En choisir un le montre avant toute action.
set-up-nobody = Il n’y a pas d’essai semblable que vous puissiez voir. Demandez à la personne qui a commencé l’essai quelle adresse elle a donnée.
set-up-unlooked = Certains essais n’ont pas pu être examinés, faute de réponse : { $regions }. Réessayez dans un instant avant de décider.
candidate-similar-address = { $country } · adresse semblable
candidate-same-domain = { $country } · même domaine
candidate-similar-name = { $country } · nom semblable
candidate-same-administrator = { $country } · l’adresse est juste, il y a plusieurs essais
candidate-only-one = { $country } · l’essai pour lequel cette commande a été passée
set-up-trial-administrator = Administrateur de l’essai
set-up-verify = Tout est-il correct ?
set-up-verify-lead = Vérifiez le client et ce qui change. Avec le dernier bouton, l’essai devient un abonnement.
set-up-company = Le client
set-up-administrators = Administrateurs
set-up-losses = Ce qui disparaîtrait
set-up-losses-hint = Ces licences sont utilisées et ne figurent pas dans la commande. Les personnes qui ne peuvent plus se connecter perdent la leur en premier, puis les dernières dans l’ordre alphabétique des adresses électroniques. Cochez chaque perte acceptable, ou faites commander davantage de licences.
set-up-loss-service = { $service } s’arrête, bien que ce service soit utilisé
set-up-loss-fewer = { $service } : moins de licences qu’il n’en est utilisé
set-up-loss-people = Perdent la licence : { $people }
set-up-loss-more = { $count ->
    [one] et { $count } autre personne
   *[other] et { $count } autres personnes
}
set-up-loss-unticked = Cochez chaque perte que vous acceptez. Sinon, quittez la page : rien n’a changé.
set-up-confirm = C’est le bon client : { $customer }
set-up-confirm-needed = Confirmez que c’est le bon client.
set-up-button = Configurer les services
set-up-other = Non, un autre client
set-up-done = Les services sont configurés
set-up-done-lead = { $customer } dispose désormais de ce qui a été commandé.
set-up-bought = Acheté
set-up-ended = Terminé avec l’essai
set-up-lent = Les appareils prêtés pour l’essai sont toujours à restituer, à leur propre date.
set-up-told = Les administrateurs du client et le partenaire reçoivent un courriel à ce sujet.
set-up-over-title = Cette commande n’est plus ouverte
set-up-over-otherwise = S’il manque quelque chose, adressez-vous à { $partner }.
set-up-go-subscriptions = Voir vos abonnements
set-up-go-customer = Ouvrir le client
set-up-go-orders = Voir toutes les commandes

new-organization-open = Ce n’est aucun de ceux-ci
new-organization-hint = Seulement si le client n’a encore aucune organisation ici. L’essai n’est pas repris.
new-organization-title = Créer une nouvelle organisation
new-organization-lead = C’est irréversible. Merci de lire ce que cela signifie.
new-organization-now = Une deuxième organisation est créée, avec les services de cette commande. Elle est vide.
new-organization-trial = Aucun essai n’est repris : utilisateurs, réglages et utilisation restent dans l’ancienne organisation, qui prend fin à ses propres dates.
new-organization-region = Le pays décide définitivement du lieu où les données sont conservées.
new-organization-mail = L’administrateur reçoit une invitation par courriel.
new-organization-export = Emportez d’abord ce que contient l’essai :
new-organization-email = Adresse électronique du premier administrateur
new-organization-email-hint = Elle ne doit encore appartenir à aucune organisation.
new-organization-taken = Cette adresse appartient déjà à une organisation. Prenez-en une autre, ou revenez en arrière et saisissez-la pour trouver son essai.
new-organization-country = Il ne peut plus être modifié ensuite.
new-organization-again = Saisissez à nouveau le nom de l’entreprise
new-organization-again-hint = Pour que cela n’arrive pas par mégarde.
new-organization-again-wrong = Ce n’est pas le nom saisi ci-dessus.
new-organization-back = Retour à l’adresse électronique
new-organization-button = Créer cette organisation
new-organization-when = Définitivement

difference-title = Ce qui change
difference-kept = Conservé
difference-kept-text = Continue tel quel, avec utilisateurs et réglages.
difference-lost = Perdu
difference-lost-text = À l’essai, mais absent de la commande. S’arrête à la configuration.
difference-new = Nouveau
difference-new-text = Dans la commande, mais pas à l’essai. Mis en service aussi.
difference-fewer = Moins de licences qu’il n’en est utilisé
difference-fewer-text = Les personnes nommées perdraient la leur.
difference-fewer-unnamed = Quelqu’un perdrait la sienne ; la personne qui configure la commande voit qui.
difference-numbers = { $count ->
    [one] Avec la téléphonie, { $count } numéro disparaît. Il est gardé { $days } jours, puis libéré.
   *[other] Avec la téléphonie, { $count } numéros disparaissent. Ils sont gardés { $days } jours, puis libérés.
}
difference-quantities = À l’essai : { $before }, commandé : { $after }
difference-lost-row = { $assigned ->
    [0] À l’essai : { $before }, aucune attribuée
    [one] À l’essai : { $before }, dont { $assigned } attribuée
   *[other] À l’essai : { $before }, dont { $assigned } attribuées
}
difference-fewer-row = Commandé : { $after }, attribué : { $assigned }
difference-people = Perdent la licence : { $people }

purchase-lead = { $partners } passe la commande pour vous et répond à vos questions de prix.
purchase-then-told = Les personnes qui vous suivent chez { $partners } reçoivent un courriel aujourd’hui.
purchase-then-nothing = Rien n’est commandé et rien n’est facturé à ce stade.
purchase-then-kept = L’utilisation et les réglages de l’essai sont conservés à l’achat.
purchase-which = Que souhaitez-vous acheter ?
purchase-note = Message
purchase-note-hint = Par exemple le nombre de licences souhaité, ou quand vous joindre.
purchase-button = Acheter
purchase-nobody = Aucun partenaire ne suit d’essai chez vous en ce moment. Contactez l’éditeur.
purchase-managed = Votre interlocuteur pour ce que vous avez acheté est { $partners } : adressez-lui vos demandes de licences ou d’autres services.
purchase-contact = { $name }, { $email }
cancel-handed = La conversion confiée au distributeur quitte la liste de ses tâches.
purchase-told = Nous avons prévenu { $partner } le { $date }.
purchase-again = Vous pourrez renvoyer ce message demain.
purchase-used = { $assigned ->
    [one] { $assigned } licence utilisée sur { $quantity }
   *[other] { $assigned } licences utilisées sur { $quantity }
}
purchase-not-tried = Un service acheté ne peut plus être essayé.
customer-managed-by = Géré par { $partner }
purchase-wanted = { $customer } souhaite acheter. Signalé le { $date }.
order-waits = Une commande passée par { $partner } vous attend : configurez votre service.
overview-ordered = Commande passée par { $by } le { $date }. Reste à la configurer : { $contact }, d’ici la fin du { $closes }.
overview-ordered-open = Commande passée par { $by } le { $date }. Elle reste à configurer, d’ici la fin du { $closes }.
overview-ended = Terminé avec l’essai : { $services }
overview-closes = Fermeture de l’organisation
    .short = Fermeture

done-order-placed = La commande est passée.
done-order-already = Une commande existe déjà pour cet essai : celle-ci. Rien n’a été ajouté.
done-order-already-other = Une commande existe déjà pour cet essai : celle-ci, et son contenu n’est pas tout à fait celui que vous vouliez. Rien n’a été ajouté. Si la vôtre est la bonne, retirez celle-ci et passez la vôtre.
done-order-resent = Le courriel est en route.
done-order-redirected = Le courriel est en route vers le nouveau contact.
done-order-closed = La commande est retirée.
done-handed-over = C’est confié. Votre distributeur s’en charge.
done-purchase-wanted = Votre partenaire est prévenu.
done-purchase-known = Votre partenaire a déjà été prévenu aujourd’hui.
