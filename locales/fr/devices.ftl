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
