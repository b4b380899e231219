# Le démarrage d’un essai, ses détails et ses modifications.

start-again = Cet essai a démarré
    .text = Il a démarré avec ces mêmes réponses et ne démarre qu’une fois.
start-again-asked = Cette demande est partie
    .text = Elle est partie avec ces mêmes réponses et n’est envoyée qu’une fois.
start-again-new = Démarrer un autre essai
start-told-mend = Corriger l’adresse
start-own-organization = Cette adresse est celle de votre propre organisation. Aucun essai ne peut y être démarré : corrigez l’adresse ou passez une commande pour votre organisation.
start-answers-own-hint = Les services sont mis en place et les administrateurs du client sont prévenus. Vous pouvez annuler à tout moment.
setup-later-own = Vous ou les administrateurs du client pouvez le faire à tout moment. Ils sont prévenus que l’essai a commencé.
why-not-required = Nécessite { $services }, qui ne peut pas être essayé ici.
service-numbers-open = Aucun numéro n’est nécessaire pour commencer : vous pourrez en ajouter à tout moment.
service-numbers-first = Ici, la configuration demande les numéros : un par utilisateur de la téléphonie et deux par lieu, auprès d’un opérateur agréé.
wait-full-administrator = { $days ->
    [one] attend un administrateur complet · { $days } jour
   *[other] attend un administrateur complet · { $days } jours
}
audience-customer-administrators-some = tous les administrateurs du client
audience-customer-users-some = tous les utilisateurs du client
audience-consent-recipients-some = toutes les personnes sollicitées chez le client

details-zone-own = Les jours de l’essai sont comptés dans le fuseau du client ({ $zone }), qui ne change pas.

edit-leaving = Ce qui disparaît en même temps
edit-leaving-named = { $service } : la licence est retirée à { $people }
edit-leaving-counted = { $count ->
    [one] { $service } : { $count } personne perdra la licence
   *[other] { $service } : { $count } personnes perdront la licence
}
edit-leaving-numbers = { $count ->
    [one] { $count } numéro de téléphone est rendu et reste réservé au client jusqu’au { $date }
   *[other] { $count } numéros de téléphone sont rendus et restent réservés au client jusqu’au { $date }
}
edit-leaving-lent = { $count ->
    [one] { $count } appareil prêté reste jusqu’à sa restitution, au plus tard le { $date }
   *[other] { $count } appareils prêtés restent jusqu’à leur restitution, au plus tard le { $date }
}
edit-leaving-nothing = Personne n’en a de licence, et rien d’autre ne disparaît
edit-nothing-left = Un essai garde au moins un service. Pour tous les arrêter, annulez l’essai.

email-label-numbers-until = Numéros réservés jusqu’au
email-label-site-until = Nom du site réservé jusqu’au

setup-list-finished-open = { $count ->
    [one] La configuration est terminée. Il reste { $count } étape à compléter, quand vous voulez.
   *[other] La configuration est terminée. Il reste { $count } étapes à compléter, quand vous voulez.
}
