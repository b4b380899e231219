# PROV-2: what the provisioner is asked.

nav-provisioning = Provisioning
provisioning-title = Provisioning
provisioning-about = What the system that sets up services was asked to do, and what came of it.
provisioning-embedded = On this installation services are ready at once. No other system is asked.
provisioning-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
provisioning-more = These have been waiting longest; the API lists all of them.
provisioning-none = Nothing is waiting
    .text = Every service that was asked for has its answer.
provisioning-stuck = Stuck
provisioning-failed = Cannot be set up
provisioning-open = Under way
provisioning-provision = Set up { $service }
provisioning-suspend = Pause { $service }
provisioning-resume = Resume { $service }
provisioning-withdraw = Withdraw { $service }
provisioning-who = { $customer }, by { $partner }
provisioning-asked = Asked on { $date }
provisioning-next = Called again on { $date }, unless it answers first
provisioning-heard-nothing = Not called yet
provisioning-heard-taken = Calls: { $count }. It took the last one and has not answered.
provisioning-heard-not-yet = Calls: { $count }. It answered that it takes longer.
provisioning-heard-refused = Calls: { $count }. It refused the last one.
provisioning-heard-unreachable = Calls: { $count }. It could not be reached.
provisioning-heard-private-address = Calls: { $count }. Its address leads inside the network and is not called.
provisioning-heard-late = Calls: { $count }. It did not react in time.
provisioning-heard-gone = Calls: { $count }. It said that it takes no more calls.
provisioning-heard-store = Calls: { $count }. Our own store did not answer; it is tried again.
provisioning-is-open = Asked
provisioning-is-late = Overdue
provisioning-is-manual = By hand · trials team
provisioning-is-failed = Cannot be done
provisioning-is-done = Done
provisioning-is-void = No longer wanted
provisioning-ask-again = Ask again
provisioning-by-hand = Done by hand
provisioning-cannot = It cannot be done
provisioning-reason = Why? The partner reads this.
provisioning-say-failed = Report as failed
done-provisioning-done = It is recorded as done by hand.
done-provisioning-again = The system is asked again.
done-provisioning-failed = It is recorded as failed. The partner sees the reason.
making-title = Setting up services
making-going = Is being set up. There is nothing for you to do.
making-by-hand = The vendor’s trials team is setting it up by hand.
making-failed = Could not be set up. The vendor’s trials team can try again; the other services are not affected.
making-reason = Reason given: { $reason }
making-is-provisioned = All services are set up
making-is-provisioning = In progress
making-is-pending-details = Waiting for the details
making-is-manual = By hand, by the vendor’s trials team
making-is-unable = A service could not be set up
