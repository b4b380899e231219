## La fiche de retour (PDF)

sheet-title = Fiche de retour
sheet-lead = Imprimez cette fiche et glissez-en un exemplaire dans chaque carton renvoyé.
sheet-rma = Numéro RMA
sheet-order = Numéro de commande de démonstration
sheet-carrier = Transporteur
sheet-customer = Client
sheet-partner = Partenaire
sheet-device-ends = Date de fin du prêt des appareils
sheet-due = Dernier jour pour le retour
sheet-steps = Comment renvoyer les appareils
sheet-contact = Une question ? { $contact }
sheet-devices = { $count ->
    [one] À renvoyer : { $count } appareil
   *[other] À renvoyer : { $count } appareils
}
sheet-tick = Cochez chaque appareil en l’emballant. Son numéro de série doit être celui imprimé ici.
sheet-device = Appareil
sheet-serial = Numéro de série
sheet-received = reçu le { $date }
sheet-page = Page { $page } sur { $pages }

## Pages

nav-devices = Appareils
nav-shipments = Expéditions
nav-longer = Prêts à prolonger
nav-returns = Retours

devices-title = Appareils
devices-views = Vues
devices-search = Client, numéro de commande ou de série
devices-tab-all = Tous
devices-tab-requested = Demandés
devices-tab-approved = À expédier
devices-tab-shipped = Expédiés
devices-tab-returned = Rendus
devices-tab-open = À renvoyer
devices-tab-overdue = En retard
devices-tab-complete = Terminés
devices-no-match = Aucun résultat
    .text = Essayez une autre vue ou d’autres mots.
devices-none = Pas encore d’appareils
    .text = Les appareils se demandent avec un essai, ou plus tard sur sa page.
devices-none-here = Aucun appareil n’a été demandé.
devices-partner-lead = Ce que vos clients ont en prêt, ce qui est à renvoyer et ce qui est en retard.
devices-control-lead = Ce que vous avez en prêt, jusqu’à quand, et comment le renvoyer.
devices-control-none = Aucun appareil en prêt
    .text = Les appareils qui vous sont expédiés figurent ici avec leurs dates.

label-trial-administrator = Administrateur de l’essai
address-state = État ou province
address-state-hint = Pour les adresses aux États-Unis, au Canada et en Australie.
device-order = Numéro de commande de démonstration
device-carrier = Transporteur
device-tracking = Numéro de suivi
device-shipped-on = Expédiés le
device-asked = Demandés le
device-poe-at = PoE sur place
device-poe-none = Non : les téléphones sont livrés sans alimentation
device-ends = Date de fin du prêt des appareils
device-ends-later = Date de fin du prêt des appareils : fixée à l’expédition
device-return-opens = Retours acceptés à partir du
device-return-due = Dernier jour pour le retour
device-trial-ends = Date d’expiration de l’essai
device-two-dates = La date de fin du prêt des appareils et la date d’expiration de l’essai sont deux dates : prolonger ou convertir l’essai ne déplace pas la fin du prêt.
device-two-dates-ahead = L’équipe des essais fixe la date de fin du prêt des appareils à l’expédition, { $days } jours plus tard au plus. Ce n’est pas la date d’expiration de l’essai.
device-note = Message : { $note }
device-decision = Motif indiqué : { $reason }
device-serials = { $count ->
    [one] { $count } numéro de série
   *[other] { $count } numéros de série
}
device-came = rendu le { $date }
device-came-of = { $came ->
    [one] { $came } rendu sur { $all }
   *[other] { $came } rendus sur { $all }
}
device-rma = Numéro RMA
device-way = Comment les renvoyer : { $carrier }
device-ask = Questions et enlèvement : { $contact }
device-sheet = Fiche de retour (PDF)
device-agreement = Le contrat relatif aux appareils (CLUF)
device-agreement-ask = Demandez le contrat relatif aux appareils (CLUF) à { $contact }.
device-is-requested = En attente de l’équipe des essais
device-is-approved = Sera expédié
device-is-refused = Non approuvé
device-is-withdrawn = Retiré
device-is-out = En prêt
device-is-due = À renvoyer, dernier jour le { $date }
device-is-overdue = { $days ->
    [one] { $days } jour de retard
   *[other] { $days } jours de retard
}
device-is-back = Tout est rendu
device-open-return = Commencer le retour
device-longer = Garder plus longtemps
device-longer-hint = L’équipe des essais décide. { $days } jours de plus sont possibles au maximum, jusqu’au { $date }.
device-longer-days = Jours de plus
device-longer-contact = Une question ? { $contact }.
device-longer-ask = Envoyer la demande
device-longer-line = { $days ->
    [one] { $days } jour de plus : prêt jusqu’au { $date }
   *[other] { $days } jours de plus : prêt jusqu’au { $date }
}
device-longer-range = Saisissez un nombre entier de 1 à { $days } : le { $date } est le dernier jour possible.
device-longer-waits = Une demande de prolongation du prêt attend l’équipe des essais. Une autre pourra suivre sa décision.
device-longer-pending = En attente
device-longer-approved = Approuvée
device-longer-refused = Refusée
device-longer-withdrawn = Devenue inutile
device-label = Étiquette ou emballage perdu ?
device-label-hint = Demandez une nouvelle étiquette de retour, une fois par jour au plus.
device-label-last = Dernière demande le { $date }.
device-label-ask = Demander une nouvelle étiquette
device-request = Demander des appareils
device-request-title = Demander des appareils
device-request-lead = L’équipe des essais approuve et expédie. Un type déjà expédié pour cet essai ne peut pas l’être de nouveau.
device-request-reason = L’équipe des essais le lit.
device-request-button = Envoyer la demande
device-gone-shipped = Déjà expédiés : { $count }
device-gone-asked = Déjà demandés : { $count }
device-serial-fault = { $serial } : { $text }

shipments-title = Expéditions
shipments-lead = Ce que les partenaires demandent d’expédier, et ce que vous avez expédié.
shipments-none = Rien à expédier
    .text = Les demandes d’appareils arrivent ici.
shipment-title = Expédition pour { $customer }
shipment-no-poe = Il n’y a pas de PoE sur place, et les téléphones sont livrés sans alimentation. Voyez avec { $partner } comment les alimenter.
shipment-return = Retour { $rma }
shipment-decide = Approuver la demande ?
shipment-reason-hint = Le partenaire le lit.
shipment-ship = Saisir l’expédition
shipment-order-hint = D suivi de chiffres.
shipment-serials = Numéros de série
shipment-serials-hint = Un par ligne, comme le lecteur les écrit : exactement autant que d’appareils expédiés.
shipment-ends-hint = Ce n’est pas la date d’expiration de l’essai ({ $trial }). Pour un départ aujourd’hui, le { $latest } est le dernier jour possible.
shipment-ship-button = Expédié : prévenir le client
shipment-correct = Corriger un numéro de série
shipment-correct-lead = Si un numéro de série a été mal saisi à l’expédition, corrigez-le ici avant le retour de l’appareil.
shipment-correct-from = Saisi à l’expédition
shipment-correct-to = Inscrit sur l’appareil
shipment-correct-hint = Tel que l’étiquette l’indique.
shipment-correct-one = { $serial } · { $device }
shipment-correct-button = Corriger

longer-title = Prêts à prolonger
longer-lead = Demandes pour garder des appareils plus longtemps. Personne n’approuve la sienne.
longer-none = Rien n’attend
    .text = Les demandes de prolongation de prêt arrivent ici.
longer-what = { $days ->
    [one] { $days } jour de plus
   *[other] { $days } jours de plus
}
longer-who = { $customer } · { $partner } · { $order }
longer-out = En prêt au total
longer-limit = Le dernier jour possible est le { $date } : { $days ->
    [one] { $days } jour de plus
   *[other] { $days } jours de plus
}.
longer-over = L’approbation dépasserait cette limite : la demande serait close comme refusée, avec cette limite pour motif.
longer-own = Vous avez fait cette demande vous-même : quelqu’un d’autre décide.

returns-title = Retours
returns-lead = Ce qui est à renvoyer, en retard ou déjà rendu, la prochaine échéance d’abord.
returns-none = Rien à renvoyer
    .text = Les retours figurent ici dès le jour où ils sont acceptés.
return-title = Retour { $rma }
return-receive = Réceptionner des appareils
return-receive-hint = Collez ou scannez, un par ligne. Les bons numéros sont acceptés ; chaque numéro erroné est indiqué.
return-receive-button = Réceptionner
return-taken = { $count ->
    [one] { $count } appareil reçu.
   *[other] { $count } appareils reçus.
}
return-wrong = { $count ->
    [one] { $count } n’a pas été reçu
   *[other] { $count } n’ont pas été reçus
}
return-wrong-unknown = Il n’appartient pas à cette expédition.
return-wrong-foreign = Il appartient à une autre expédition.
return-wrong-repeated = Il a déjà été reçu, ou figure deux fois ici.
return-wrong-look-alike = Un appareil de cette expédition lui ressemble : O et 0, ou I et 1.
return-mend-unknown = Vérifiez l’étiquette de l’appareil. Si elle est juste, mettez l’appareil de côté : le partenaire est prévenu.
return-mend-foreign = Recherchez-le et réceptionnez-le avec son propre retour.
return-mend-repeated = Il n’y a rien à faire.
return-mend-look-alike = Relisez l’étiquette et saisissez-la telle quelle.
return-shipment = L’expédition
return-label-asked = Une nouvelle étiquette de retour a été demandée le { $date }.

lookup-open = Rechercher des appareils
lookup-title = Rechercher des appareils
lookup-lead = Par le numéro de commande de démonstration ; à défaut, par le client.
lookup-by-order = Par numéro de commande
lookup-by-customer = À défaut
lookup-button = Rechercher
lookup-org = Identifiant de l’organisation
lookup-org-hint = Avec l’adresse de l’administrateur, ou avec les numéros de série de tous ses appareils.
lookup-serials-hint = Tous, un par ligne : avec une partie seulement, rien n’est trouvé.
lookup-none = Aucun résultat
    .text = Vérifiez le numéro, l’adresse, et que les numéros de série sont complets.

done-shipment-approved = La demande est approuvée ; le partenaire est prévenu. Saisissez maintenant l’expédition.
done-shipment-refused = La demande est refusée ; le partenaire est prévenu.
done-shipment-shipped = L’expédition est saisie ; le client et le partenaire sont prévenus.
done-longer-approved = La date de fin du prêt des appareils est déplacée ; le client et le partenaire sont prévenus.
done-longer-refused = La demande est refusée ; le partenaire est prévenu.
done-longer-too-long = Autant de jours ne sont pas possibles : la limite depuis l’expédition serait dépassée.
done-serial-corrected = Le numéro de série est corrigé.
done-longer-asked = L’équipe des essais a reçu la demande. La date de fin du prêt des appareils ne change pas d’ici sa décision.
done-label-asked = L’équipe des essais a reçu la demande d’étiquette.
done-label-today = Une étiquette a déjà été demandée aujourd’hui.
done-devices-asked = L’équipe des essais a reçu la demande d’appareils.
done-device-not-now = Ce n’est pas possible en l’état.
done-return-opened = Le retour a commencé. Voici comment renvoyer les appareils.
done-return-not-yet = Les retours ne sont pas encore acceptés.

timeline-open-lent = Une fois les appareils expédiés

extend-devices-out = { $count ->
    [one] { $count } appareil est en prêt : la date de fin du prêt des appareils ne change pas.
   *[other] { $count } appareils sont en prêt : la date de fin du prêt des appareils ne change pas.
}
cancel-devices-out = { $count ->
    [one] { $count } appareil en prêt est à renvoyer : dernier jour le { $date }.
   *[other] { $count } appareils en prêt sont à renvoyer : dernier jour le { $date }.
}
cancel-devices-wanted = Les appareils qui ne sont pas encore expédiés ne le seront pas.

problem-font-missing = Le fichier ne peut pas être produit : il manque une police sur le serveur. L’exploitant doit en installer une pour le chinois.
    .title = Police manquante

email-kind-shipment-requested = Appareils demandés
email-kind-device-shipped = Appareils en route
email-kind-device-extension-approved = Prêt prolongé
email-kind-device-extension-refused = Prolongation du prêt refusée
email-kind-return-open = Retour ouvert
email-kind-return-overdue = Appareils en retard
email-kind-return-received = Appareils reçus
email-kind-return-mismatch = Retour non conforme
