### Usage as a picture (USE-1), the daily digest and bounced addresses (NOTE-4).

problem-unknown-customer = There is no such customer, or it neither tries nor has bought this service.
    .title = Not a customer of this service
problem-invalid-metric = Name what was counted in small letters, digits and _, beginning with a letter, at most 40: active_users.
    .title = Not a metric’s name
problem-invalid-day = Write the day as YYYY-MM-DD.
    .title = Not a day
problem-duplicate-figure = This figure stands in the report twice: keep one.
    .title = Reported twice

scope-usage = Usage
    .text = For a service that reports what customers use: nothing else.

event-usage-reported = Usage reported
