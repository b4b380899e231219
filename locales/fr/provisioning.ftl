# PROV-2: what the provisioner is asked.

nav-provisioning = Mise en service
provisioning-title = Mise en service
provisioning-about = Ce qui a été demandé au système qui met les services en place, et ce qu’il en est.
provisioning-embedded = Sur cette installation, les services sont prêts aussitôt. Aucun autre système n’est sollicité.
provisioning-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
provisioning-more = Voici ceux qui attendent depuis le plus longtemps ; l’API les donne tous.
provisioning-none = Rien n’est en attente
    .text = Chaque service demandé a reçu sa réponse.
provisioning-stuck = Bloqué
provisioning-failed = Mise en service impossible
provisioning-open = En cours
provisioning-provision = Mettre en service { $service }
provisioning-suspend = Suspendre { $service }
provisioning-resume = Reprendre { $service }
provisioning-withdraw = Retirer { $service }
provisioning-who = { $customer }, par { $partner }
provisioning-asked = Demandé le { $date }
provisioning-next = Nouvel appel le { $date }, sauf réponse d’ici là
provisioning-heard-nothing = Pas encore appelé
provisioning-heard-taken = Appels : { $count }. Le dernier a été reçu, sans réponse à ce jour.
provisioning-heard-not-yet = Appels : { $count }. Réponse : il faut plus de temps.
provisioning-heard-refused = Appels : { $count }. Le dernier a été refusé.
provisioning-heard-unreachable = Appels : { $count }. Le système est injoignable.
provisioning-heard-private-address = Appels : { $count }. Son adresse mène à l’intérieur du réseau et n’est pas appelée.
provisioning-heard-late = Appels : { $count }. Le système n’a pas réagi à temps.
provisioning-heard-gone = Appels : { $count }. Le système a dit ne plus prendre d’appels.
provisioning-heard-store = Appels : { $count }. Notre propre base n’a pas répondu ; un nouvel essai suivra.
provisioning-is-open = Demandé
provisioning-is-late = En retard
provisioning-is-manual = À la main · équipe des essais
provisioning-is-failed = Impossible
provisioning-is-done = Fait
provisioning-is-void = Sans objet
provisioning-ask-again = Redemander
provisioning-by-hand = Fait à la main
provisioning-cannot = C’est impossible
provisioning-reason = Pourquoi ? Le partenaire lira ce texte.
provisioning-say-failed = Signaler l’échec
done-provisioning-done = C’est enregistré comme fait à la main.
done-provisioning-again = Le système est de nouveau sollicité.
done-provisioning-failed = L’échec est enregistré. Le partenaire en voit la raison.
making-title = Mise en service
making-going = Mise en service en cours. Vous n’avez rien à faire.
making-by-hand = L’équipe des essais s’en charge à la main.
making-failed = Mise en service impossible. L’équipe des essais peut réessayer ; les autres services ne sont pas touchés.
making-reason = Raison donnée : { $reason }
making-is-provisioned = Tous les services sont en place
making-is-provisioning = En cours
making-is-pending-details = En attente des détails
making-is-manual = À la main, par l’équipe des essais
making-is-unable = Un service n’a pas pu être mis en place
