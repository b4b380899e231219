# One's own account, and the ways in.

label-name = Your name
label-code = Code
label-current = Current password
label-new-password = New password
label-token = What it is for
label-scopes = What it may be used for
label-days = Days until it ends
label-secret = The token

menu-account = My account

sign-in-forgot = No password yet, or forgotten?

done-account-saved = Saved.
done-password-changed = Your password has changed. You are signed out everywhere else.
done-code-removed = You sign in without a code from now on.
done-session-ended = That session has ended.
done-signed-out-others = You are signed out everywhere else.
done-token-ended = The token no longer works.
done-link-sent = A new link is on its way to the address of the account.

code-title = Enter your code
code-lead = Your account asks for a code besides the password.
code-hint = The six digits that your authenticator app shows, or one of your recovery codes.
code-lost = Neither app nor recovery codes at hand? Ask your administrator for help.

forgot-title = Choose a new password
forgot-lead = We send you a link with which you choose another one.
forgot-button = Send the link
forgot-back = Back to signing in
forgot-sent = Look into your inbox
forgot-sent-lead = If somebody with this address can sign in, a link is on its way there. It works for an hour.
forgot-sent-hint = Nothing after a few minutes? Look among unwanted mail, and check the address.

door-invitation = Welcome
door-invitation-lead = { $company } has opened an account for you. Choose a password, and you are in.
door-welcome = Welcome to your trial
door-welcome-lead = You administer the trial of { $company }. Choose a password, and you are in.
door-reset = Choose a new password
door-reset-lead = For your account at { $company }. You are then signed out everywhere else.
door-button = Save and sign in
door-used = This link has been used
door-used-lead = Links like this one work once. If it was you, sign in with the password that you chose.
door-superseded = A newer email replaces this link
door-superseded-lead = Use the link in the latest email, or sign in.
door-expired = This link has run out
door-expired-lead = We can send a new one to the address of the account.
door-again = Send me a new link

prove-title = Is it still you?
prove-lead = What comes next carries weight. Enter your password once more, please.
prove-otherwise = What comes next carries weight. Sign in once more, please.
prove-again = Sign in again instead

password-title = Choose another password
password-lead = You are then signed out everywhere else. Tokens go on working.
password-hint = At least 8 characters, of any kind: several words are easy to keep in mind.
password-change = Change the password
password-set = Choose a password

account-title = My account
account-profile = About you
account-who = Your account
account-company = Company
account-roles = Roles
account-language = Language
account-language-hint = Of pages and emails.
account-zone-hint = In which dates and times are shown to you.
account-password = You sign in with a password.
account-no-password = You have no password.
account-code = One-time code
account-code-on = { $count ->
    [one] A code from your app is asked whenever you sign in with your password. You have { $count } recovery code left.
   *[other] A code from your app is asked whenever you sign in with your password. You have { $count } recovery codes left.
}
account-code-off = With a code from an app on your phone, a stolen password is not enough to sign in as you.
account-code-set-up = Set up a code
account-code-manage = Recovery codes, or do without
account-sessions = Where you are signed in
account-sessions-hint = Something you do not know? End it, and change your password.
account-tokens = Tokens
account-tokens-hint = With a token, a program does what you may do.

session-device = { $browser } on { $platform }
session-unknown = Unknown browser
session-since = { $how }, { $date }
session-seen = Last used { $date }
session-current = This is where you are now
session-end = Sign out
session-end-others = Sign out everywhere else
session-end-all = Sign out everywhere
session-by-password = By password
session-by-password-and-code = By password and code
session-by-passkey = By passkey
session-by-single-sign-on = By your company’s sign-in
session-by-door = By a link by email
session-by-demo = In the demo

code-set-title = Set up a code
code-set-lead = Open an authenticator app on your phone, let it read this picture, and type the code that it shows.
code-set-picture = A QR code for your authenticator app; the key below says the same.
code-set-key = Cannot read it? Type this key into the app
code-set-hint = Six digits. You are then signed out everywhere else.
code-set-button = Turn the code on
code-use-title = Your one-time code
code-remove = Do without the code
code-remove-lead = Your password alone is then enough. To change to another phone, do without and set the code up anew.
code-remove-button = Do without the code

recovery-title = Your recovery codes
recovery-lead = Each stands in once for the code of your app, should your phone be lost.
recovery-once = They are shown now and never again. Print them, or keep them in a password manager.
recovery-kept = I have kept them
recovery-renew = New recovery codes
recovery-renew-lead = The codes that you have now stop working.
recovery-renew-button = Show me new codes

token-title = Make a token
token-lead = A program that has the token acts in your name: give it no more than it needs.
token-label-hint = So that you know it again: the name of the program, say.
token-days-hint = { $most } at most. Make a new one in time.
token-made-title = Your token
token-made-lead = For: { $label }. Copy it into the program now.
token-once = It is shown now and never again. Whoever has it acts in your name.
token-kept = I have copied it
token-end = End
token-ends = Ends { $date }
token-no-end = Does not end by itself
token-used = Last used { $date }
token-unused = Not used yet

scope-read = Read
    .text = See what you see, change nothing.
scope-provisioning = Provisioning
    .text = For the system that sets services up: read its orders and answer them, nothing else.
scope-trials = Trials
    .text = Read, and start and change trials and customers.
scope-people = People
    .text = Read, and change people, partners and access.
scope-all = Everything
    .text = All that you may do, tokens included.
