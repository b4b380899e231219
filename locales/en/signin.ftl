# Passkeys, and signing in through one’s company.

passkey-sign-in = Sign in with a passkey
passkey-prove = Prove it with a passkey
prove-passkey = Your passkey proves that it is still you.
account-passkeys = { $count ->
    [0] You have no passkey yet: sign in with your finger, your face or your device’s code instead of a password.
    [one] You can sign in with one passkey.
   *[other] You can sign in with { $count } passkeys.
}
account-passkeys-manage = Manage passkeys
passkey-unable = Passkeys need scripts, and a browser that knows them. Every other way to sign in works without.
passkey-failed = That did not work: the device was not unlocked, has no passkey for this site, or the time ran out. Try again.
passkeys-title = Passkeys
passkeys-lead = Sign in with your finger, your face or your device’s code instead of a password. What proves it never leaves the device.
passkeys-none = You have no passkey yet.
passkeys-impossible = Passkeys work only where this site is reached by https under a name of its own.
passkey-label = Name of the passkey
passkey-label-hint = So that you tell it from others: “Laptop”, “Phone”, “Key on my key ring”.
passkey-add = Add a passkey
passkey-added = Added { $date }
passkey-used = last used { $date }
passkey-unused = not used yet
passkey-remove = Remove
passkey-remove-named = Remove the passkey { $name }
passkey-remove-hint = A passkey that is removed here no longer signs you in. Delete it on the device as well.
done-passkey-added = The passkey is added. You can sign in with it from now on.
done-passkey-removed = The passkey is removed.
single-sign-on-link = Sign in through your company
single-sign-on-title = Sign in through your company
single-sign-on-lead = Your company’s own sign-in tells us who you are. We never see the password that you use there.
single-sign-on-button = Continue
single-sign-on-none = No company has set up its own sign-in for this address. Check it, or sign in another way.
single-sign-on-other = Sign in another way
single-sign-on-going = You sign in at { $host }, then come back here.
single-sign-on-go = Go on
company-sign-in-title = Company sign-in
company-sign-in-lead = Let your people sign in with the accounts that your company gives them (OpenID Connect).
company-sign-in-redirect = Redirect address to register at your provider
company-sign-in-issuer = Issuer
company-sign-in-issuer-hint = The address by which your provider names itself, beginning with https.
company-sign-in-client-id = Client ID
company-sign-in-secret = Client secret
company-sign-in-secret-kept = Kept and never shown. Leave it empty to keep it; another issuer or client ID needs it anew.
company-sign-in-domains = Email domains
company-sign-in-domains-hint = One to a line, as they stand behind the @. Each counts once the vendor has confirmed that it is yours.
company-sign-in-passwords = Passwords stay allowed
company-sign-in-passwords-hint = Without this, people whose addresses have a confirmed domain sign in through your company only, or with a passkey. Try your sign-in before you turn passwords off.
company-sign-in-save = Save
company-sign-in-remove = Remove company sign-in
company-sign-in-remove-title = Remove company sign-in?
company-sign-in-remove-lead = Your people can no longer sign in through your company. Those who have no password or passkey cannot get in until they are given one. The domains have to be confirmed again if you set it up anew.
company-sign-in-keep = Keep it
domain-confirmed = Confirmed
domain-waits = Waiting for the vendor’s confirmation
done-single-sign-on = Saved.
done-single-sign-on-removed = Company sign-in is removed.

problem-no-account = Your company’s sign-in knows you, but there is no account for you here: ask your administrator to invite you.
    .title = No account here

problem-email-unverified = Your company’s sign-in has not verified your address: ask your administrator to verify it there.
    .title = Address not verified

problem-last-way-in = This is your only way to sign in: add another passkey or a password first.
    .title = Only way in

problem-domain-taken = The domain “{ $value }” belongs to another organization: settle whose it is first.
    .title = Domain taken
    .plain = A domain belongs to another organization: settle whose it is first.

problem-sign-in-over = This sign-in took too long, was used already, or was begun in another browser: begin again.
    .title = Sign-in over

problem-invalid-domain = This is not an email domain: write it as it stands behind the @, like “example.com”.
    .title = Domain not valid

problem-invalid-url = This is not an address that can be used: it begins with https and has nothing behind its path.
    .title = Address not valid

problem-passkey-refused = The passkey was not accepted: try again, or sign in another way.
    .title = Passkey not accepted

problem-provider-failed = Your company’s sign-in did not answer as it should: try again, and tell your administrator if it stays so.
    .title = Company sign-in failed

problem-company-sign-in = Your company’s own sign-in opens this account: sign in through your company.
    .title = Sign in through your company
