# Son propre compte, et les façons d’y entrer.

label-name = Votre nom
label-code = Code
label-current = Mot de passe actuel
label-new-password = Nouveau mot de passe
label-token = À quoi il sert
label-scopes = Ce qu’il permet
label-days = Jours jusqu’à sa fin
label-secret = Le jeton

menu-account = Mon compte

sign-in-forgot = Pas encore de mot de passe, ou oublié ?

done-account-saved = Enregistré.
done-password-changed = Votre mot de passe a changé. Vous êtes déconnecté partout ailleurs.
done-code-removed = Vous vous connectez désormais sans code.
done-session-ended = Cette session a pris fin.
done-signed-out-others = Vous êtes déconnecté partout ailleurs.
done-token-ended = Le jeton ne fonctionne plus.
done-link-sent = Un nouveau lien est en route vers l’adresse du compte.

code-title = Saisissez votre code
code-lead = En plus du mot de passe, votre compte demande un code.
code-hint = Les six chiffres affichés par votre application d’authentification, ou l’un de vos codes de secours.
code-lost = Ni application ni codes de secours sous la main ? Demandez de l’aide à votre administrateur.

forgot-title = Choisir un nouveau mot de passe
forgot-lead = Nous vous envoyons un lien pour en choisir un autre.
forgot-button = Envoyer le lien
forgot-back = Revenir à la connexion
forgot-sent = Consultez votre messagerie
forgot-sent-lead = Si quelqu’un peut se connecter avec cette adresse, un lien y est en route. Il est valable une heure.
forgot-sent-hint = Toujours rien après quelques minutes ? Regardez parmi les courriers indésirables et vérifiez l’adresse.

door-invitation = Bienvenue
door-invitation-lead = { $company } vous a ouvert un compte. Choisissez un mot de passe et vous y êtes.
door-welcome = Bienvenue dans votre essai
door-welcome-lead = Vous administrez l’essai destiné à { $company }. Choisissez un mot de passe et vous y êtes.
door-reset = Choisir un nouveau mot de passe
door-reset-lead = Pour votre compte chez { $company }. Vous serez alors déconnecté partout ailleurs.
door-button = Enregistrer et se connecter
door-used = Ce lien a déjà servi
door-used-lead = Un tel lien ne sert qu’une fois. Si c’était vous, connectez-vous avec le mot de passe choisi.
door-superseded = Un courriel plus récent remplace ce lien
door-superseded-lead = Utilisez le lien du dernier courriel, ou connectez-vous.
door-expired = Ce lien n’est plus valable
door-expired-lead = Nous pouvons en envoyer un nouveau à l’adresse du compte.
door-again = M’envoyer un nouveau lien

prove-title = Est-ce toujours vous ?
prove-lead = La suite est importante. Merci de saisir votre mot de passe encore une fois.
prove-otherwise = La suite est importante. Merci de vous connecter encore une fois.
prove-again = Se connecter à nouveau

password-title = Choisir un autre mot de passe
password-lead = Vous serez alors déconnecté partout ailleurs. Les jetons continuent de fonctionner.
password-hint = Au moins 8 caractères, quels qu’ils soient : plusieurs mots se retiennent bien.
password-change = Changer le mot de passe
password-set = Choisir un mot de passe

account-title = Mon compte
account-profile = Vous
account-who = Votre compte
account-company = Entreprise
account-roles = Rôles
account-language = Langue
account-language-hint = Des pages et des courriels.
account-zone-hint = Celui dans lequel dates et heures vous sont affichées.
account-password = Vous vous connectez avec un mot de passe.
account-no-password = Vous n’avez pas de mot de passe.
account-code = Code à usage unique
account-code-on = { $count ->
    [one] Un code de votre application est demandé à chaque connexion par mot de passe. Il vous reste { $count } code de secours.
   *[other] Un code de votre application est demandé à chaque connexion par mot de passe. Il vous reste { $count } codes de secours.
}
account-code-off = Avec un code fourni par une application de votre téléphone, un mot de passe volé ne suffit pas pour se connecter à votre place.
account-code-set-up = Configurer un code
account-code-manage = Codes de secours, ou s’en passer
account-sessions = Où vous êtes connecté
account-sessions-hint = Quelque chose vous est inconnu ? Mettez-y fin et changez votre mot de passe.
account-tokens = Jetons
account-tokens-hint = Avec un jeton, un programme fait ce que vous pouvez faire.

session-device = { $browser } sur { $platform }
session-unknown = Navigateur inconnu
session-since = { $how }, { $date }
session-seen = Dernière utilisation : { $date }
session-current = C’est ici que vous êtes
session-end = Déconnecter
session-end-others = Déconnecter partout ailleurs
session-end-all = Déconnecter partout
session-by-password = Par mot de passe
session-by-password-and-code = Par mot de passe et code
session-by-passkey = Par clé d’accès
session-by-single-sign-on = Par la connexion de votre entreprise
session-by-door = Par un lien reçu par courriel
session-by-demo = Dans la démonstration

code-set-title = Configurer un code
code-set-lead = Ouvrez une application d’authentification sur votre téléphone, faites-lui lire cette image et saisissez le code qu’elle affiche.
code-set-picture = Un code QR pour votre application d’authentification ; la clé ci-dessous dit la même chose.
code-set-key = Impossible de la lire ? Saisissez cette clé dans l’application
code-set-hint = Six chiffres. Vous serez alors déconnecté partout ailleurs.
code-set-button = Activer le code
code-use-title = Votre code à usage unique
code-remove = Se passer du code
code-remove-lead = Votre mot de passe suffira alors. Pour changer de téléphone, passez-vous du code puis configurez-le à nouveau.
code-remove-button = Se passer du code

recovery-title = Vos codes de secours
recovery-lead = Chacun remplace une fois le code de votre application, si votre téléphone est perdu.
recovery-once = Ils sont affichés maintenant, et plus jamais. Imprimez-les ou gardez-les dans un gestionnaire de mots de passe.
recovery-kept = Je les ai gardés
recovery-renew = Nouveaux codes de secours
recovery-renew-lead = Ceux que vous avez cessent de fonctionner.
recovery-renew-button = Afficher de nouveaux codes

token-title = Créer un jeton
token-lead = Le programme qui possède le jeton agit en votre nom : ne lui donnez que le nécessaire.
token-label-hint = Pour le reconnaître : le nom du programme, par exemple.
token-days-hint = { $most } au plus. Créez-en un autre à temps.
token-made-title = Votre jeton
token-made-lead = Pour : { $label }. Copiez-le dans le programme dès maintenant.
token-once = Il est affiché maintenant, et plus jamais. Quiconque le possède agit en votre nom.
token-kept = Je l’ai copié
token-end = Mettre fin
token-ends = Prend fin : { $date }
token-no-end = Ne prend pas fin de lui-même
token-used = Dernière utilisation : { $date }
token-unused = Pas encore utilisé

scope-read = Lecture
    .text = Voir ce que vous voyez, sans rien changer.
scope-provisioning = Mise en service
    .text = Pour le système de mise en service : lire ses demandes et y répondre, rien d’autre.
scope-trials = Essais
    .text = Lire, lancer et modifier essais et clients.
scope-people = Personnes
    .text = Lire, modifier personnes, partenaires et accès.
scope-all = Tout
    .text = Tout ce que vous pouvez faire, jetons compris.
