# Devices: what is dated, what is recorded, what is refused (DEV, EXT-4).

milestone-device-return-opens = Retour des appareils possible
    .short = Retours ouverts
    .text = Le client et le partenaire reçoivent les étapes du retour.
    .rule = 14 jours avant la date de fin du prêt des appareils
milestone-device-ends = Date de fin du prêt des appareils
    .short = Fin du prêt
    .text = Ce n’est pas la date d’expiration de l’essai.
    .rule = à la fin du dernier jour du prêt
milestone-device-return-due = Retour des appareils attendu
    .short = Retour attendu
    .text = Ce qui n’est pas rendu d’ici là est en retard.
    .rule = 14 jours après la date de fin du prêt des appareils
milestone-return-overdue = Rappel des appareils en retard
    .short = Retard
    .text = Seulement tant qu’un appareil n’est pas rendu.
    .rule = 1, 7 et 14 jours après, puis chaque semaine

event-shipment-requested = Appareils demandés
event-shipment-decided = Décision sur la demande d’appareils
event-shipment-withdrawn = Demande d’appareils retirée
event-devices-shipped = Appareils expédiés
event-device-extension-asked = Prolongation du prêt demandée
event-device-extension-decided = Décision sur la prolongation du prêt
event-return-opened = Retour ouvert
event-devices-fall-due = Appareils à rendre
event-label-requested = Nouvelle étiquette de retour demandée
event-overdue-reminded = Rappel d’appareils en retard envoyé
event-devices-received = Appareils reçus
event-return-mismatched = Rien de juste dans un colis
event-serial-corrected = Numéro de série corrigé

problem-label-elsewhere = Il n’y a pas de nouvelle étiquette de retour dans ce pays : suivez les étapes du retour par { $carrier }, indiquées avec celui-ci.
    .title = Pas de nouvelle étiquette ici
    .plain = Il n’y a pas de nouvelle étiquette de retour dans ce pays : suivez les étapes indiquées avec le retour.
problem-invalid-order-number = Un numéro de commande de démonstration est un D suivi de chiffres : D1234567.
    .title = Numéro de commande de démonstration incorrect
