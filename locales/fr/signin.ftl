# Clés d’accès et connexion par l’entreprise.

passkey-sign-in = Se connecter avec une clé d’accès
passkey-prove = Le prouver avec une clé d’accès
prove-passkey = Votre clé d’accès prouve que c’est toujours vous.
account-passkeys = { $count ->
    [0] Pas encore de clé d’accès : connectez-vous du doigt, du visage ou avec le code de votre appareil, sans mot de passe.
    [one] Vous pouvez vous connecter avec une clé d’accès.
   *[other] Vous pouvez vous connecter avec { $count } clés d’accès.
}
account-passkeys-manage = Gérer les clés d’accès
passkey-unable = Les clés d’accès demandent JavaScript et un navigateur qui les connaît. Les autres façons de se connecter s’en passent.
passkey-failed = Cela n’a pas fonctionné : l’appareil n’a pas été déverrouillé, n’a pas de clé pour ce site, ou le délai est passé. Réessayez.
passkeys-title = Clés d’accès
passkeys-lead = Connectez-vous du doigt, du visage ou avec le code de votre appareil, sans mot de passe. Ce qui vous identifie ne quitte jamais l’appareil.
passkeys-none = Vous n’avez pas encore de clé d’accès.
passkeys-impossible = Les clés d’accès ne fonctionnent que si ce site est servi en https, sous son propre nom.
passkey-label = Nom de la clé
passkey-label-hint = Pour la distinguer des autres : « Portable », « Téléphone », « Clé du trousseau ».
passkey-add = Ajouter une clé d’accès
passkey-added = Ajoutée le { $date }
passkey-used = utilisée le { $date }
passkey-unused = pas encore utilisée
passkey-remove = Retirer
passkey-remove-named = Retirer la clé { $name }
passkey-remove-hint = Une clé retirée ici ne permet plus de se connecter. Supprimez-la aussi sur l’appareil.
done-passkey-added = La clé est ajoutée. Vous pouvez désormais vous connecter avec elle.
done-passkey-removed = La clé est retirée.
single-sign-on-link = Se connecter par votre entreprise
single-sign-on-title = Se connecter par votre entreprise
single-sign-on-lead = Le service de connexion de votre entreprise nous dit qui vous êtes. Nous ne voyons jamais le mot de passe que vous y utilisez.
single-sign-on-button = Continuer
single-sign-on-none = Aucune entreprise n’a mis en place sa propre connexion pour cette adresse. Vérifiez-la, ou connectez-vous autrement.
single-sign-on-other = Se connecter autrement
single-sign-on-going = Vous vous connectez sur { $host }, puis revenez ici.
single-sign-on-go = Continuer
company-sign-in-title = Connexion de l’entreprise
company-sign-in-lead = Vos collègues se connectent avec le compte que votre entreprise leur donne (OpenID Connect).
company-sign-in-redirect = Adresse de retour à déclarer chez votre fournisseur d’identité
company-sign-in-issuer = Émetteur
company-sign-in-issuer-hint = L’adresse par laquelle votre fournisseur d’identité se nomme ; elle commence par https.
company-sign-in-client-id = Identifiant client
company-sign-in-secret = Secret client
company-sign-in-secret-kept = Conservé, jamais affiché. Laissez vide pour le garder ; un autre émetteur ou identifiant le demande à nouveau.
company-sign-in-domains = Domaines de messagerie
company-sign-in-domains-hint = Un par ligne, tels qu’ils suivent le @. Chacun compte dès que l’éditeur a confirmé qu’il est à vous.
company-sign-in-passwords = Les mots de passe restent permis
company-sign-in-passwords-hint = Sinon, les personnes dont l’adresse est d’un domaine confirmé se connectent seulement par votre entreprise, ou avec une clé d’accès. Essayez votre connexion avant de refuser les mots de passe.
company-sign-in-save = Enregistrer
company-sign-in-remove = Retirer la connexion de l’entreprise
company-sign-in-remove-title = Retirer la connexion de l’entreprise ?
company-sign-in-remove-lead = Vos collègues ne pourront plus se connecter par votre entreprise. Les personnes sans mot de passe ni clé d’accès devront d’abord en recevoir pour entrer. Les domaines devront être confirmés à nouveau si vous la remettez en place.
company-sign-in-keep = La garder
domain-confirmed = Confirmé
domain-waits = En attente de l’éditeur
done-single-sign-on = Enregistré.
done-single-sign-on-removed = La connexion de l’entreprise est retirée.

problem-no-account = Votre entreprise vous connaît, mais vous n’avez pas de compte ici : demandez une invitation à votre administrateur.
    .title = Pas de compte ici

problem-email-unverified = Votre entreprise n’a pas vérifié votre adresse : demandez à votre administrateur de la faire vérifier.
    .title = Adresse non vérifiée

problem-last-way-in = C’est votre seule façon de vous connecter : ajoutez d’abord une autre clé ou un mot de passe.
    .title = Seul accès

problem-domain-taken = Le domaine « { $value } » appartient à une autre organisation : déterminez d’abord à qui il est.
    .title = Domaine déjà pris
    .plain = Un domaine appartient à une autre organisation : déterminez d’abord à qui il est.

problem-sign-in-over = Cette connexion a trop duré, a déjà servi ou a été commencée dans un autre navigateur : recommencez.
    .title = Connexion terminée

problem-invalid-domain = Ce n’est pas un domaine de messagerie : écrivez-le comme après le @, par exemple « example.com ».
    .title = Domaine non valide

problem-invalid-url = Cette adresse ne peut pas servir : elle commence par https et s’arrête après le chemin.
    .title = Adresse non valide

problem-passkey-refused = La clé d’accès n’a pas été acceptée : réessayez, ou connectez-vous autrement.
    .title = Clé refusée

problem-provider-failed = La connexion de votre entreprise n’a pas répondu comme il faut : réessayez, et prévenez votre administrateur si cela persiste.
    .title = Connexion de l’entreprise en échec

problem-company-sign-in = C’est la connexion de votre entreprise qui ouvre ce compte : connectez-vous par votre entreprise.
    .title = Connexion par l’entreprise
