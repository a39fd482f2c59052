// Sample views of the set-up for the gallery: every step, and each problem where it can arise.
import type { RoleView, SetUpProblem, SetUpView, Step, TestView } from "../bindings/set_up";

const steps: Step[] = ["language", "sign_in", "location", "rights", "reader", "policy", "staff_pin", "test_tap", "summary"];

const languages = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"];

/** What is there before anybody did anything. */
export const freshView: SetUpView = {
  first: true,
  language: "en",
  languages,
  step: "language",
  steps: steps.map((step, index) => ({ step, open: index < 2 })),
  next: true,
  service: "spaces.nexudus.com",
  account: null,
  locations: null,
  rights: null,
  reader: { connection: null, choices: [], state: "starting", name: null, why: null, tile: null, count: 0 },
  names: "first",
  offline: "known",
  staff_pin: "missing",
  test: null,
  waiting: 0,
  problem: null,
  overridden: [],
  revision: 0,
};

const role = (name: string, needed: boolean, state: RoleView["state"]): RoleView => ({ role: name, needed, state });
const needed = ["Business-List", "Business-Read", "Coworker-List", "Coworker-Read", "Checkin-List", "Checkin-Read"];
const writes = ["Checkin-Create", "Checkin-Edit"];
const nice = ["FailedCheckin-List", "FailedCheckin-Create", "CoworkerTimePass-List"];
const list = [...needed, ...writes, ...nice].join("\n");
const untried: RoleView[] = [
  ...needed.map((one) => role(one, true, "held")),
  ...writes.map((one) => role(one, true, "unknown")),
  ...nice.map((one, index) => role(one, false, index === 1 ? "unknown" : "held")),
];
const lacking = untried.map((one) =>
  one.state === "unknown" || one.role === "CoworkerTimePass-List" ? { ...one, state: one.role.endsWith("Edit") ? ("held" as const) : ("lacking" as const) } : one,
);

const account = { email: "front-desk@harbour.example.org", administrator: false, kept: false };
const reader: SetUpView["reader"] = {
  connection: null,
  choices: [
    { connection: "pn532_uart:/dev/ttyUSB0:115200", label: "USB serial converter (ttyUSB0)" },
    { connection: "pcsc:ACS ACR122U", label: "ACS ACR122U" },
  ],
  state: "up",
  name: "ACS / ACR122U PICC Interface",
  why: null,
  tile: null,
  count: 0,
};

/** Somewhere on the way, with all before it done. */
function at(step: Step, more: Partial<SetUpView> = {}): SetUpView {
  return {
    ...freshView,
    step,
    steps: steps.map((one) => ({ step: one, open: true })),
    account,
    locations: [
      { id: 9, name: "Harbour Works", chosen: true },
      { id: 12, name: "Harbour Works North", chosen: false },
      { id: 31, name: "Donaudampfschifffahrtsgesellschaft Coworking & Conference Centre Wien Hauptbahnhof", chosen: false },
    ],
    rights: { roles: untried, writes_tried: false, list },
    reader,
    staff_pin: "new",
    ...more,
  };
}

const signIn = (problem: SetUpProblem | null): SetUpView =>
  at("sign_in", { account: null, locations: null, rights: null, staff_pin: "missing", next: false, problem });
const detail = "error sending request for url: dns error: failed to look up address information";
const asTested = (test: TestView | null): SetUpView => at("test_tap", { test });
const tile = "…B2C3";

export const setUps: Record<string, SetUpView> = {
  set_up_language: freshView,
  set_up_sign_in: signIn(null),
  set_up_sign_in_refused: signIn({ problem: "sign_in_refused", said: "The user name or password is incorrect." }),
  set_up_code_needed: signIn({ problem: "code_needed", said: "Two-factor code required." }),
  set_up_no_api_access: signIn({ problem: "no_api_access" }),
  set_up_account_inactive: signIn({ problem: "account_inactive" }),
  set_up_must_reset_password: signIn({ problem: "must_reset_password" }),
  set_up_unreachable: signIn({ problem: "unreachable", detail }),
  set_up_gateway: signIn({ problem: "gateway", detail: "502: <html><title>Hotspot</title></html>" }),
  set_up_throttled: signIn({ problem: "throttled" }),
  set_up_key_store: signIn({ problem: "key_store", detail: "the key store is locked" }),
  set_up_signed_in: at("sign_in", { first: false, account: { ...account, kept: true } }),
  set_up_location: at("location", { locations: at("location").locations?.map((one) => ({ ...one, chosen: false })) ?? null, next: false }),
  set_up_location_none: at("location", { locations: [], next: false }),
  set_up_location_looking: at("location", { locations: null, next: false }),
  set_up_location_waiting: at("location", { first: false, waiting: 3 }),
  set_up_taps_wait: at("location", { first: false, waiting: 1, problem: { problem: "taps_wait" } }),
  set_up_rights: at("rights"),
  set_up_rights_lacking: at("rights", { rights: { roles: lacking, writes_tried: true, list }, account: { ...account, administrator: true } }),
  set_up_rights_not_looked: at("rights", { rights: null, problem: { problem: "not_permitted", detail: "403: Business-List" } }),
  set_up_reader: at("reader"),
  set_up_reader_read: at("reader", { reader: { ...reader, tile, count: 2 } }),
  set_up_reader_random: at("reader", { reader: { ...reader, tile: "", count: 1 } }),
  set_up_reader_starting: at("reader", { reader: { ...reader, choices: [], state: "starting", name: null } }),
  set_up_reader_down: at("reader", {
    reader: { ...reader, connection: "pn532_uart:/dev/ttyUSB7:115200", state: "down", name: null, why: "pn532_uart:/dev/ttyUSB7:115200 does not answer: no such device; plug it in, or choose another" },
  }),
  set_up_policy: at("policy"),
  set_up_staff_pin: at("staff_pin", { staff_pin: "missing", next: false }),
  set_up_pins_differ: at("staff_pin", { staff_pin: "missing", next: false, problem: { problem: "pins_differ" } }),
  ...Object.fromEntries(
    (["too_short", "too_long", "not_digits", "too_simple"] as const).map((why) => [
      `set_up_weak_pin_${why}`,
      at("staff_pin", { staff_pin: "missing", next: false, problem: { problem: "weak_pin", why } }),
    ]),
  ),
  set_up_staff_pin_kept: at("staff_pin", { first: false, staff_pin: "kept" }),
  set_up_staff_pin_new: at("staff_pin"),
  set_up_test: asTested(null),
  set_up_test_looking: asTested({ found: "looking", tile }),
  set_up_test_in: asTested({ found: "member", tile, name: "Ada", direction: "in" }),
  set_up_test_out: asTested({ found: "member", tile, name: null, direction: "out" }),
  set_up_test_inactive: asTested({ found: "inactive", tile }),
  set_up_test_unknown: asTested({ found: "unknown", tile }),
  set_up_test_ambiguous: asTested({ found: "ambiguous", tile }),
  set_up_test_unusable: asTested({ found: "unusable" }),
  set_up_test_trouble: asTested({ found: "trouble", detail }),
  set_up_summary: at("summary", { first: false, test: { found: "unknown", tile } }),
  set_up_summary_overridden: at("summary", {
    rights: { roles: lacking, writes_tried: true, list },
    overridden: ["kiosk.language", "reader.connection"],
    problem: { problem: "configuration", detail: "tapdesk.toml: permission denied" },
  }),
  set_up_summary_incomplete: at("summary", { staff_pin: "missing", next: false }),
};
