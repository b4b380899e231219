why-not-allowance-used = Your company’s allowance of trials is used.

problem-draft-limit = You keep as many half-filled starts as there can be ({ $limit }): finish or discard one first.
    .title = Too many drafts
    .plain = You keep as many half-filled starts as there can be: finish or discard one first.

approvals-views = Approvals by kind
approvals-all = All
approvals-kind-service = Services
approvals-kind-country = Countries
approvals-kind-extension = Extensions
approvals-about = The trial: { $services } · { $quantity } · { $length }
approvals-due = Helps until { $date }
approvals-reason-hint = The partner reads it.
approvals-last = Decided last
approvals-matter = Matter
approvals-by = Decided by
approvals-by-left = Somebody who has left
approvals-approved = Approved
approvals-refused = Refused
approvals-closed = Closed
approvals-withdrawn = No longer needed
approval-country-no = If you refuse, this trial ends before it begins.
approval-service-no = If you refuse, the trial goes on without this service and what needs it.
approval-extension-no = If you refuse, the end date stays as it is.
approval-because-service-not-eligible = Bought in the meantime, so it cannot be tried.
approval-because-extension-limit = Extended as often as is allowed by then.
approval-because-wrong-status = The trial was over by then.
done-approval-late = Somebody has decided this before you. It stands below.
done-approval-full = The partner has no place for another active trial now, so the extension still waits.
done-approval-closed = This could no longer be approved, so it was closed. Why stands below, and the partner has been told.
event-exception-granted = Rest lifted for one trial
event-exception-taken-back = Lifted rest taken back

drafts-title = Half-filled starts
drafts-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
draft-unnamed = Customer not named yet
draft-stopped = Next: { $step }
draft-changed = Changed { $date }
draft-forgotten = Unless it is changed, it goes by itself on { $date }.
draft-resume = Resume
draft-discard = Discard
draft-discard-sure = What was filled in is lost.
draft-discard-yes = Discard it
draft-kept = Your answers are kept at every step. You can leave, and resume above the list of customers.
done-draft-discarded = The draft has been discarded.
done-draft-newer = This draft has newer answers, so it was kept. Discard it again if you want.
done-draft-apart = This draft was changed in another window. Your answers are kept in a draft of their own; nothing is lost.
done-draft-limit = You keep as many drafts as there can be, so this one is not kept. You can still finish it now.
done-draft-not-kept = Your answers could not be kept just now. You can still go on and finish.
allowance-month = Trials started this month: { $used } of { $of }.
allowance-active = Trials active now: { $used } of { $of }.

nav-exceptions = Exceptions
exceptions-title = Exceptions
exceptions-lead = Lift the rest between trials, or their limit, for one more trial of a service.
exception-customer = Customer
exception-customer-hint = Its id, as it stands in the addresses of its pages: org_…
exception-look = Look up
exception-unknown = This is not the id of a customer: copy it from the address of the customer’s page.
exception-for = For { $customer }
exception-any = Any partner
exception-reason-hint = It stands in the record of changes.
exception-grant = Lift it for one trial
exception-take-back = Take back
exceptions-granted = Granted to { $customer }
exceptions-none = Nothing was lifted
    .text = This customer’s services follow the program’s rests and limits.
exception-open = Can be used
exception-used = Used up
exception-taken-back = Taken back
done-exception-granted = Lifted for one trial. The partner sees at once that the service can be tried.
done-exception-taken-back = Taken back.
done-exception-late = This one was used or taken back in the meantime.
