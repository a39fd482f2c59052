// The set-up says everything, in every language; what each code becomes; and the screens by the attributes that WebDriver relies on.
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import { checkFolder } from "../build/catalogues.ts";
import { setUpContract } from "../build/contract.ts";
import type { SetUpProblem, SetUpView, Step, TestView } from "../src/bindings/set_up";
import { freshView, setUps } from "../src/gallery/set-ups";
import { rowsOf } from "../src/shared/keyboard";
import { detailOf, presentChoice, presentMissing, presentProblem, presentTest, testKind } from "../src/set-up/present";
import { newest } from "../src/shared/newest";
import Wizard from "../src/set-up/Wizard.svelte";
import { setUpCatalogueFor, setUpTags } from "../src/words/set-up";
import { catalogueTags } from "../src/words";
import type { ProblemKind, SetUpWords, WeakPin } from "../src/words/set-up/words";
import { plain } from "./plain";
import { forbidden } from "./forbidden";

const en = setUpCatalogueFor("en").words;
const count = String;
const sample = (name: string): SetUpView => {
  const view = setUps[name];
  if (view === undefined) throw new Error(`no sample ${name}`);
  return view;
};
const draw = (view: SetUpView): string => render(Wizard, { props: { view, act: () => Promise.resolve() } }).body;

/** Every text, with samples for what it takes. */
function texts(part: unknown): string[] {
  if (typeof part === "string") return [part];
  if (typeof part === "function") return [part(1, "1"), part(2, "2")].flatMap(texts);
  if (part !== null && typeof part === "object") return Object.values(part).flatMap(texts);
  return [];
}

function textsOf(words: SetUpWords): string[] {
  return [...texts(words), words.test.member.in(null), words.test.member.out(null)];
}

// Records by kind, so that a new kind fails the type check until it stands here.
const problems: Record<Exclude<ProblemKind, "weak_pin" | "failed">, SetUpProblem> = {
  sign_in_refused: { problem: "sign_in_refused", said: "said" },
  code_needed: { problem: "code_needed", said: " " },
  no_api_access: { problem: "no_api_access" },
  account_inactive: { problem: "account_inactive" },
  must_reset_password: { problem: "must_reset_password" },
  unreachable: { problem: "unreachable", detail: "said" },
  gateway: { problem: "gateway", detail: "said" },
  throttled: { problem: "throttled" },
  not_permitted: { problem: "not_permitted", detail: "said" },
  taps_wait: { problem: "taps_wait" },
  pins_differ: { problem: "pins_differ" },
  key_store: { problem: "key_store", detail: "said" },
  configuration: { problem: "configuration", detail: "said" },
};
const weak: Record<WeakPin, true> = { too_short: true, too_long: true, not_digits: true, too_simple: true };
const found: Record<TestView["found"], TestView> = {
  looking: { found: "looking", tile: null },
  member: { found: "member", tile: null, name: "Ada", direction: "out" },
  inactive: { found: "inactive", tile: null },
  unknown: { found: "unknown", tile: null },
  ambiguous: { found: "ambiguous", tile: null },
  unusable: { found: "unusable" },
  trouble: { found: "trouble", detail: "said" },
};

describe("the catalogues of the set-up", () => {
  it("are whole, one for each language of the kiosk", () => {
    expect(checkFolder("src/words/set-up/catalogues", setUpContract())).toEqual([]);
    expect([...setUpTags].sort()).toEqual([...catalogueTags].sort());
    expect([...freshView.languages].sort()).toEqual([...setUpTags].sort());
  });

  /** The same in these languages as in English. */
  const shared = new Set(["E-mail", "Password"]);

  it.each(setUpTags)("%s: nothing left in English, nothing denied", (tag) => {
    const said = textsOf(setUpCatalogueFor(tag).words);
    const english = textsOf(en);
    expect(said.length).toBe(english.length);
    const left = said.filter((text, index) => /\p{L}{4}/u.test(text) && text === english[index] && !shared.has(text));
    expect(tag === "en" ? [] : left).toEqual([]);
    // The service's own name of the setting must be said, so that it is found.
    expect(said.filter((text) => forbidden[tag]?.test(text.replaceAll("API access", "")))).toEqual([]);
  });

  it.each(setUpTags)("%s: every problem and every outcome has words of its own", (tag) => {
    const words = setUpCatalogueFor(tag).words;
    const all = [...Object.values(problems), ...(Object.keys(weak) as WeakPin[]).map((why) => ({ problem: "weak_pin", why }) as const), { problem: "failed" } as const];
    const said = all.map((problem) => presentProblem(problem, freshView, words, count));
    expect(new Set(said.map(({ text }) => text)).size).toBe(all.length);
    for (const { text, todo } of said) expect(Math.min(text.length, todo.length)).toBeGreaterThan(3);
    const outcomes = Object.values(found).map((test) => presentTest(test, words));
    expect(new Set(outcomes).size).toBe(outcomes.length);
  });
});

describe("what is shown", () => {
  it("names the service and counts the taps where that helps", () => {
    const view = { ...freshView, waiting: 3 };
    expect(plain(presentProblem({ problem: "unreachable", detail: "" }, view, en, count).text)).toBe("There is no connection to spaces.nexudus.com.");
    expect(plain(presentProblem({ problem: "must_reset_password" }, view, en, count).todo)).toContain("Open spaces.nexudus.com");
    expect(plain(presentProblem({ problem: "taps_wait" }, view, en, count).text)).toMatch(/^3 taps/);
  });

  it("hands on what the service said, where it said something", () => {
    expect(Object.values(problems).map(detailOf).filter((detail) => detail !== null)).toEqual(Array(6).fill("said"));
  });

  it("gives each outcome of a test the mark of its verdict", () => {
    expect(Object.values(found).map(testKind)).toEqual([
      null, "checked_out", "refused", "unknown_tile", "ambiguous_tile", "unusable_tile", "unavailable",
    ]);
    expect(plain(presentTest({ found: "member", tile: null, name: null, direction: "in" }, en))).toBe("This member would be checked in");
  });

  it("says why one cannot go on, and nothing where one can", () => {
    expect(presentMissing(freshView, en)).toBeNull();
    const stopped = (step: Step): string | null => presentMissing({ ...freshView, step, next: false }, en);
    expect([stopped("sign_in"), stopped("location"), stopped("staff_pin"), stopped("summary")]).toEqual([
      "Sign in to go on.", "Choose a location to go on.", "Choose a PIN to go on.", "Something is still missing.",
    ]);
  });

  it("sums up what was chosen, and what was not", () => {
    const said = (step: Exclude<Step, "summary">, view: SetUpView): string => plain(presentChoice(step, view, en, count).join("; "));
    const full = sample("set_up_summary");
    expect(said("sign_in", full)).toBe("front-desk@harbour.example.org");
    expect(said("location", full)).toBe("Harbour Works");
    expect(said("rights", full)).toBe("Not all were tried");
    expect(said("rights", sample("set_up_rights_lacking"))).toBe("Lacks 1 role that is needed");
    expect(said("reader", full)).toBe("First USB reader; The reader is ready");
    expect(said("reader", sample("set_up_reader_down"))).toMatch(/^pn532_uart:\/dev\/ttyUSB7:115200; /);
    expect(said("policy", full)).toBe("First name; Keep taps of known tiles");
    expect(said("test_tap", full)).toBe("Tried with a tile");
    for (const step of ["sign_in", "location"] as const) expect(said(step, freshView)).toBe("Nothing chosen");
    expect([said("staff_pin", freshView), said("test_tap", freshView)]).toEqual(["No PIN yet", "Not tried"]);
  });
});

describe("the screens", () => {
  it("name their step, have one heading and say each problem as an alert", () => {
    for (const [name, view] of Object.entries(setUps)) {
      const html = draw(view);
      expect(html, name).toMatch(new RegExp(`<main[^>]*data-testid="step" data-step="${view.step}"`));
      expect(html.split("<h1").length - 1, name).toBe(1);
      expect(html.split('data-testid="problem"').length - 1, name).toBe(view.problem === null ? 0 : 1);
      if (view.problem !== null) expect(html).toMatch(new RegExp(`role="alert"[^>]*data-problem="${view.problem.problem}"`));
      expect(html.includes('data-testid="leave"'), name).toBe(!view.first);
      expect(html.includes('data-testid="back"'), name).toBe(view.step !== "language");
    }
  });

  it("have a sample of every step, problem, reason and outcome", () => {
    const views = Object.values(setUps);
    expect(new Set(views.map(({ step }) => step))).toEqual(new Set(freshView.steps.map(({ step }) => step)));
    expect(new Set(views.map(({ test }) => test?.found))).toEqual(new Set([undefined, ...Object.keys(found)]));
    const kinds = views.flatMap(({ problem }) => (problem === null ? [] : [problem.problem]));
    expect(new Set(kinds)).toEqual(new Set([...Object.keys(problems), "weak_pin"]));
  });

  it("never echo a role, a name or a detail as markup", () => {
    expect(draw(sample("set_up_gateway"))).toContain("&lt;html>");
  });

  it("speak the language of the view at once", () => {
    expect(draw({ ...freshView, language: "de" })).toContain("Wähle die Sprache");
    expect(draw({ ...freshView, language: "ar" })).toContain("يرجى اختيار لغة");
  });

  it("say each role’s state, and which are missing", () => {
    const html = draw(sample("set_up_rights_lacking"));
    expect(html).toMatch(/data-testid="role-Checkin-Create" data-state="lacking"/);
    expect(html).toMatch(/data-testid="role-Business-List" data-state="held"/);
    for (const id of ["administrator", "lacking", "try-writes", "roles-list"]) expect(html).toContain(`data-testid="${id}"`);
  });
});

describe("the keyboard", () => {
  const typed = (language: string, layer: Parameters<typeof rowsOf>[0]): string =>
    rowsOf(layer, language).flat().map((key) => ("text" in key ? key.text : "")).join("");

  it("has all that an address and a password may need, once in each layer", () => {
    const all = ["letters", "capitals", "symbols", "more"].map((layer) => typed("en", layer as Parameters<typeof rowsOf>[0])).join("");
    const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    expect(ascii.filter((one) => !all.includes(one))).toEqual([]);
    for (const language of ["en", "de", "fr"]) {
      const letters = typed(language, "letters");
      expect(new Set(letters).size).toBe(letters.length);
      expect([..."abcdefghijklmnopqrstuvwxyz@.-_"].filter((one) => !letters.includes(one))).toEqual([]);
    }
  });

  it("is never wider than ten keys, the width of the smallest screen", () => {
    for (const layer of ["letters", "capitals", "symbols", "more"] as const) {
      for (const language of ["en", "de", "fr"]) for (const row of rowsOf(layer, language)) expect(row.length).toBeLessThanOrEqual(10);
    }
  });

  it("has letters where the language has them", () => {
    expect([typed("de-AT", "letters")[5], typed("fr", "letters")[0], typed("ja", "capitals")[0]]).toEqual(["z", "a", "Q"]);
  });
});

describe("of two views", () => {
  it("the newer one is shown, whichever came first", () => {
    const at = (revision: number): SetUpView => ({ ...freshView, revision });
    const [older, newer] = [at(3), at(4)];
    expect(newest(null, older)).toBe(older);
    expect(newest(older, newer)).toBe(newer);
    expect(newest(newer, older)).toBe(newer);
    const again = at(4);
    expect(newest(newer, again)).toBe(again);
  });
});
