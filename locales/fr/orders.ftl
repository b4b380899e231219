# Commandes (CONV) : échéances, journal, refus. Les mots des pages et des courriels sont dans commerce.ftl et email.ftl.

milestone-order-reminder = Rappel de la commande
    .short = Rappel
    .rule = tant que la commande n’est pas configurée
milestone-order-closes = Clôture de la commande
    .short = Clôture
    .text = Une commande que personne n’a configurée d’ici là est close. Une autre peut être passée tant que dure l’essai.
    .rule = 30 jours après la commande

audience-person = { $count ->
    [one] { $count } personne chargée de configurer la commande
   *[other] { $count } personnes chargées de configurer la commande
}

email-kind-order-set-up = Configurer votre service
email-kind-order-reminder = Rappel de commande
email-kind-order-closed = Commande close
email-kind-converted = Services achetés
email-kind-conversion-handed-over = Conversion confiée au distributeur
email-kind-purchase-wanted = Le client souhaite acheter

event-order-placed = Commande passée
event-order-redirected = Commande envoyée à nouveau
event-order-closed = Commande close
event-conversion-handed-over = Conversion confiée au distributeur
event-purchase-wanted = Le client souhaite acheter
event-order-bought = Acheté par une commande, sans essai
event-organization-founded = Organisation créée par une commande

problem-loss-not-yours = La commande compte moins de licences qu’il n’en est utilisé. C’est au partenaire de ce client, ou au client lui-même, de décider qui perd la sienne : envoyez-lui la commande à configurer, ou faites commander davantage de licences.
    .title = La décision revient à un autre

problem-order-open = Une commande est déjà ouverte pour cet essai : configurez-la ou retirez-la d’abord.
    .title = Commande déjà passée

problem-no-partner = Aucun partenaire ne mène d’essai avec votre entreprise en ce moment : demandez à l’éditeur à qui vous adresser.
    .title = Aucun partenaire à prévenir

problem-unknown-contact = Personne à cette adresse n’a de rôle commercial chez le partenaire ni ne décide pour le client : indiquez un administrateur commercial du partenaire ou un administrateur complet du client.
    .title = Contact inconnu

problem-contact-role = Cette personne n’a pas le rôle indiqué : choisissez l’autre rôle ou une autre personne.
    .title = Rôle inadapté

problem-not-confirmed = Les informations du client ne sont pas encore confirmées : vérifiez-les, puis confirmez.
    .title = Non confirmé
