# Users, licences, and work in the background.

problem-licenses-exhausted = No licence of { $service } is left: { $assigned } of { $quantity } are given. Take one back, or ask for more.
    .title = No licence left
    .plain = No licence of this service is left: take one back, or ask for more.

problem-service-not-held = This company does not have { $service } now: leave it out.
    .title = Service not there
    .plain = This company does not have this service now: leave it out.

problem-customer-closed = This company’s organization was closed, so nothing more was done.
    .title = Organization closed

problem-duplicate-address = This address is there already: name each one once.
    .title = Address there already

problem-too-many = These are too many at once: at most { $max }.
    .title = Too many at once
    .plain = These are too many at once: send fewer.

problem-not-utf8 = Line { $line } is not encoded as UTF-8: save the file as “CSV UTF-8”.
    .title = Not UTF-8
    .plain = The file is not encoded as UTF-8: save it as “CSV UTF-8”.

problem-no-header = The file is empty: its first line names the columns.
    .title = No header

problem-unknown-column = Line { $line } names a column “{ $value }” that is not known. Known are: { $allowed }.
    .title = Unknown column
    .plain = A column of the first line is not known: correct its name or take it out.

problem-missing-column = The column “{ $value }” is missing in line { $line }: add it.
    .title = Column missing
    .plain = A column is missing in the first line: add it.

problem-repeated-column = The column “{ $value }” stands twice in line { $line }: keep one.
    .title = Column twice
    .plain = A column stands twice in the first line: keep one.

problem-field-count = Line { $line } has { $found } fields instead of { $expected }: check its commas and quotation marks.
    .title = Wrong number of fields
    .plain = A line has another number of fields than the first one: check its commas and quotation marks.

problem-unclosed-quote = A quotation mark in line { $line }, field { $column }, is never closed: close it.
    .title = Quotation mark open
    .plain = A quotation mark is never closed: close it.

problem-stray-quote = Line { $line }, field { $column }, has a quotation mark in its middle: put the whole field into quotation marks and double those within.
    .title = Quotation mark in the middle
    .plain = A field has a quotation mark in its middle: put the whole field into quotation marks and double those within.

problem-control-character = Line { $line }, field { $column }, holds a character that cannot be seen: take it out.
    .title = Invisible character
    .plain = A field holds a character that cannot be seen: take it out.

problem-no-rows = The file names its columns and nobody below them: add at least one row.
    .title = No rows

problem-too-many-rows = The file has more than { $max } rows: split it.
    .title = Too many rows
    .plain = The file has too many rows: split it.

event-users-added = Users added
event-user-changed = User or licences changed
event-user-import-started = Import of users started
event-users-imported = Users imported
event-user-import-stopped = Import of users stopped
