why-not-allowance-used = Le quota d’essais de votre entreprise est épuisé.

problem-draft-limit = Vous gardez déjà autant d’ébauches que possible ({ $limit }) : terminez-en ou supprimez-en une d’abord.
    .title = Trop d’ébauches
    .plain = Vous gardez déjà autant d’ébauches que possible : terminez-en ou supprimez-en une d’abord.

approvals-views = Approbations par nature
approvals-all = Toutes
approvals-kind-service = Services
approvals-kind-country = Pays
approvals-kind-extension = Prolongations
approvals-about = L’essai : { $services } · { $quantity } · { $length }
approvals-due = Utile jusqu’au { $date }
approvals-reason-hint = Le partenaire la lit.
approvals-last = Dernières décisions
approvals-matter = Objet
approvals-by = Décidé par
approvals-by-left = Une personne partie depuis
approvals-approved = Approuvé
approvals-refused = Refusé
approvals-closed = Clos
approvals-withdrawn = Sans objet
approval-country-no = En cas de refus, cet essai prend fin avant d’avoir commencé.
approval-service-no = En cas de refus, l’essai continue sans ce service ni ceux qui en dépendent.
approval-extension-no = En cas de refus, la date de fin ne change pas.
approval-because-service-not-eligible = Acheté entre-temps : il ne peut plus être essayé.
approval-because-extension-limit = Déjà prolongé autant de fois que permis.
approval-because-wrong-status = L’essai était alors terminé.
done-approval-late = Quelqu’un a décidé avant vous. Voyez ci-dessous.
done-approval-full = Le partenaire n’a pas de place pour un essai actif de plus : la prolongation attend encore.
done-approval-closed = L’approbation n’était plus possible : la demande est close. La raison figure ci-dessous, et le partenaire est prévenu.
event-exception-granted = Délai levé pour un essai
event-exception-taken-back = Levée du délai retirée

drafts-title = Démarrages à terminer
drafts-more = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
draft-unnamed = Client pas encore nommé
draft-stopped = Étape suivante : { $step }
draft-changed = Modifié le { $date }
draft-forgotten = Sans modification, elle disparaît d’elle-même le { $date }.
draft-resume = Reprendre
draft-discard = Supprimer
draft-discard-sure = Les réponses de cette ébauche seront perdues.
draft-discard-yes = Supprimer l’ébauche
draft-kept = Vos réponses sont gardées à chaque étape. Vous pouvez partir et reprendre au-dessus de la liste des clients.
done-draft-discarded = L’ébauche est supprimée.
done-draft-newer = Cette ébauche contient des réponses plus récentes : elle a été gardée. Supprimez-la à nouveau si vous le souhaitez.
done-draft-apart = Cette ébauche a été modifiée dans une autre fenêtre. Vos réponses sont gardées dans une ébauche à part : rien n’est perdu.
done-draft-limit = Vous gardez déjà autant d’ébauches que possible : celle-ci ne l’est pas. Vous pouvez tout de même terminer maintenant.
done-draft-not-kept = Vos réponses n’ont pas pu être gardées. Vous pouvez tout de même continuer et terminer.
allowance-month = Essais démarrés ce mois-ci : { $used } sur { $of }.
allowance-active = Essais actifs : { $used } sur { $of }.

nav-exceptions = Exceptions
exceptions-title = Exceptions
exceptions-lead = Levez le délai entre deux essais, ou leur limite, pour un essai de plus d’un service.
exception-customer = Client
exception-customer-hint = Son identifiant, tel qu’il figure dans l’adresse de ses pages : org_…
exception-look = Rechercher
exception-unknown = Ce n’est pas l’identifiant d’un client : copiez-le depuis l’adresse de la page du client.
exception-for = Pour { $customer }
exception-any = Tout partenaire
exception-reason-hint = Elle figure dans le journal des modifications.
exception-grant = Lever pour un essai
exception-take-back = Retirer
exceptions-granted = Accordé à { $customer }
exceptions-none = Rien n’a été levé
    .text = Les services de ce client suivent les délais et limites du programme.
exception-open = Utilisable
exception-used = Utilisée
exception-taken-back = Retirée
done-exception-granted = Levé pour un essai. Le partenaire voit aussitôt que le service peut être essayé.
done-exception-taken-back = Retirée.
done-exception-late = Celle-ci a été utilisée ou retirée entre-temps.
