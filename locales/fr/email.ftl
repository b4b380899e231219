# Courriels (NOTE-3). Un message par sorte et par lecteur : voir le fichier anglais.

email-of-services = { $count ->
    [one] du service { $services }
   *[other] des services { $services }
}

email-hello = Bonjour { $name },
email-hello-all = Bonjour,
email-link-instead = Si le bouton ne fonctionne pas, ouvrez cette adresse :
email-facts = En bref
email-support = Aide et contact
email-legal = Mentions légales

email-why-customer = Vous recevez ce courriel parce que vous administrez l’organisation { $customer }.
email-why-consent = Vous recevez ce courriel parce que { $partner } vous a adressé sa demande ou parce que vous êtes administrateur complet de l’organisation { $customer }.
email-why-users = Vous recevez ce courriel parce que vous aviez accès à des services à l’essai chez { $customer }.
email-why-partner = Vous recevez ce courriel parce que vous suivez le client { $customer } chez { $partner }.
email-why-team = Vous recevez ce courriel parce que vous faites partie de l’équipe des essais chez { $vendor }.
email-why-person = Vous recevez ce courriel parce qu’il concerne votre propre compte chez { $customer }.
email-why-contact = Vous recevez ce courriel parce que vous avez passé cette commande pour { $partner } ou que vous êtes le contact qui la configure.
email-why-distributor = Vous recevez ce courriel parce que vous passez les commandes du partenaire { $partner } chez son distributeur.

email-words-partner = Message laissé par { $partner } :
email-words-reason = Motif indiqué :
email-words-customer = Message de { $customer } :

email-row = { $label } : { $value }
email-label-customer = Client
email-label-company = Entreprise
email-label-partner = Partenaire
email-label-services = Services
email-label-added = Ajoutés
email-label-removed = Retirés
email-label-failed = Non mis en service
email-label-taken = Plus disponibles
email-label-quantity = Licences par service
email-label-duration = Durée
email-label-at = Date
email-label-ends = Dernier jour
email-label-ended = Expiré le
email-label-cancelled = Annulé le
email-label-previous = Auparavant
email-label-grace = Conversion possible jusqu’au
email-label-keep = Maintien possible jusqu’au
email-label-gone = Fin de l’accès
email-label-open = Organisation ouverte jusqu’au
email-label-deadline = Réponse attendue avant le
email-label-link = Lien valable jusqu’au
email-label-access-until = Accès jusqu’au
email-label-actor = Par
email-label-access = Accès accordé
email-label-reference = Référence
email-label-order-reference = Commande
email-label-ordered = Commandé
email-label-closes = À configurer jusqu’au
email-label-dropped = Licences retirées
email-ordered = { $service } ({ $count })
email-dropped = { $service } : { $people }

email-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
email-end-of-day = Jour compris ; chez vous, jusqu’au { $instant }
email-start-of-day = Dès le début de ce jour ; chez vous, à partir du { $instant }
email-there = Sur place : { $instant }

email-access-full = Administrateur complet : met en service les essais, gère les utilisateurs et les licences
email-access-provisioning = Administrateur de mise en service : met en service les essais, rien d’autre

email-consent-request-consent =
    .subject = { $partner } demande votre accord pour un essai { email-of-services }
    .heading = { $partner } demande votre accord
    .lead = { $partner } souhaite faire essayer { $services } à { $customer } pendant { $duration } jours.
    .next = Merci d’accepter ou de refuser avant le { $deadline }. Rien ne commence sans votre accord ; sans réponse, la demande devient caduque d’elle-même.
    .next-pass-on = Seul un administrateur complet de l’organisation { $customer } peut accepter ou refuser, avant le { $deadline }. Merci de le prévenir : il a reçu la demande, lui aussi. Rien ne commence sans son accord ; sans réponse, la demande devient caduque d’elle-même.
    .note = Ouvrir la page ne décide de rien. Vous vous connectez, vous voyez ce qui est demandé et vous choisissez l’accès accordé à { $partner } ; seul un administrateur complet peut décider. Ce lien vous est personnel : merci de ne pas le transférer.
    .button = Examiner la demande

email-consent-resent-consent =
    .subject = Rappel : { $partner } demande votre accord pour un essai { email-of-services }
    .heading = { $partner } attend toujours votre réponse
    .lead = { $partner } vous renvoie sa demande et souhaite faire essayer { $services } à { $customer } pendant { $duration } jours.
    .next = Merci d’accepter ou de refuser avant le { $deadline }. Rien ne commence sans votre accord ; sans réponse, la demande devient caduque d’elle-même.
    .next-pass-on = Seul un administrateur complet de l’organisation { $customer } peut accepter ou refuser, avant le { $deadline }. Merci de le prévenir : il a reçu la demande, lui aussi. Rien ne commence sans son accord ; sans réponse, la demande devient caduque d’elle-même.
    .note = Utilisez bien ce lien : ceux des courriels précédents ne fonctionnent plus. Ouvrir la page ne décide de rien. Vous vous connectez, vous voyez ce qui est demandé et vous choisissez l’accès accordé à { $partner } ; seul un administrateur complet peut décider.
    .button = Examiner la demande

email-consent-accepted-partner =
    .subject = { $customer } a accepté l’essai { email-of-services }
    .heading = Votre demande est acceptée
    .lead = { $customer } a donné son accord pour l’essai { email-of-services }.
    .next = Confirmez maintenant les détails de mise en service pour que l’essai puisse commencer. La durée ne court qu’à partir du jour où le dernier service est prêt.
    .button = Confirmer les détails

email-consent-declined-partner =
    .subject = { $customer } a refusé l’essai { email-of-services }
    .heading = Votre demande est refusée
    .lead = { $customer } a refusé l’essai { email-of-services }. La demande est close et le client ne figure plus dans votre liste.
    .next = Vous pouvez encore consulter la demande close.
    .button = Consulter la demande

email-consent-taken-partner =
    .subject = Demande close : { $services } pour { $customer }
    .heading = Votre demande est close
    .lead = L’essai { email-of-services } demandé pour { $customer } n’est plus possible : ces services ont été pris entre-temps. La demande est close et le client ne figure plus dans votre liste.
    .next = Vous pouvez encore consulter la demande close et proposer d’autres services.
    .button = Consulter la demande

email-consent-closed-partner =
    .subject = Demande close : { $services } pour { $customer }
    .heading = Votre demande est close
    .lead = L’essai { email-of-services } demandé pour { $customer } n’est plus possible : l’organisation a été fermée. Le client ne figure plus dans votre liste.
    .next = Vous pouvez encore consulter la demande close.
    .button = Consulter la demande

email-consent-lapsed-partner =
    .subject = Sans réponse de la part du client { $customer }, votre demande d’essai est caduque
    .heading = Votre demande est caduque
    .lead = Aucun administrateur complet de l’organisation { $customer } n’a répondu à temps à votre demande d’essai { email-of-services }. Elle est close et le client ne figure plus dans votre liste.
    .next = Vous pouvez encore consulter la demande close. Si le client est finalement intéressé, envoyez-en une nouvelle.
    .button = Consulter la demande

email-trial-started-customer =
    .subject = Votre essai { email-of-services } a commencé
    .heading = Votre essai a commencé
    .lead = { $partner } a démarré un essai { email-of-services } pour { $customer }.
    .when = Il dure jusqu’au { $ends } inclus.
    .next = Découvrez ce qui est inclus et qui peut l’utiliser.
    .note = Nous vous préviendrons avant la fin de l’essai. Un administrateur complet de votre organisation peut l’annuler à tout moment.
    .button = Ouvrir l’essai

email-trial-started-partner =
    .subject = { $customer } : l’essai { email-of-services } a commencé
    .heading = L’essai a commencé
    .lead = L’essai { email-of-services } pour { $customer } a commencé.
    .when = Il dure jusqu’au { $ends } inclus.
    .next = Aidez votre client à bien démarrer : voyez ce qui reste à configurer.
    .button = Ouvrir l’essai

email-welcome-customer =
    .subject = Bienvenue : votre essai { email-of-services } est prêt
    .heading = Bienvenue dans votre essai
    .lead = { $partner } a préparé un essai { email-of-services } pour { $customer }, dont vous êtes administrateur.
    .when = Il dure jusqu’au { $ends } inclus.
    .next = Connectez-vous une première fois ci-dessous. Vous choisissez votre façon de vous connecter par la suite, puis découvrez les prochaines étapes.
    .note = Ce lien ne sert qu’une fois, jusqu’au { $deadline }. Il vous est personnel : merci de ne pas le transférer.
    .button = Se connecter

email-provisioning-failed-partner =
    .subject = { $customer } : { $failed }, mise en service impossible
    .heading = Une mise en service a échoué
    .lead = La mise en service pour { $customer } a échoué : { $failed }. Le reste de l’essai n’est pas touché.
    .next = Ouvrez l’essai pour en voir la cause et les remèdes possibles.
    .button = Ouvrir l’essai

email-provisioning-failed-team =
    .subject = Mise en service en échec : { $failed } pour { $customer }
    .heading = Une mise en service a échoué
    .lead = La mise en service pour { $customer }, client suivi par { $partner }, a échoué : { $failed }.
    .next = Merci d’en chercher la cause et de recommencer.
    .button = Ouvrir l’essai

email-expiry-reminder-customer =
    .subject = { $days ->
        [0] Votre essai { email-of-services } se termine aujourd’hui
        [1] Votre essai { email-of-services } se termine demain
       *[other] Votre essai { email-of-services } se termine dans { $days } jours
    }
    .heading = { $days ->
        [0] Votre essai se termine aujourd’hui
        [1] Votre essai se termine demain
       *[other] Votre essai se termine dans { $days } jours
    }
    .lead = L’essai { email-of-services } proposé par { $partner } à { $customer } dure jusqu’au { $ends } inclus.
    .next = Pour garder vos services sans interruption, choisissez « Acheter » sur la page d’abonnement. { $partner } prendra alors contact avec vous.
    .note = Si vous ne faites rien, l’essai expire à cette date. Vous pourrez encore garder vos services jusqu’au { $grace } inclus ; ensuite, ils seront définitivement perdus.
    .button = Acheter

email-expiry-reminder-partner =
    .subject = { $days ->
        [0] { $customer } : l’essai { email-of-services } se termine aujourd’hui
        [1] { $customer } : l’essai { email-of-services } se termine demain
       *[other] { $customer } : l’essai { email-of-services } se termine dans { $days } jours
    }
    .heading = { $days ->
        [0] Un essai se termine aujourd’hui
        [1] Un essai se termine demain
       *[other] Un essai se termine dans { $days } jours
    }
    .lead = L’essai { email-of-services } pour { $customer } dure jusqu’au { $ends } inclus.
    .next = Parlez-en dès maintenant avec votre client pour éviter toute interruption. Vous pouvez convertir l’essai en commande ou le prolonger.
    .note = Une fois expiré, il peut encore être converti jusqu’au { $grace } inclus.
    .button = Ouvrir l’essai

email-expiry-notice-customer =
    .subject = Votre essai { email-of-services } se termine aujourd’hui
    .heading = Votre essai se termine aujourd’hui
    .lead = L’essai { email-of-services } proposé par { $partner } à { $customer } se termine aujourd’hui, { $ends }, en fin de journée.
    .next = Pour garder vos services, choisissez « Acheter » sur la page d’abonnement. { $partner } prendra alors contact avec vous.
    .note = C’est encore possible jusqu’au { $grace } inclus. Ensuite, l’essai sera définitivement perdu et ne pourra pas être rétabli.
    .button = Acheter

email-expiry-notice-late-customer =
    .subject = Votre essai { email-of-services } a expiré le { $ends }
    .heading = Votre essai a expiré
    .lead = L’essai { email-of-services } proposé par { $partner } à { $customer } a expiré le { $ends }.
    .next = Vous pouvez encore garder vos services : choisissez « Acheter » sur la page d’abonnement. { $partner } prendra alors contact avec vous.
    .note = C’est possible jusqu’au { $grace } inclus. Ensuite, l’essai sera définitivement perdu et ne pourra pas être rétabli.
    .button = Acheter

email-expiry-notice-partner =
    .subject = { $customer } : l’essai { email-of-services } se termine aujourd’hui
    .heading = Un essai se termine aujourd’hui
    .lead = L’essai { email-of-services } pour { $customer } se termine aujourd’hui, { $ends }, en fin de journée.
    .next = Parlez-en avec votre client : vous pouvez convertir l’essai en commande ou le prolonger.
    .note = Il peut encore être converti jusqu’au { $grace } inclus ; ensuite, rien ne pourra être rétabli.
    .button = Ouvrir l’essai

email-expiry-notice-late-partner =
    .subject = { $customer } : l’essai { email-of-services } a expiré le { $ends }
    .heading = Un essai a expiré
    .lead = L’essai { email-of-services } pour { $customer } a expiré le { $ends }.
    .next = Parlez-en avec votre client : l’essai peut encore être converti en commande.
    .note = C’est possible jusqu’au { $grace } inclus ; ensuite, rien ne pourra être rétabli.
    .button = Ouvrir l’essai

email-access-ended-users =
    .subject = Vous n’avez plus accès à { $services }
    .heading = Votre accès à l’essai a pris fin
    .lead = L’essai { email-of-services } chez { $customer } est terminé, et votre accès à ces services avec lui. Ce qui s’y trouvait est perdu ; personne ne peut le rétablir.
    .next = Votre compte et les autres services proposés par { $customer } restent inchangés.
    .button = Voir mes services

email-access-ended-closed-users =
    .subject = Votre accès au titre de l’organisation { $customer } a pris fin
    .heading = Vous avez désormais un compte gratuit
    .lead = L’essai { email-of-services } chez { $customer } est terminé et l’organisation a été fermée. Tout ce qui en dépendait est perdu : les licences, les rôles d’administrateur et, le cas échéant, le nom du site et les réglages d’appel. Personne ne peut les rétablir, ni vous rattacher à nouveau à l’organisation.
    .next = Votre compte reste le vôtre : il est passé à l’offre gratuite. Vous vous y connectez comme avant.
    .next-alone = Votre compte reste le vôtre : il est passé à l’offre gratuite. Vous n’avez rien à faire.
    .button = Se connecter à l’offre gratuite

email-extended-customer =
    .subject = Votre essai { email-of-services } se termine désormais le { $ends }
    .heading = Nouvelle date de fin pour votre essai
    .lead = { $partner } a changé la date de fin de l’essai { email-of-services } pour { $customer } : il dure désormais jusqu’au { $ends } inclus.
    .next = Vous n’avez rien à faire. Les rappels suivent la nouvelle date.
    .button = Voir l’essai

email-extended-partner =
    .subject = { $customer } : l’essai { email-of-services } se termine désormais le { $ends }
    .heading = Nouvelle date de fin pour l’essai
    .lead = L’essai { email-of-services } pour { $customer } dure désormais jusqu’au { $ends } inclus.
    .next = Tous les rappels suivent la nouvelle date ; la date de fin du prêt des appareils ne change pas.
    .button = Ouvrir l’essai

email-services-changed-customer =
    .subject = Votre essai a changé : { $services }
    .heading = Votre essai a changé
    .lead = { $partner } a modifié l’essai pour { $customer }. Il comprend désormais { $services }.
    .when = Il dure jusqu’au { $ends } inclus.
    .next = Voyez ce qui est inclus maintenant. Les services ajoutés se terminent avec l’essai ; ceux qui ont été retirés sont arrêtés.
    .button = Voir l’essai

email-services-changed-partner =
    .subject = { $customer } : l’essai comprend désormais { $services }
    .heading = L’essai a changé
    .lead = L’essai pour { $customer } comprend désormais { $services }.
    .when = Il dure jusqu’au { $ends } inclus.
    .next = Vérifiez que tout ce dont votre client a besoin est configuré.
    .button = Ouvrir l’essai

email-cancelled-customer =
    .subject = Votre essai { email-of-services } a été annulé
    .heading = Votre essai a été annulé
    .lead = L’essai { email-of-services } proposé par { $partner } à { $customer } a été annulé. Ses services sont arrêtés.
    .next = Voyez ce que cela change pour vos utilisateurs, vos numéros et vos appareils.
    .note = Votre organisation reste ouverte jusqu’au { $grace } inclus, prête pour un nouvel essai ou une commande.
    .button = Voir la suite

email-cancelled-partner =
    .subject = { $customer } : l’essai { email-of-services } a été annulé
    .heading = Un essai a été annulé
    .lead = L’essai { email-of-services } pour { $customer } a été annulé. Ses services sont arrêtés.
    .next = Vérifiez s’il reste des appareils à renvoyer.
    .note = L’organisation du client reste ouverte jusqu’au { $grace } inclus, prête pour un nouvel essai ou une commande.
    .button = Ouvrir l’essai

email-cancelled-consent =
    .subject = { $partner } a retiré sa demande d’essai { email-of-services }
    .heading = La demande a été retirée
    .lead = { $partner } ne demande plus d’essai { email-of-services } pour { $customer }. Rien n’a commencé.
    .next = Vous n’avez rien à faire ; les liens que vous avez reçus ne fonctionnent plus.
    .button = Consulter la demande

email-approval-requested-team =
    .subject = Approbation attendue : { $services } pour { $customer }
    .heading = Une demande attend votre décision
    .lead = { $partner } demande votre approbation pour l’essai { email-of-services } chez { $customer }.
    .next = Merci d’approuver ou de refuser. En attendant, la demande reste en attente.
    .button = Examiner la demande

email-approval-requested-partner =
    .subject = { $customer } : { $services } en attente d’approbation
    .heading = Votre demande attend une approbation
    .lead = L’essai { email-of-services } pour { $customer } doit être approuvé par { $vendor }. L’équipe des essais est prévenue.
    .next = Vous n’avez rien à faire. Nous vous écrirons dès que la décision sera prise.
    .button = Ouvrir l’essai

email-approval-approved-partner =
    .subject = Approuvé : { $services } pour { $customer }
    .heading = Votre demande est approuvée
    .lead = L’équipe des essais chez { $vendor } a approuvé votre demande concernant l’essai { email-of-services } pour { $customer }.
    .next = Ouvrez l’essai pour voir la suite.
    .button = Ouvrir l’essai

email-approval-refused-partner =
    .subject = Non approuvé : { $services } pour { $customer }
    .heading = Votre demande n’est pas approuvée
    .lead = L’équipe des essais chez { $vendor } a refusé votre demande concernant l’essai { email-of-services } pour { $customer }.
    .next = Ouvrez l’essai pour voir ce qui reste possible.
    .button = Ouvrir l’essai

email-access-changed-full-partner =
    .subject = { $customer } vous accorde un accès complet
    .heading = Vous avez désormais un accès complet
    .lead = { $customer } a nommé { $partner } administrateur complet. Vous pouvez mettre en service les essais et gérer les utilisateurs et les licences.
    .next = Ouvrez la fiche du client pour continuer.
    .button = Ouvrir la fiche du client

email-access-changed-provisioning-partner =
    .subject = { $customer } a changé votre accès
    .heading = Vous avez désormais un accès de mise en service
    .lead = { $customer } a nommé { $partner } administrateur de mise en service. Vous pouvez mettre en service les essais, mais plus gérer les utilisateurs, les licences ni les réglages.
    .next = Ouvrez la fiche du client pour voir ce qui vous est possible.
    .button = Ouvrir la fiche du client

email-access-changed-withdrawn-partner =
    .subject = { $customer } vous a retiré l’accès
    .heading = Votre accès a été retiré
    .lead = { $customer } a retiré l’accès accordé à { $partner }. Vous ne pouvez plus agir pour ce client.
    .next = Votre liste indique si les essais en cours se poursuivent ou sont annulés.
    .button = Voir mes clients

email-access-changed-full-customer =
    .subject = { $partner } a désormais un accès complet à { $customer }
    .heading = Un accès a changé
    .lead = { $partner } est désormais administrateur complet de l’organisation { $customer } : ce partenaire peut mettre en service les essais et gérer les utilisateurs et les licences.
    .next = Si ce n’est pas ce que vous souhaitez, vous pouvez revenir dessus à tout moment.
    .button = Vérifier les accès

email-access-changed-provisioning-customer =
    .subject = { $partner } a désormais un accès de mise en service à { $customer }
    .heading = Un accès a changé
    .lead = { $partner } est désormais administrateur de mise en service de l’organisation { $customer } : ce partenaire peut mettre en service les essais, mais ne peut gérer ni les utilisateurs, ni les licences, ni les réglages.
    .next = Si ce n’est pas ce que vous souhaitez, vous pouvez revenir dessus à tout moment.
    .button = Vérifier les accès

email-access-changed-withdrawn-customer =
    .subject = { $partner } n’a plus accès à { $customer }
    .heading = Un accès a été retiré
    .lead = { $partner } ne peut plus agir pour { $customer }.
    .next = Si ce n’est pas ce que vous souhaitez, vous pouvez revenir dessus à tout moment.
    .button = Vérifier les accès

email-invitation-person =
    .subject = { $customer } vous invite
    .heading = Vous êtes invité
    .lead = { $customer } vous a ouvert un compte pour les essais chez { $vendor }.
    .when = L’invitation vient de { $actor }.
    .next = Ouvrez-le ci-dessous et choisissez votre façon de vous connecter par la suite.
    .note = Ce lien ne sert qu’une fois, jusqu’au { $deadline }. Il vous est personnel : merci de ne pas le transférer.
    .button = Ouvrir mon compte

email-password-reset-person =
    .subject = Choisissez un nouveau mot de passe
    .heading = Un nouveau mot de passe
    .lead = Un nouveau mot de passe a été demandé pour votre compte chez { $customer }.
    .next = Si la demande vient de vous, choisissez-le ci-dessous. Vous serez alors déconnecté partout ailleurs.
    .note = Ce lien ne sert qu’une fois, jusqu’au { $deadline }. Si la demande ne vient pas de vous, vous n’avez rien à faire : tout reste en l’état.
    .button = Choisir un mot de passe

email-access-requested-customer =
    .subject = { $partner } demande un accès à { $customer }
    .heading = Le service d’assistance peut-il entrer ?
    .lead = { $actor } ({ $partner }, service d’assistance) demande à agir dans votre hub de contrôle pendant une journée.
    .next = N’acceptez que si vous savez pourquoi. Tout ce qui y est fait figure dans votre journal des modifications, et l’accès prend fin de lui-même.
    .button = Répondre à la demande

email-move-requested-customer =
    .subject = { $partner } doit-il suivre { $customer } ?
    .heading = Un autre partenaire pour votre entreprise
    .lead = { $partner } suivrait désormais { $customer }. Vos essais continuent sans changement, et votre partenaire actuel n’aura plus accès.
    .next = Rien ne change tant que vous et { $partner } n’avez pas accepté.
    .button = Répondre à la demande

email-move-requested-partner =
    .subject = { $customer } souhaite passer chez vous
    .heading = Un client souhaite passer chez vous
    .lead = { $customer } accepte d’être suivi désormais par { $partner }, avec ses essais en cours.
    .next = Rien ne change tant que vous n’avez pas accepté.
    .button = Répondre à la demande

email-access-granted-partner =
    .subject = { $customer } vous donne accès pour une journée
    .heading = Vous pouvez entrer
    .lead = { $customer } vous autorise à agir dans son hub de contrôle pendant une journée. Ce que vous y faites figure dans son journal des modifications.
    .next = Ouvrez la fiche du client pour y entrer.
    .button = Ouvrir la fiche du client

email-access-not-granted-partner =
    .subject = { $customer } ne donne pas accès
    .heading = Pas d’accès cette fois
    .lead = { $customer } a refusé votre demande d’accès. Vous voyez toujours ce client comme avant.
    .next = Si vous en avez tout de même besoin, parlez-en au client et renouvelez la demande.
    .button = Ouvrir la fiche du client

email-order-set-up-contact =
    .subject = Configurer votre service : { $services } pour { $customer }
    .heading = Configurer votre service
    .lead = { $partner } a commandé { $services } pour { $customer }, et c’est à vous de configurer la commande.
    .next = Merci de le faire d’ici la fin du { $closes }. Vous indiquez qui vous êtes, donnez l’adresse électronique de l’administrateur de l’essai, chez le client, et voyez ce qui est conservé avant de confirmer.
    .note = Ouvrir la page ne change rien ; vous vous connectez d’abord. Tant que vous n’avez pas confirmé, l’essai et tout ce qu’il contient restent tels quels.
    .button = Configurer votre service

email-order-set-up-outside-contact =
    .subject = Configurer votre service : { $services }
    .heading = Configurer votre service
    .lead = { $partner } a passé une commande pour { $services }, et c’est à vous de la configurer.
    .next = Merci de le faire d’ici la fin du { $closes }. Munissez-vous de l’adresse électronique de l’administrateur de l’essai, chez le client : elle détermine quelle organisation reçoit les services.
    .note = Ouvrir la page ne change rien ; vous vous connectez d’abord et voyez ce qui est conservé avant de confirmer.
    .button = Configurer votre service

email-order-reminder-contact =
    .subject = À configurer : { $services } pour { $customer }
    .heading = Merci de configurer votre service
    .lead = La commande passée par { $partner } pour { $customer } ({ $services }) vous attend toujours.
    .next = Merci de la configurer d’ici la fin du { $closes }. Ensuite, elle est close et rien n’est acheté.
    .note = Ouvrir la page ne change rien ; vous vous connectez d’abord et voyez ce qui est conservé avant de confirmer.
    .button = Configurer votre service

email-order-reminder-outside-contact =
    .subject = À configurer : votre commande ({ $services })
    .heading = Merci de configurer votre service
    .lead = La commande passée par { $partner } ({ $services }) vous attend toujours.
    .next = Merci de la configurer d’ici la fin du { $closes }. Ensuite, elle est close et rien n’est acheté.
    .note = Ouvrir la page ne change rien ; vous vous connectez d’abord et voyez ce qui est conservé avant de confirmer.
    .button = Configurer votre service

email-order-closed-contact =
    .subject = Commande close : { $services } pour { $customer }
    .heading = La commande est close
    .lead = Personne n’a configuré à temps la commande pour { $customer } ({ $services }). Elle est close, et rien n’a été acheté.
    .next = Si les services sont toujours souhaités, une nouvelle commande est possible tant que l’essai peut être converti.
    .button = Voir la commande

email-order-withdrawn-contact =
    .subject = Commande retirée : { $services } pour { $customer }
    .heading = La commande a été retirée
    .lead = La commande pour { $customer } ({ $services }) a été retirée avant sa configuration. Rien n’a été acheté.
    .next = Vous n’avez rien à faire ; le lien que vous avez reçu ne fonctionne plus.
    .button = Voir la commande

email-order-closed-outside-contact =
    .subject = Commande close : { $services }
    .heading = La commande est close
    .lead = Personne n’a configuré à temps la commande passée par { $partner } ({ $services }). Elle est close, et rien n’a été acheté.
    .next = Si les services sont toujours souhaités, merci de passer une nouvelle commande.
    .button = Voir la commande

email-order-withdrawn-outside-contact =
    .subject = Commande retirée : { $services }
    .heading = La commande a été retirée
    .lead = La commande passée par { $partner } ({ $services }) a été retirée avant sa configuration. Rien n’a été acheté.
    .next = Vous n’avez rien à faire ; le lien que vous avez reçu ne fonctionne plus.
    .button = Voir la commande

email-converted-customer =
    .subject = { $customer } : vous avez acheté { $services }
    .heading = Vos services sont achetés
    .lead = Chez { $customer }, l’essai est devenu un abonnement : { $services }. Utilisateurs, réglages et utilisation sont conservés.
    .next = Voyez ce que vous avez acheté et combien de licences sont utilisées.
    .note = { $partner } reste votre interlocuteur. Les appareils prêtés sont toujours à restituer à leur propre date.
    .button = Voir vos abonnements

email-converted-partner =
    .subject = { $customer } a acheté { $services }
    .heading = L’essai est converti
    .lead = { $customer } dispose désormais d’un abonnement : { $services }. L’utilisation de l’essai est conservée.
    .next = Ouvrez l’essai pour voir ce qui a été conservé et ce qui a pris fin avec lui.
    .note = Les appareils prêtés sont toujours à restituer à leur propre date.
    .button = Ouvrir l’essai

email-conversion-handed-over-partner =
    .subject = { $partner } vous confie une conversion : { $services } pour { $customer }
    .heading = Une conversion vous est confiée
    .lead = L’essai { email-of-services } pour { $customer } doit devenir une commande. Partenaire de niveau 2, { $partner } commande par votre intermédiaire et vous a confié la conversion.
    .when = L’essai court jusqu’à la fin du { $ends }.
    .next = Merci de passer la commande : vous choisissez les services, les quantités et la personne qui les configure.
    .note = C’est possible jusqu’à la fin du { $grace }. Le client reste suivi par { $partner } ; vous voyez ce qu’il faut pour la commande, jusqu’à ce qu’elle soit faite.
    .button = Passer la commande

email-purchase-wanted-partner =
    .subject = { $customer } souhaite acheter { $services }
    .heading = Votre client souhaite acheter
    .lead = { $actor } ({ $customer }) a choisi « Acheter » pour { $services }.
    .when = L’essai court jusqu’à la fin du { $ends }.
    .next = Prenez contact avec votre client et convertissez l’essai en commande payante.
    .note = La conversion est possible jusqu’à la fin du { $grace }. Rien n’est encore commandé.
    .button = Convertir en commande payante
