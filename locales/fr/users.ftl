# Utilisateurs, licences et travaux en arrière-plan.

problem-licenses-exhausted = Il ne reste aucune licence { $service } : { $assigned } sur { $quantity } sont attribuées. Reprenez-en une, ou demandez-en davantage.
    .title = Plus de licence
    .plain = Il ne reste aucune licence de ce service : reprenez-en une, ou demandez-en davantage.

problem-service-not-held = Cette entreprise n’a pas { $service } en ce moment : laissez ce service de côté.
    .title = Service absent
    .plain = Cette entreprise n’a pas ce service en ce moment : laissez-le de côté.

problem-customer-closed = L’organisation de cette entreprise a été fermée ; plus rien n’a été fait.
    .title = Organisation fermée

problem-duplicate-address = Cette adresse y est déjà : n’indiquez chacune qu’une fois.
    .title = Adresse déjà présente

problem-too-many = C’est trop à la fois : { $max } au plus.
    .title = Trop à la fois
    .plain = C’est trop à la fois : envoyez-en moins.

problem-not-utf8 = La ligne { $line } n’est pas codée en UTF-8 : enregistrez le fichier en « CSV UTF-8 ».
    .title = Pas en UTF-8
    .plain = Le fichier n’est pas codé en UTF-8 : enregistrez-le en « CSV UTF-8 ».

problem-no-header = Le fichier est vide : sa première ligne nomme les colonnes.
    .title = Pas d’en-tête

problem-unknown-column = La ligne { $line } nomme une colonne « { $value } » inconnue. Colonnes connues : { $allowed }.
    .title = Colonne inconnue
    .plain = Une colonne de la première ligne est inconnue : corrigez son nom ou retirez-la.

problem-missing-column = La colonne « { $value } » manque à la ligne { $line } : ajoutez-la.
    .title = Colonne manquante
    .plain = Une colonne manque à la première ligne : ajoutez-la.

problem-repeated-column = La colonne « { $value } » figure deux fois à la ligne { $line } : gardez-en une.
    .title = Colonne en double
    .plain = Une colonne figure deux fois à la première ligne : gardez-en une.

problem-field-count = La ligne { $line } compte { $found } champs au lieu de { $expected } : vérifiez ses virgules et ses guillemets.
    .title = Nombre de champs inexact
    .plain = Une ligne n’a pas autant de champs que la première : vérifiez ses virgules et ses guillemets.

problem-unclosed-quote = Un guillemet de la ligne { $line }, champ { $column }, n’est jamais fermé : fermez-le.
    .title = Guillemet ouvert
    .plain = Un guillemet n’est jamais fermé : fermez-le.

problem-stray-quote = Le champ { $column } de la ligne { $line } contient un guillemet en son milieu : mettez tout le champ entre guillemets et doublez ceux qu’il contient.
    .title = Guillemet au milieu
    .plain = Un champ contient un guillemet en son milieu : mettez tout le champ entre guillemets et doublez ceux qu’il contient.

problem-control-character = Le champ { $column } de la ligne { $line } contient un caractère invisible : retirez-le.
    .title = Caractère invisible
    .plain = Un champ contient un caractère invisible : retirez-le.

problem-no-rows = Le fichier nomme ses colonnes, et personne en dessous : ajoutez au moins une ligne.
    .title = Aucune ligne

problem-too-many-rows = Le fichier compte plus de { $max } lignes : partagez-le.
    .title = Trop de lignes
    .plain = Le fichier compte trop de lignes : partagez-le.

event-users-added = Utilisateurs ajoutés
event-user-changed = Utilisateur ou licences modifiés
event-user-import-started = Import d’utilisateurs commencé
event-users-imported = Utilisateurs importés
event-user-import-stopped = Import d’utilisateurs arrêté

nav-users = Utilisateurs
done-users-added = Les utilisateurs ont été ajoutés.
done-licenses-given = Les licences ont été attribuées.
done-licenses-taken = Les licences ont été reprises.

users-title = Utilisateurs et licences
users-open = Utilisateurs et licences
users-open-hint = Ajouter des personnes, attribuer et reprendre des licences
users-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
users-licenses = Licences
users-of = { $assigned } sur { $quantity }
users-left = { $count ->
    [one] { $count } restante
   *[other] { $count } restantes
}
users-none-left = Aucune restante
users-over = { $count ->
    [one] { $count } de trop : reprenez-la
   *[other] { $count } de trop : reprenez-les
}
users-no-licenses = Aucun service n’offre de licence à attribuer en ce moment.
users-search = Nom ou adresse
users-license = Licence
users-all = Tout le monde
users-without = Sans aucune licence
users-none = Aucune
users-nobody = Personne ne correspond
    .text = Personne n’a ce nom, cette adresse ou cette licence.
users-chosen = Pour les personnes cochées ci-dessus
users-which = Service
users-give = Attribuer la licence
users-take = Reprendre la licence
users-choose-people = Cochez au moins une personne.
users-choose-service = Choisissez un service.
users-jobs = Vos derniers imports
users-jobs-kept = Un import reste visible ici 30 jours après sa fin.

users-add-open = Ajouter des utilisateurs
users-add-title = Ajouter des utilisateurs
users-add-lead = Jusqu’à 25 personnes à la fois. Toutes sont ajoutées, ou aucune.
users-add-person = Personne { $number }
users-add-more = Davantage à la fois :
users-add-rows = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
users-add-licenses = Licences pour toutes ces personnes
users-add-next = Les utilisateurs ne reçoivent aucun courriel de notre part avant la fin de leur accès. Les administrateurs reçoivent une invitation.
users-add-button = Ajouter
users-add-nobody = Saisissez au moins une adresse.

users-import-open = Importer un fichier
users-import-title = Importer des utilisateurs
users-import-lead = { $count ->
    [one] Un fichier CSV d’au plus { $count } ligne. Il est traité en arrière-plan, ligne par ligne.
   *[other] Un fichier CSV d’au plus { $count } lignes. Il est traité en arrière-plan, ligne par ligne.
}
users-import-file = Fichier CSV
users-import-hint = En UTF-8, avec le nom des colonnes en première ligne, 10 Mio au plus.
users-import-next = Une ligne qui ne peut pas être traitée n’arrête pas les autres. Renvoyer le même fichier est sans conséquence. Pour les personnes déjà présentes, seuls le nom et les licences changent ; le rôle, la langue et le fuseau horaire restent.
users-import-button = Importer
users-import-check = Vérifier seulement
users-import-none = Choisissez un fichier qui n’est pas vide.
users-import-format = Ce que contient le fichier
users-import-example = Fichier d’exemple
users-column-email = L’adresse. Cette colonne est obligatoire.
users-column-name = Le nom, 200 caractères au plus.
users-column-language = en, fr ou zh-Hant ; sinon la langue de l’entreprise.
users-column-time-zone = Un fuseau comme Europe/Paris ; sinon celui de l’entreprise.
users-column-roles = user, sauf indication contraire. Plusieurs rôles sont séparés par des points-virgules.
users-column-licenses = Les services, séparés par des points-virgules. Une cellule vide ne change rien.
users-preview-title = Ce que ferait ce fichier
users-preview-created = Nouveaux
users-preview-updated = Modifiés
users-preview-unchanged = Inchangés
users-preview-failed = Impossibles
users-preview-hint = Rien n’a encore été fait. Seul l’import lui-même montre si une adresse appartient à une autre entreprise.

job-title = Import d’utilisateurs
job-is-queued = En attente
job-is-running = En cours
job-is-done = Terminé
job-is-failed = Échoué
job-total = Lignes
job-rows = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
job-failed = { $count ->
    [one] { $count } ligne n’a pas pu être traitée
   *[other] { $count } lignes n’ont pas pu être traitées
}
job-row = Ligne { $number }
job-progress = { $done } lignes sur { $total }
job-hint = Cette page s’actualise d’elle-même. Vous pouvez la quitter : l’import continue.
job-succeeded = Traitées
job-file = Résultat en CSV
job-mend = À corriger
job-mend-hint = Les lignes sont comptées sans celle des noms de colonnes. Corrigez-les, puis renvoyez le fichier.
job-all = Toutes les lignes sont traitées
    .text = Il n’y a rien à corriger.
job-to-users = Aller aux utilisateurs
