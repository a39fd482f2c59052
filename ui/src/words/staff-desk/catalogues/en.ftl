# English words of the staff desk, which all others are measured by. Read by staff while a member stands before them: short.
# A tap is what a tile held to the reader makes. Properties and roles have the service's own names, which are not translated.
# Long because every text of the desk stands here, a line for each.

title = Staff desk
one-moment = One moment
no-answer = The desk gives no answer. It is asked again in a moment.
lock = Back to the kiosk
set-up = Set-up
set-up-ask = Open the set-up? The kiosk pauses meanwhile.
set-up-yes = Open the set-up
end-kiosk = End the kiosk
end-kiosk-means = Only for work on the machine behind it.
end-kiosk-ask = End the kiosk? No tile is read until it is started again or the tablet restarts. The machine behind it is then open to whoever stands here.
cancel = Cancel
close = Close
again = Try again
refresh = Refresh
older = Show older ones
loading = Loading
none = None
print = Print
export = Save as CSV
exported = { $count ->
    [one] { $shown } row saved: { $path }
   *[other] { $shown } rows saved: { $path }
}
exported-part = There are { $all } in all: only the first were saved.
exported-names = The file holds names. Delete it when nobody needs it any more.
locks-in = Locks in { $duration }. Touch to stay.
at-the-door = At the door
lacking = The account lacks roles: { $roles }
waiting = { $count ->
    [one] { $shown } tap waits
   *[other] { $shown } taps wait
}
needs-staff = { $count ->
    [one] { $shown } tap needs staff
   *[other] { $shown } taps need staff
}
since = since { $time }
until = until { $time }
member-number = Member { $number }
tile = Tile { $tile }

tab-failures = Failures
tab-overview = Overview
tab-health = Kiosk health
tab-log = Log of acts
link-connecting = Connecting
link-online = Connected
link-offline = Offline
link-signed-out = Signed out
verdict-checked-in = Checked in
verdict-checked-out = Checked out
verdict-refused = Not checked in
verdict-unknown-tile = Tile not known
verdict-ambiguous-tile = Shared tile
verdict-unusable-tile = Not a usable tile
verdict-saved = Saved
verdict-unavailable = Not recorded
source-0 = No source
source-1 = Manual
source-2 = Door
source-3 = Network
source-4 = Tile
source-5 = Sensor
source-other = Source { $number }

preset-today = Today
preset-week = 7 days
preset-unknown = Unknown tiles
preset-member = { $name } only
preset-all = All
filters = Filters
filters-show = Show
filters-clear = Clear all filters
field-attempted = Time
field-attempted-local = Local time of the attempt
field-created = Recorded
field-updated = Changed
field-coworker = Member number
field-member = Member
field-location = Location
field-source = Source
field-mac-addresses = MAC addresses
field-teams = Teams
field-tariff = Plan
field-description = Reason
field-tile = Tile
field-kind = Kind
field-key = Number
span-any = Any time
span-today = Today
span-week = Last 7 days
span-month = Last 30 days
span-between = From … to …
span-days = Days
from = From
to = To
any = Any
sort-by = Sort by
ascending = Smallest first
descending = Largest first
failures-count = { $count ->
    [one] { $shown } failure
   *[other] { $shown } failures
}
failures-new = { $count ->
    [one] { $shown } new: show
   *[other] { $shown } new: show
}
failures-changed = The list changed: show
failures-none = No failures here
failures-none-hint = Try a longer time, or fewer filters.
failures-hidden = { $count ->
    [one] { $shown } record left out: the service does not heed one of the filters.
   *[other] { $shown } records left out: the service does not heed one of the filters.
}
failures-unreadable = { $count ->
    [one] { $shown } record could not be read.
   *[other] { $shown } records could not be read.
}
failures-local-only = Only what this kiosk knows is shown.
kind-failed-checkin = Failed check-in
kind-needs-staff = Needs staff
kind-unusable-tile = Unusable tile
kiosk-only = This kiosk only
nobody = Nobody known
no-reason = No reason given

happened = What happened
reading = Our reading
reading-means = Tapdesk worked this out from what is known now. The service did not say it.
member = Member
passes = Passes
open-checkins = In now
recorded = Everything recorded
acts = What you can do
only-this-member = Only this member
no-plan = No plan
member-active = Active
member-inactive = Not active
member-archived = Archived
pass-valid = Valid
pass-used = Used up
pass-expired = Expired
pass-cancelled = Cancelled
pass-elsewhere = For another location
pass-other = Not valid now
pass-some = Pass
pass-uses = { $remaining } of { $all } left
pass-left = { $remaining } left
pass-pay-as-you-go = Pay as you go

reading-unknown-tile = No member has this tile.
reading-ambiguous-tile = More than one member has this tile.
reading-unusable-tile = A phone, or a card that shows another number each time: it identifies nobody.
reading-tile-linked-since = The tile belongs to { $name } now.
reading-not-active = The member is not active.
reading-archived = The member is archived.
reading-changed-since = The member’s record was changed after the attempt, { $time }.
reading-no-pass-no-plan = The member never had a pass and has no plan.
reading-no-pass = The member has the plan { $plan }, but no pass.
reading-passes-used-up = All passes are used up.
reading-passes-used-up-at = All passes are used up, the last one { $time }.
reading-passes-expired = The last pass expired { $time }.
reading-passes-cancelled = The passes were cancelled.
reading-passes-elsewhere = The passes are for another location.
reading-pass-valid-now = A pass is valid now: it began later, or the cause is another one.
reading-pass-valid-now-named = The pass { $name } is valid now: it began later, or the cause is another one.
reading-plan-changed = The plan was { $before } then and is { $after } now.
reading-already-in = The member was in already, since { $time }.
reading-came-in-since = The member came in later, { $time }.
reading-closed = The location was closed at that time.
reading-repeated = { $count ->
    [one] { $shown } attempt within a day.
   *[other] { $shown } attempts within a day.
}
reading-not-known = What is known does not say why.

act-check-in = Check in by hand
act-close-checkin = Close the check-in
act-link-tile = Link the tile to a member
act-correct = Correct the record
act-retry = Record it again
act-dismiss = Needs nothing more
act-lacking = Not possible with this account: the role { $role } is missing.
note = Note
note-means = Kept on this kiosk only.
when = When
when-now = Now
when-at = At a given time
search = Find a member
search-none = Nobody was found.
search-hint = Type at least two letters of the name.
choose-other = Choose another
field-to-write = Write the tile to
tile-field-access-card = Card (AccessCardId)
tile-field-key-fob = Key fob (KeyFobNumber)
correct-reason = New reason
correct-hint = Leave empty what stays as it is.
why = Why
dismiss-recorded-by-hand = Recorded by hand
dismiss-already-recorded = Recorded already
dismiss-did-not-enter = Did not come in
dismiss-test = A test
dismiss-other = Another reason
look = Go on
back = Back
confirm = Confirm
confirm-title = Look once more
will-write = This will be written
writes-nothing = Nothing is written at the service.
property = Property
before = Before
after = After
empty = empty
undoable = It can be undone afterwards.
not-undoable = It cannot be undone.
not-possible = As it is, this cannot be done.
working = It is being carried out. Please wait.
done = Done
done-source = The service stored the source { $source }.
undo = Undo
undone = Undone
warning-already-in = The member is in already, since { $time }.
warning-not-active = The member is not active.
warning-may-be-charged = No pass is valid: the visit may be charged.
warning-tile-taken = { $name } has this tile.
warning-tile-theirs = The member has this tile already.
warning-replaces-tile = Another tile of the member is replaced.
warning-tap-waits = A tap of this member still waits to be recorded.
warning-tile-not-checked = The service could not be asked who has this tile.
warning-already-closed = The check-in was closed meanwhile, { $time }.

# What went wrong, and what to do.
problem-not-permitted = The account lacks the role { $role }.
todo-not-permitted = Ask an administrator to add it.
problem-unreachable = The service cannot be reached.
todo-unreachable = Check the network, then try again.
problem-throttled = The service is asked too often at the moment.
todo-throttled = Wait a minute, then try again.
problem-signed-out = The service does not know this kiosk any more.
todo-signed-out = Sign in by the set-up.
problem-gateway = The service did not answer as it should.
todo-gateway = Wait a few minutes, then try again.
problem-refused = The service refused.
todo-refused = Read what it says, and change what it asks for.
problem-gone = The record is not there any more.
todo-gone = Look at the list again.
problem-changed = Somebody changed it meanwhile.
todo-changed = Look again, then decide anew.
problem-unknown = Nobody can say whether it was carried out.
todo-unknown = Look at the member’s record and the log of acts before you try again.
problem-storage = This kiosk cannot store it, so nothing was done.
todo-storage = Look at the kiosk’s health.
problem-invalid = That cannot be asked for.
todo-invalid = Change what you typed, then try again.
problem-ended = The desk has ended.
todo-ended = Go back to the kiosk and open the desk again.
problem-failed = That did not work.
todo-failed = Please try again.

chart-failures-by-reason = Failures by reason
chart-failures-by-hour = Failures by hour
chart-arrivals-by-hour = Arrivals by hour
chart-checkins-by-source = Check-ins by source
chart-unknown-tiles-by-day = Unknown tiles by day
hour = Hour
minute = Minute
day = Day
count = Count
name = Name
since-when = Since
show-table = As a table
counted = { $counted } of { $all } counted: the newest.
nothing-counted = Nothing in this time.
present-none = Nobody is in.
present-count = { $count ->
    [one] { $shown } in now
   *[other] { $shown } in now
}
present-filter = Find a name

state-good = Good
state-attention = Look at it
state-problem = Problem
health-reader = Reader
health-reader-good = It reads tiles.
health-reader-attention = It is starting. If that lasts, pull its plug and put it in again.
health-reader-problem = It does not work. Pull its plug and put it in again; if that does not help, choose it in the set-up.
health-link = Connection
health-link-good = The service answers.
health-link-attention = The service is being looked for. Taps are kept meanwhile.
health-link-problem = The service cannot be reached. Check the network; taps are kept as the set-up says.
health-sign-in = Sign-in
health-sign-in-good = The kiosk is signed in.
health-sign-in-attention = The sign-in ends soon. Sign in again by the set-up.
health-sign-in-problem = The kiosk is signed out. Sign in by the set-up.
health-clock = Clock
health-clock-good = It agrees with the service’s clock.
health-clock-attention = It differs from the service’s clock. Ask IT to set the time by the network.
health-clock-problem = It is far off, so times are wrong. Ask IT to set the time by the network.
health-queue = Taps that wait
health-queue-good = None waits too long.
health-queue-attention = Taps wait to be recorded. They go out by themselves once the connection is back.
health-queue-problem = Taps wait too long. Check the connection, then the sign-in.
health-needs-staff = Taps for staff
health-needs-staff-good = None needs you.
health-needs-staff-attention = Look at them in the list of failures.
health-needs-staff-problem = Many need you. Look at them in the list of failures.
health-storage = Storage
health-storage-good = Taps can be stored.
health-storage-attention = Room is short. Ask IT to make room on this machine.
health-storage-problem = Taps cannot be stored. Ask IT to look at the disk and the key store.
health-budget = Calls to the service
health-budget-good = Well within what the service allows.
health-budget-attention = Close to what the service allows. Filter and refresh less for a minute.
health-budget-problem = As many as the service allows. Wait a minute.
health-configuration = Configuration
health-configuration-good = The newest one is in use.
health-configuration-attention = A new one was not taken over. Ask IT to look at it.
health-configuration-problem = It cannot be used. Ask IT to look at it.
health-rights = Roles
health-rights-good = The account has the roles that are needed.
health-rights-attention = Some roles are missing. Ask an administrator to add them.
health-rights-problem = Roles are missing without which nothing is recorded. Ask an administrator to add them.
health-update = Updates
health-update-good = The newest version is in use.
health-update-attention = An update is ready. It is installed by itself; the kiosk is away for a moment then.
health-update-problem = An update could not be installed; the kiosk runs on with the version before. Ask IT to look at it.
update-by-hand = An update is ready. Ask IT to install it.
update-when = Installation: { $time }
health-fleet = Fleet file
health-fleet-good = The newest one for this kiosk is in use.
health-fleet-attention = The newest one is not used here; the kiosk goes on with what it has. Ask IT to look at it.
health-fleet-problem = The newest one did not work here; the one before was put back. Ask IT to look at it.
fleet-looked = Last looked at: { $time }
figure-version = Version { $number }
latency = How long a tap takes
latency-part = Part
latency-taps = Taps
latency-p50 = Half of them
latency-p95 = 95 of 100
latency-p99 = 99 of 100
latency-max = Longest
part-reader = Reader
part-engine = Tapdesk
part-service = Service
part-paint = Screen
part-whole = From tile to verdict
versions = Versions
configuration = Configuration
key = Setting
value = Value
origin = From
origin-default = default
running = Running since { $time }
as-of = As of { $time }
recorder = What happened last
recorder-from = Up to
recorder-kinds = Kinds
recorder-newest = Newest
recorder-none = Nothing here.
happening-acknowledged = Tile read
happening-verdict = Verdict
happening-reader = Reader
happening-link = Connection
happening-queue = Queue
happening-storage = Storage
happening-clock = Clock
happening-configuration = Configuration
happening-began = Began
works = Works
works-not = Does not work
revised = later word
clock-agrees = The clocks agree
clock-ahead = The service is ahead by { $duration }
clock-behind = The service is behind by { $duration }
taken = Taken over
taken-not = Not taken over

audit-unknown = Nobody knows how it ended
audit-done = Done
audit-failed = Not carried out
audit-undone = Undone
audit-number = No. { $number }
audit-none = Nothing was done here yet.
audit-record = Record { $number }
audit-broken = The log was changed: number { $number }, or a line before it, is not as it was written. Tell whoever is responsible for this kiosk.
undo-ask = Undo this?

keyboard-open = On-screen keyboard
keyboard-hide = Hide keyboard
keyboard-title = Keyboard
keyboard-shift = Capital letters
keyboard-backspace = Delete
keyboard-space = Space
keyboard-letters = Letters
keyboard-symbols = Digits and symbols
keyboard-more = More symbols
