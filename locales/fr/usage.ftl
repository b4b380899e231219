### L’utilisation en image (USE-1), le récapitulatif quotidien et les adresses en échec (NOTE-4).

problem-unknown-customer = Ce client n’existe pas, ou il n’essaie ni ne possède ce service.
    .title = Pas un client de ce service
problem-invalid-metric = Nommez ce qui a été compté en minuscules, chiffres et _, en commençant par une lettre, 40 caractères au plus : active_users.
    .title = Nom de mesure non valable
problem-invalid-day = Écrivez le jour sous la forme AAAA-MM-JJ.
    .title = Jour non valable
problem-duplicate-figure = Ce chiffre figure deux fois dans l’envoi : gardez-en un.
    .title = Chiffre en double

scope-usage = Utilisation
    .text = Pour un service qui transmet ce que les clients utilisent : rien d’autre.

event-usage-reported = Utilisation transmise

## L’utilisation en image

nav-usage = Utilisation
usage-title = Utilisation
usage-hint = Les 30 derniers jours. Un jour sans relevé est un vide, pas un zéro.
usage-none = Pas encore de chiffres. Ils apparaîtront ici dès qu’un service aura transmis son premier jour.
usage-more = Cette page ne peut pas montrer tout ce qui est mesuré. L’API permet de tout lire.
usage-of = { $service } : { $metric }
usage-metric-active-users = utilisateurs actifs
usage-metric-messages = messages
usage-metric-meetings = réunions
usage-metric-meeting-minutes = minutes de réunion
usage-metric-participants = participants
usage-metric-calls = appels
usage-metric-call-minutes = minutes d’appel
usage-metric-devices = appareils
chart-about = { $value } le { $date }, dernier jour transmis. Au plus { $highest } en un jour.
chart-numbers = Les chiffres
chart-day = Jour
chart-value = Chiffre

## Le récapitulatif quotidien

email-kind-digest = Récapitulatif quotidien
email-digest-partner =
    .subject = { $count ->
        [one] Un essai de vos clients se termine bientôt
       *[other] { $count } essais de vos clients se terminent bientôt
    }
    .heading = Vos essais aujourd’hui
    .lead = { $count ->
        [one] Cet essai se termine bientôt ou vient de se terminer.
       *[other] Ces essais se terminent bientôt ou viennent de se terminer.
    }
    .next = Parlez-en dès maintenant à vos clients, pour que rien ne s’interrompe. Vous pouvez convertir un essai en commande ou le prolonger.
    .button = Ouvrir vos clients
email-why-digest = Vous recevez ce courriel une fois par jour, à la place des rappels isolés. Vous pouvez le changer dans votre compte.
email-digest-ends = { $days ->
    [0] se termine aujourd’hui, le { $ends }
    [1] se termine demain, le { $ends }
   *[other] se termine dans { $days } jours, le { $ends }
}
email-digest-ended = terminé le { $ends }

account-digest = Un courriel par jour
account-digest-hint = À la place d’un rappel pour chaque essai qui se termine : tous dans un seul courriel, à 9 heures.

## Bounced addresses

bounced = Les courriels envoyés à cette adresse reviennent
bounced-person = Les courriels envoyés à cette adresse reviennent. Si elle contient une erreur, retirez cette personne et invitez-la de nouveau à la bonne adresse. Cet avis disparaît dès qu’un courriel est remis.
bounced-ours = L’administrateur du client ne reçoit aucun courriel : depuis le { $date }, tout ce qui est envoyé à { $email } revient. Veuillez corriger l’adresse.
bounced-theirs = Depuis le { $date }, les courriels envoyés à un administrateur de ce client reviennent. Veuillez demander au client de vérifier l’adresse.
