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
