// Sample scenes for the gallery: every stage, and the awkward cases of each.
import type { Reason, Scene, Stage, Unavailable, Verdict, Visit } from "../bindings/door";

export const galleryNow = new Date("2026-03-06T09:41:00Z");
const at = "2026-03-06T09:40:58Z";

const calm: Scene = {
  location: { name: "Harbour Works", time_zone: "Europe/London" },
  language: "en",
  reader: { state: "up", name: "PN532", why: null },
  link: { state: "online", why: null, saves_taps: true, sign_in_ends: null },
  queue: { waiting: 0, needs_staff: 0, oldest: null },
  trouble: { storage: null, clock_seconds: null },
  present: null,
  closed: null,
  charge: null,
  quiet: false,
  screen_off: false,
  pin: { mode: "off", locked_until: null },
  staff: { has_pin: true, locked_until: null },
  about: { program: "0.1.0", configuration: 12, fingerprint: "3fa91c07", not_taken: null },
  stage: { stage: "idle" },
};

const longReason =
  "Your plan allows check-ins from Monday to Friday between 08:00 and 18:00 at Harbour Works only, and you have used all 12 of the day passes that were included in March. Passes that your team shares are also used up: the last one was taken on 5 March at 14:22 by a colleague.\n\n" +
  "You can buy more day passes in the members' portal under Plans & Benefits, or ask the community team at the front desk to add a pass to your account. If you believe this is a mistake, please show this message to a member of staff, who can look at your account and check you in by hand. <b>Code 4027</b> &amp; reference HW-2026-03-06-000184.";

type Extra = Partial<Omit<Scene, "stage">>;

function scene(stage: Stage, extra: Extra = {}): Scene {
  return { ...calm, ...extra, stage };
}

function verdict(
  outcome: Verdict,
  name: string | null = null,
  offer: Extract<Stage, { stage: "verdict" }>["offer"] = null,
  extra: Extra = {},
  visit: Visit | null = null,
): Scene {
  return scene({ stage: "verdict", entry: "entry-1", at, revised: false, name, verdict: outcome, offer, visit }, extra);
}

const nothingKnown: Visit = { passes: null, minutes: null, pay_as_you_go: false, photo: null };
/** Of nobody: a drawing. */
const photo =
  "data:image/svg+xml;base64," +
  btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#c9d8dc" d="M0 0h8v8H0z"/><circle cx="4" cy="3" r="1.6" fill="#12363d"/><path fill="#12363d" d="M.8 8a3.2 3.2 0 0 1 6.4 0z"/></svg>');
const dayPass = { name: "Day pass", price: "18.5", currency: "GBP" };
const untilMonday = { opens: "2026-03-09T08:00:00Z" };

const refused = (reason: Reason): Verdict => ({ kind: "refused", reason });
const offline: Extra = {
  link: { state: "offline", why: "no route to host", saves_taps: true, sign_in_ends: null },
  queue: { waiting: 2, needs_staff: 0, oldest: "2026-03-06T09:14:00Z" },
};
const whys: Unavailable[] = ["offline", "signed_out", "queue_full", "no_member_data", "not_permitted", "journal", "service", "out_of_order"];

export const scenes: Record<string, Scene> = {
  idle: scene({ stage: "idle" }),
  idle_starting: scene({ stage: "idle" }, {
    location: { name: null, time_zone: null },
    reader: { state: "starting", name: null, why: null },
    link: { state: "connecting", why: null, saves_taps: true, sign_in_ends: null },
  }),
  idle_offline: scene({ stage: "idle" }, offline),
  idle_pin: scene({ stage: "idle" }, { pin: { mode: "pin", locked_until: null } }),
  idle_name_and_pin: scene({ stage: "idle" }, { pin: { mode: "name_and_pin", locked_until: null } }),
  idle_signed_out: scene({ stage: "idle" }, {
    link: { state: "signed_out", why: null, saves_taps: true, sign_in_ends: null },
    queue: { waiting: 1204, needs_staff: 3, oldest: "2026-03-04T17:02:00Z" },
  }),
  idle_sign_in_ends: scene({ stage: "idle" }, {
    link: { state: "online", why: null, saves_taps: true, sign_in_ends: "2026-03-09T08:00:00Z" },
    about: { program: "0.1.0", configuration: null, fingerprint: "3fa91c07", not_taken: "offline.accept: must be none, known or all" },
  }),
  set_up: scene({ stage: "set_up" }),
  idle_reader_down: scene({ stage: "idle" }, {
    reader: { state: "down", name: null, why: "pn532_uart:/dev/ttyUSB0:115200 does not answer: no such device" },
  }),
  idle_storage_fails: scene({ stage: "idle" }, {
    trouble: { storage: "/var/lib/tapdesk/journal.sqlite: database or disk is full; make room on the disk", clock_seconds: null },
  }),
  idle_clock_differs: scene({ stage: "idle" }, { trouble: { storage: null, clock_seconds: 5400 } }),
  idle_long_name: scene({ stage: "idle" }, {
    language: "en-US",
    location: { name: "Donaudampfschifffahrtsgesellschaft Coworking & Conference Centre Wien Hauptbahnhof", time_zone: "America/New_York" },
  }),
  idle_closed: scene({ stage: "idle" }, { closed: untilMonday }),
  idle_closed_for_good: scene({ stage: "idle" }, { closed: { opens: null } }),
  idle_charge: scene({ stage: "idle" }, { charge: dayPass, present: 12 }),
  idle_charge_of_some_kind: scene({ stage: "idle" }, { charge: { name: null, price: null, currency: null }, present: 0 }),
  idle_branded: scene({ stage: "idle" }, { charge: dayPass, present: 12 }),
  idle_screen_off: scene({ stage: "idle" }, { screen_off: true }),
  acknowledged: scene({ stage: "acknowledged", entry: "entry-1", tile: "…B2C3", at }),
  checked_in: verdict({ kind: "checked_in", since: at }, "Ada"),
  checked_in_no_name: verdict({ kind: "checked_in", since: at }),
  checked_in_offer: verdict({ kind: "checked_in", since: at }, "Ada Lovelace", "check_out"),
  checked_in_long: verdict(
    { kind: "checked_in", since: at },
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Maximiliana Alexandrowna von und zu Hohenlohe",
    "check_out",
  ),
  checked_in_rtl: verdict({ kind: "checked_in", since: at }, "عبد الرحمن بن محمد الفيصل"),
  checked_in_cjk: verdict({ kind: "checked_in", since: at }, "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末"),
  checked_in_visit: verdict({ kind: "checked_in", since: at }, "Ada", null, {}, { ...nothingKnown, passes: 3, minutes: 1250 }),
  checked_in_photo: verdict({ kind: "checked_in", since: at }, "Ada", null, {}, { ...nothingKnown, passes: 0, photo }),
  checked_in_charged: verdict({ kind: "checked_in", since: at }, "Ada", "check_out", {}, { passes: 1, minutes: 45, pay_as_you_go: true, photo }),
  checked_out: verdict({ kind: "checked_out", since: "2026-03-06T08:20:58Z", minutes: 80 }, "Ada"),
  checked_out_offer: verdict({ kind: "checked_out", since: "2026-03-05T21:10:00Z", minutes: 750 }, "Grace Hopper", "check_in"),
  refused: verdict(refused({ by: "service", description: "You have no passes left for this month." }), "Ada"),
  refused_offer: verdict(refused({ by: "service", description: "Your plan starts on 1 April." }), "Ada", "try_again"),
  refused_long: verdict(refused({ by: "service", description: longReason }), "Ada Lovelace"),
  refused_longest: verdict(refused({ by: "service", description: `${longReason} ${longReason}` }), "Maximiliana Alexandrowna von und zu Hohenlohe", "try_again"),
  refused_unbroken: verdict(refused({ by: "service", description: "x".repeat(600) }), "Ada"),
  refused_rtl: verdict(refused({ by: "service", description: "لا توجد لديك تصاريح متبقية لهذا الشهر. يرجى مراجعة مكتب الاستقبال." }), "ليلى"),
  refused_empty: verdict(refused({ by: "service", description: "  " }), "Ada"),
  refused_without: verdict(refused({ by: "service_without_reason" }), "Ada"),
  refused_inactive: verdict(refused({ by: "inactive" }), "Ada"),
  refused_archived: verdict(refused({ by: "archived" }), null),
  refused_already_in: verdict(refused({ by: "already_in", since: "2026-03-06T08:12:00Z" }), "Ada", "check_out"),
  refused_already_out: verdict(refused({ by: "already_out" }), "Ada", "check_in"),
  refused_withheld: verdict(refused({ by: "withheld" }), "Ada"),
  refused_renewal: verdict(refused({ by: "service", description: "Your last pass ended on 1 March." }), "Ada", "try_again", {}, { ...nothingKnown, passes: 0 }),
  refused_screen_off: verdict(refused({ by: "service", description: "You have no passes left for this month." }), "Ada", null, { screen_off: true }),
  refused_closed: verdict(refused({ by: "service", description: "Your pass is valid from 08:00 to 18:00." }), "Ada", null, { closed: untilMonday }),
  unknown_tile: verdict({ kind: "unknown_tile", tile: "…B2C3" }),
  unknown_tile_offer: verdict({ kind: "unknown_tile", tile: "…B2C3" }, null, "try_again"),
  ambiguous_tile: verdict({ kind: "ambiguous_tile", tile: "…B2C3" }),
  ambiguous_pin: verdict({ kind: "ambiguous_tile", tile: null }),
  unusable_tile: verdict({ kind: "unusable_tile", why: "random" }),
  unusable_place: verdict({ kind: "unusable_tile", why: "place" }),
  saved: verdict({ kind: "saved" }, "Ada", null, offline),
  saved_offer: verdict({ kind: "saved" }, "Maximiliana Alexandrowna von und zu Hohenlohe", "try_again", offline),
  ...Object.fromEntries(whys.map((why) => [`unavailable_${why}`, verdict({ kind: "unavailable", why }, "Ada")])),
  unavailable_offer: verdict({ kind: "unavailable", why: "service" }, "Ada Lovelace", "try_again", offline),
  out_of_order: scene({ stage: "out_of_order", detail: "The key store is locked: the journal cannot be opened (code 14)." }),
  out_of_order_screen_off: scene({ stage: "out_of_order", detail: "cannot open the journal" }, { screen_off: true }),
  out_of_order_long: scene({ stage: "out_of_order", detail: "cannot open the journal ".repeat(40) }),
};
