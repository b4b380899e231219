# La fin : ce qui disparaît, ce qui reste, ce qui est retenu (EXP-9).
ending-title = Ce qui disparaît à la fin
ending-lead-closes = Jusqu’à la fin du { $date }, tout peut être conservé : faites prolonger l’essai, achetez, ou emportez vos données. Ensuite, personne ne pourra rien rétablir.
ending-lead-stays = Jusqu’à la fin du { $date }, cet essai peut être prolongé ou acheté. Ensuite, seul ce qui en fait partie disparaît ; tout le reste demeure.
ending-nothing = Rien n’est prévu : aucune date à laquelle un élément de cet essai disparaîtrait.
ending-services = Arrêt pour tous : { $services }.
ending-users = { $users ->
    [one] { $users } personne perd l’accès et passe à l’offre gratuite. L’organisation est fermée.
   *[other] { $users } personnes perdent l’accès et passent à l’offre gratuite. L’organisation est fermée.
}
ending-administrators = { $count ->
    [one] { $count } administrateur perd ce rôle.
   *[other] { $count } administrateurs perdent ce rôle.
}
ending-licences = { $service } : { $count ->
    [one] { $count } licence attribuée sur { $total } est reprise.
   *[other] { $count } licences attribuées sur { $total } sont reprises.
}
ending-site = Le site de réunion { $site } est abandonné.
ending-calling = Les appels s’arrêtent : lieux ({ $locations }), numéros de téléphone ({ $numbers }).
ending-told = { $users ->
    [one] { $users } personne est informée par courriel de la fin de l’accès.
   *[other] { $users } personnes sont informées par courriel de la fin de l’accès.
}
ending-erased = Dès que le dernier de ces courriels est arrivé, toutes les données personnelles sont effacées. Seuls demeurent des dates et des nombres.
ending-numbers = Les numéros de téléphone sont libérés ; personne ne les obtient avant.
ending-stays = Ce qui reste
ending-bought = Acheté
ending-other-trial = Dans un autre essai
ending-held = La fin est suspendue : rien ne disparaît tant que la suspension n’est pas levée. L’essai peut encore être prolongé ou acheté.
ending-ordered = Une commande a été passée à temps : rien n’est supprimé jusqu’au { $date } inclus, sauf si elle est close avant. Une fois la commande configurée, ce qui a été commandé est conservé.
ending-export = Tout emporter (JSON)
ending-buy = Comment acheter
ending-back = Retour
ending-open = Ce qui disparaît à la fin
nav-removals = Fins prévues
removals-title = Les prochaines fins
removals-lead = Ce qui disparaît dans les huit semaines, une fois le délai de grâce écoulé ; le plus proche d’abord.
removals-none = Rien ne disparaît
    .text = Aucune organisation ni aucun service ne disparaît dans les huit semaines.
removals-planned = Prévue
removals-due = Échue
removals-held = Suspendue
removals-closes = { $users ->
    [one] L’organisation ferme ; { $users } personne passe à l’offre gratuite.
   *[other] L’organisation ferme ; { $users } personnes passent à l’offre gratuite.
}
removals-stays = Seuls les services de cet essai disparaissent ; l’organisation demeure.
removals-held-why = Suspension : { $reason }
removals-since = Depuis le { $date }
removals-lift = Lever la suspension
removals-hold = Suspendre
removals-reason = Motif d’une suspension
removals-reason-hint = Rien de ce client ne disparaît pendant la suspension.
removals-more = Suite
removals-others = Autres clients suspendus
done-held = Suspendu. Rien de ce client ne disparaît avant que vous ne leviez la suspension.
done-lifted = Suspension levée. Ce qui était échu entre-temps est exécuté.
