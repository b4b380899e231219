# The end: what goes, what stays, what is held back (EXP-9).
ending-title = What goes at the end
ending-lead-closes = Through { $date } everything can still be kept: have the trial extended, buy, or take your data away. After that nobody can bring it back.
ending-lead-stays = Through { $date } this trial can still be extended or bought. After that only what belongs to it goes; everything else stays.
ending-nothing = Nothing is planned: there is no date on which something of this trial would go.
ending-services = { $services } stop for everyone.
ending-users = { $users ->
    [one] One person loses access and moves to the free plan. The organization is closed.
   *[other] { $users } people lose access and move to the free plan. The organization is closed.
}
ending-administrators = { $count ->
    [one] One administrator loses that role.
   *[other] { $count } administrators lose that role.
}
ending-licences = { $service }: { $count } of { $total } licences are assigned, and are taken back.
ending-site = The meetings site { $site } is given up.
ending-calling = Calling stops: locations ({ $locations }), phone numbers ({ $numbers }).
ending-told = { $users ->
    [one] One person is told by email that access has ended.
   *[other] { $users } people are told by email that access has ended.
}
ending-erased = Once the last of these emails has arrived, everything personal is erased. Only dates and counts remain.
ending-numbers = Phone numbers are released, to nobody before.
ending-stays = What stays
ending-bought = Bought
ending-other-trial = On trial elsewhere
ending-held = This is on hold: nothing goes until the hold is lifted. The trial can still be extended or bought.
ending-ordered = An order was placed in time: nothing goes through { $date }, unless it is closed before. Once it is set up, what was ordered stays.
ending-export = Take everything away (JSON)
ending-buy = How to buy
ending-back = Back
ending-open = What goes at the end
nav-removals = What ends
removals-title = What ends next
removals-lead = What goes within eight weeks, once grace is over; the next one first.
removals-none = Nothing goes
    .text = No organization or service is taken away within eight weeks.
removals-planned = Planned
removals-due = Due
removals-held = On hold
removals-closes = { $users ->
    [one] The organization closes; one person moves to the free plan.
   *[other] The organization closes; { $users } people move to the free plan.
}
removals-stays = Only this trial’s services go; the organization stays.
removals-held-why = On hold: { $reason }
removals-since = Since { $date }
removals-lift = Lift the hold
removals-hold = Put on hold
removals-reason = Reason for a hold
removals-reason-hint = Nothing of this customer goes while the hold lasts.
removals-more = More
removals-others = Other customers on hold
done-held = On hold. Nothing of this customer goes until you lift the hold.
done-lifted = The hold is lifted. What fell due meanwhile is done now.
