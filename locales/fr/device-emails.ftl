# Courriels sur les appareils prêtés : voir le fichier anglais.

email-label-devices = Appareils
email-label-poe = Alimentation par Ethernet (PoE)
email-label-order = Numéro de commande de démonstration
email-label-rma = Numéro RMA
email-label-serials = Numéros de série
email-label-missing = Encore attendus
email-label-received = Reçus
email-label-wrong = Pas de cette expédition
email-label-carrier = Transporteur
email-label-tracking = Numéro de suivi
email-label-shipped = Expédiés le
email-label-loan-ends = Date de fin du prêt des appareils
email-label-loan-before = Date de fin du prêt auparavant
email-label-return-opens = Retours acceptés à partir du
email-label-return-due = Dernier jour pour le retour
email-label-trial-ends = Date d’expiration de l’essai
email-poe-yes = Disponible sur place
email-poe-no = Indisponible sur place : les téléphones sont livrés sans alimentation
email-serials-more = { $count } de plus
email-steps = Comment renvoyer les appareils
email-sheet = Imprimer la fiche de retour (PDF)
email-agreement = Lire le contrat relatif aux appareils (CLUF)
email-agreement-ask = Le contrat relatif aux appareils (CLUF) s’obtient auprès de { $contact }.

email-shipment-requested-team =
    .subject = Appareils à expédier : { $devices } pour { $customer }
    .heading = Une demande d’appareils
    .lead = { $partner } demande { $devices } pour l’essai chez { $customer }.
    .next = Merci d’approuver ou de refuser la demande. Une fois approuvée, saisissez l’expédition.
    .button = Ouvrir la demande

email-shipment-requested-no-poe-team =
    .subject = Appareils à expédier, pas de PoE sur place : { $devices } pour { $customer }
    .heading = Une demande d’appareils sans PoE sur place
    .lead = { $partner } demande { $devices } pour l’essai chez { $customer }. Il n’y a pas d’alimentation par Ethernet sur place, et les téléphones sont livrés sans alimentation.
    .next = Voyez avec { $partner } comment alimenter les téléphones, puis approuvez ou refusez la demande.
    .button = Ouvrir la demande

email-label-requested-team =
    .subject = Nouvelle étiquette de retour : { $rma } pour { $customer }
    .heading = Il manque une étiquette de retour
    .lead = { $partner } demande une nouvelle étiquette de retour pour { $customer } : l’étiquette ou l’emballage de la commande { $order } est perdu.
    .next = Merci d’envoyer une nouvelle étiquette pour { $rma }.
    .button = Ouvrir l’expédition

email-device-extension-requested-team =
    .subject = Prolongation demandée : { $more } jours de plus pour { $customer }
    .heading = Une demande de prolongation du prêt
    .lead = { $partner } demande que { $customer } garde { $devices } (commande { $order }) { $more } jours de plus.
    .when = Le prêt des appareils prend fin le { $loan }.
    .next = Merci d’approuver ou de refuser. D’ici là, rien ne change.
    .button = Examiner la demande

email-shipment-approved-partner =
    .subject = Approuvé : { $devices } pour { $customer }
    .heading = Votre demande d’appareils est approuvée
    .lead = L’équipe des essais chez { $vendor } expédiera { $devices } à { $customer }.
    .next = Vous n’avez rien à faire. Nous vous préviendrons lorsqu’ils seront en route.
    .button = Ouvrir l’essai

email-shipment-refused-partner =
    .subject = Non approuvé : { $devices } pour { $customer }
    .heading = Votre demande d’appareils n’est pas approuvée
    .lead = L’équipe des essais chez { $vendor } a refusé d’expédier { $devices } à { $customer }. L’essai lui-même continue.
    .next = Vous pouvez redemander ces appareils, ou laisser le client utiliser les siens.
    .button = Ouvrir l’essai

email-device-shipped-customer =
    .subject = En route vers vous : { $devices }
    .heading = Vos appareils sont en route
    .lead = { $vendor } a expédié { $devices } à { $customer } par { $carrier }, sous le numéro de commande de démonstration { $order }.
    .when = Ils vous sont prêtés jusqu’à la date de fin du prêt des appareils, le { $loan }.
    .next = Lisez le contrat relatif aux appareils avant de les installer, et gardez les cartons et tout ce qu’ils contiennent pour le retour.
    .next-ask = Demandez le contrat relatif aux appareils (CLUF) à { $contact } et lisez-le avant de les installer. Gardez les cartons et tout ce qu’ils contiennent pour le retour.
    .note = La date de fin du prêt n’est pas la date d’expiration de votre essai : prolonger ou acheter l’essai ne la déplace pas. Les retours sont acceptés à partir du { $opens } ; le dernier jour est le { $due }.
    .button = Voir mes appareils

email-device-shipped-partner =
    .subject = { $customer } : { $devices } en route
    .heading = Des appareils sont en route vers votre client
    .lead = { $vendor } a expédié { $devices } à { $customer } par { $carrier }, sous le numéro de commande de démonstration { $order }.
    .when = Ils sont prêtés jusqu’à la date de fin du prêt des appareils, le { $loan }.
    .next = Les administrateurs de l’organisation { $customer } ont reçu les mêmes dates. Si les appareils doivent rester plus longtemps, demandez-le à temps à l’équipe des essais.
    .note = La date de fin du prêt n’est pas la date d’expiration de l’essai : prolonger ou convertir l’essai ne la déplace pas. Les retours sont acceptés à partir du { $opens } ; le dernier jour est le { $due }.
    .button = Ouvrir l’essai

email-device-extension-approved-customer =
    .subject = Vous gardez les appareils plus longtemps : jusqu’au { $loan }
    .heading = Les appareils peuvent rester plus longtemps
    .lead = { $customer } peut garder { $devices } { $more } jours de plus.
    .when = La date de fin du prêt des appareils est désormais le { $loan }.
    .next = Vous n’avez rien à faire. Les retours sont acceptés à partir du { $opens } ; le dernier jour est le { $due }.
    .note = La date d’expiration de votre essai ne change pas.
    .button = Voir mes appareils

email-device-extension-approved-partner =
    .subject = Approuvé : { $customer } garde les appareils { $more } jours de plus
    .heading = Les appareils peuvent rester plus longtemps
    .lead = L’équipe des essais chez { $vendor } a approuvé votre demande : { $customer } peut garder { $devices } { $more } jours de plus.
    .when = La date de fin du prêt des appareils est désormais le { $loan }.
    .next = Vous n’avez rien à faire. Les retours sont acceptés à partir du { $opens } ; le dernier jour est le { $due }.
    .note = La date d’expiration de l’essai ne change pas.
    .button = Ouvrir l’essai

email-device-extension-refused-partner =
    .subject = Non approuvé : { $more } jours de plus pour les appareils chez { $customer }
    .heading = Les appareils ne peuvent pas rester plus longtemps
    .lead = L’équipe des essais chez { $vendor } a refusé votre demande de { $more } jours de plus avec { $devices } chez { $customer }.
    .when = La date de fin du prêt des appareils reste le { $loan }.
    .next = Merci de le rappeler à votre client : les retours sont acceptés à partir du { $opens }, et le dernier jour est le { $due }.
    .button = Ouvrir l’essai

email-return-open-customer =
    .subject = Merci de renvoyer { $devices } au plus tard le { $due }
    .heading = Vos appareils peuvent repartir
    .lead = Le prêt de { $devices } à { $customer } prend fin le { $loan }, la date de fin du prêt des appareils.
    .when = Les retours sont acceptés dès maintenant ; le dernier jour est le { $due }.
    .next = Suivez les étapes ci-dessous et glissez la fiche de retour { $rma } dans chaque carton.
    .note = Il ne s’agit que des appareils. La date d’expiration de votre essai est une autre date.
    .button = Voir mes appareils

email-return-open-partner =
    .subject = { $customer } : appareils à renvoyer, dernier jour le { $due }
    .heading = Des appareils peuvent repartir
    .lead = Le prêt de { $devices } à { $customer } prend fin le { $loan }, la date de fin du prêt des appareils.
    .when = Les retours sont acceptés dès maintenant ; le dernier jour est le { $due }.
    .next = Les administrateurs de l’organisation { $customer } ont reçu les étapes et la fiche de retour. Veillez à ce que les appareils repartent à temps.
    .note = Il ne s’agit que des appareils. La date d’expiration de l’essai est une autre date.
    .button = Ouvrir l’essai

email-return-due-customer =
    .subject = Merci de renvoyer { $devices } au plus tard le { $due }
    .heading = Vos appareils sont attendus plus tôt
    .lead = L’essai chez { $customer } a été annulé : { $devices } sont donc à renvoyer plus tôt que prévu.
    .when = Les retours sont acceptés dès maintenant ; le dernier jour est le { $due }.
    .next = Suivez les étapes ci-dessous et glissez la fiche de retour { $rma } dans chaque carton.
    .button = Voir mes appareils

email-return-due-partner =
    .subject = { $customer } : appareils à renvoyer, dernier jour le { $due }
    .heading = Des appareils sont attendus plus tôt
    .lead = L’essai chez { $customer } a été annulé : { $devices } sont donc à renvoyer plus tôt que prévu.
    .when = Les retours sont acceptés dès maintenant ; le dernier jour est le { $due }.
    .next = Les administrateurs de l’organisation { $customer } ont reçu les étapes et la fiche de retour. Veillez à ce que les appareils repartent à temps.
    .button = Ouvrir l’essai

email-return-overdue-customer =
    .subject = En retard : merci de renvoyer { $missing ->
        [one] { $missing } appareil
       *[other] { $missing } appareils
    }
    .heading = Vos appareils sont en retard
    .lead = { $missing ->
        [one] { $missing } appareil de la commande { $order } aurait dû revenir de chez { $customer } le { $due } au plus tard.
       *[other] { $missing } appareils de la commande { $order } auraient dû revenir de chez { $customer } le { $due } au plus tard.
    }
    .next = Merci de renvoyer maintenant tout ce qui est encore attendu, avec la fiche de retour { $rma }. Si c’est déjà en route, merci : vous n’avez plus rien à faire.
    .button = Voir mes appareils

email-return-overdue-partner =
    .subject = { $customer } : { $missing ->
        [one] { $missing } appareil en retard
       *[other] { $missing } appareils en retard
    }
    .heading = Des appareils sont en retard
    .lead = { $missing ->
        [one] { $missing } appareil de la commande { $order } aurait dû revenir de chez { $customer } le { $due } au plus tard.
       *[other] { $missing } appareils de la commande { $order } auraient dû revenir de chez { $customer } le { $due } au plus tard.
    }
    .next = Parlez-en à votre client. Les étapes et la fiche de retour { $rma } se trouvent sur la page de l’essai.
    .button = Ouvrir l’essai

email-return-overdue-erased-partner =
    .subject = En retard : { $rma }, { $missing ->
        [one] { $missing } appareil de la commande { $order }
       *[other] { $missing } appareils de la commande { $order }
    }
    .heading = Des appareils d’un ancien client sont en retard
    .lead = { $missing ->
        [one] { $missing } appareil de la commande { $order } aurait dû revenir le { $due } au plus tard. L’organisation du client est fermée et ses données sont effacées : plus personne n’y reçoit de rappel.
       *[other] { $missing } appareils de la commande { $order } auraient dû revenir le { $due } au plus tard. L’organisation du client est fermée et ses données sont effacées : plus personne n’y reçoit de rappel.
    }
    .next = Merci de veiller à leur retour, avec la fiche de retour { $rma } dans chaque carton. Les étapes sont ci-dessous.
    .button = Ouvrir les appareils

email-return-partly-customer =
    .subject = { $came ->
        [one] { $came } appareil reçu, encore attendus : { $missing }
       *[other] { $came } appareils reçus, encore attendus : { $missing }
    }
    .heading = Une partie de votre retour est arrivée
    .lead = { $came ->
        [one] { $vendor } a reçu { $came } appareil de la commande { $order } ({ $customer }). Encore attendus : { $missing }.
       *[other] { $vendor } a reçu { $came } appareils de la commande { $order } ({ $customer }). Encore attendus : { $missing }.
    }
    .when = { $late ->
        [0] Le dernier jour pour le retour est le { $due }.
       *[other] Le dernier jour pour le retour était le { $due }.
    }
    .next = Merci de renvoyer tout ce qui est encore attendu, avec la fiche de retour { $rma }. Si c’est déjà en route, merci : vous n’avez plus rien à faire.
    .button = Voir mes appareils

email-return-partly-partner =
    .subject = { $came ->
        [one] { $customer } : { $came } appareil reçu, encore attendus : { $missing }
       *[other] { $customer } : { $came } appareils reçus, encore attendus : { $missing }
    }
    .heading = Une partie d’un retour est arrivée
    .lead = { $came ->
        [one] { $vendor } a reçu { $came } appareil de la commande { $order } ({ $customer }). Encore attendus : { $missing }.
       *[other] { $vendor } a reçu { $came } appareils de la commande { $order } ({ $customer }). Encore attendus : { $missing }.
    }
    .when = { $late ->
        [0] Le dernier jour pour le retour est le { $due }.
       *[other] Le dernier jour pour le retour était le { $due }.
    }
    .next = Les administrateurs de l’organisation { $customer } ont reçu la même liste. Veillez à ce que le reste revienne aussi.
    .button = Ouvrir l’essai

email-return-received-customer =
    .subject = Merci : tous vos appareils sont rendus
    .heading = Tout est rendu
    .lead = { $vendor } a reçu tous les appareils de la commande { $order } ({ $customer }). Le retour { $rma } est terminé.
    .next = Vous n’avez plus rien à faire. Gardez ce courriel comme reçu.
    .button = Voir mes appareils

email-return-received-partner =
    .subject = { $customer } : tous les appareils sont rendus
    .heading = Tout est rendu
    .lead = { $vendor } a reçu tous les appareils de la commande { $order } ({ $customer }). Le retour { $rma } est terminé.
    .next = Vous n’avez plus rien à faire.
    .button = Ouvrir l’essai

email-return-mismatch-partner =
    .subject = { $customer } : un appareil renvoyé n’est pas le bon
    .heading = Le retour ne correspond pas
    .lead = Le retour { $rma } ({ $customer }) contient des numéros de série qui n’appartiennent pas à la commande { $order }. Ils n’ont pas été acceptés ; tout le reste l’a été.
    .next = Voyez avec votre client quels appareils ont été envoyés par erreur, et où sont ceux encore attendus.
    .button = Ouvrir l’essai
