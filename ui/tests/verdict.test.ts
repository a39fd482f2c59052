// What each verdict says and how it looks.
import { describe, expect, it } from "vitest";
import type { Stage, Verdict } from "../src/bindings/door";
import { createFormats } from "../src/present/formats";
import { entryOf, kindOf } from "../src/present/scene";
import { presentLink, presentQueue, queueState } from "../src/present/status";
import { announce, looks, presentVerdict, type Around, type VerdictStage } from "../src/present/verdict";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const en = catalogueFor("en").words;
const formats = createFormats("en-GB", "Europe/London", en);
const queue = { waiting: 2, needs_staff: 0, oldest: "2026-03-06T09:14:00Z" };
const at = "2026-03-06T09:40:58Z";

function stageOf(verdict: Verdict, name: string | null = null): VerdictStage {
  return { stage: "verdict", entry: "e1", at, revised: false, name, verdict, offer: null, visit: null };
}
const around: Around = { queue, closed: null };
const say = (verdict: Verdict, name: string | null = null) => presentVerdict(stageOf(verdict, name), around, en, formats);

describe("verdicts", () => {
  it("welcome and goodbye carry name and time", () => {
    expect(say({ kind: "checked_in", since: at }, "Ada")).toMatchObject({
      headline: "Welcome",
      name: "Ada",
      fact: "Checked in at \u206809:40\u2069",
    });
    const goodbye = say({ kind: "checked_out", since: "2026-03-06T08:20:58Z", minutes: 80 }, "Ada");
    expect(plain(goodbye.fact)).toBe("Checked out after 1 h 20 min");
  });

  it("pass the service's reason on as it came", () => {
    const description = "  <b>No passes</b> left &amp; none due.\nCode 7 ";
    expect(say({ kind: "refused", reason: { by: "service", description } }).reason).toBe(description.trim());
  });

  it("say something neutral without a reason", () => {
    for (const reason of [{ by: "service", description: " \n" }, { by: "service_without_reason" }] as const) {
      expect(say({ kind: "refused", reason })).toMatchObject({ headline: "Not checked in", reason: "No reason was given." });
    }
  });

  it("say of a saved tap how many wait and since when", () => {
    expect(plain(say({ kind: "saved" }).particulars)).toBe("2 taps waiting since 09:14");
  });

  it("send a member to the desk once, where the reason is withheld", () => {
    const text = say({ kind: "refused", reason: { by: "withheld" } });
    expect([text.reason, text.action]).toEqual(["Please see the desk.", null]);
  });

  it("speak of a PIN where there was no tile", () => {
    const shared = (tile: string | null) => say({ kind: "ambiguous_tile", tile });
    expect([shared("…B2C3").headline, shared(null).headline]).toEqual(["Shared tile", "Shared PIN"]);
    expect(shared(null).reason).not.toMatch(/tile/i);
  });

  it("tell what is known of the visit, a line each, and read none of it aloud", () => {
    const welcome = stageOf({ kind: "checked_in", since: at });
    const shown = (visit: VerdictStage["visit"]) => presentVerdict({ ...welcome, visit }, around, en, formats);
    const nothing = { passes: null, minutes: null, pay_as_you_go: false, photo: null };
    expect(shown(null).visit).toEqual([]);
    expect(shown(nothing).visit).toEqual([]);
    expect(shown({ ...nothing, passes: 0 }).visit.map(plain)).toEqual(["No passes left"]);
    const all = shown({ passes: 1, minutes: 1250, pay_as_you_go: true, photo: null });
    expect(all.visit.map(plain)).toEqual([en.payAsYouGo, "1 pass left", "Used this period: 20 h 50 min"]);
    // It may come a moment later: what was said must not be said again.
    expect(announce(all, en)).toBe(announce(shown(null), en));
  });

  it("name the next step of a refusal", () => {
    const refused: Verdict = { kind: "refused", reason: { by: "inactive" } };
    expect(say(refused)).toMatchObject({ renewal: true, particulars: null, action: "Please see the desk" });
    const closed = { opens: "2026-03-09T08:00:00Z" };
    const outside = presentVerdict(stageOf(refused), { queue, closed }, en, formats);
    expect(plain(outside.particulars)).toBe("Opens Mon 08:00");
    expect(say({ kind: "refused", reason: { by: "withheld" } }).renewal).toBe(false);
    expect(say({ kind: "checked_in", since: at }).renewal).toBe(false);
  });

  it("leave out a name that is blank", () => {
    expect(say({ kind: "saved" }, " ").name).toBeNull();
  });

  it("differ in shape and in place", () => {
    const shapes = Object.values(looks).map((look) => look.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
    const places = Object.values(looks).map((look) => look.place);
    expect(new Set(places).size).toBe(places.length);
  });

  it("are announced in one sentence each", () => {
    expect(announce(say({ kind: "refused", reason: { by: "inactive" } }, "Ada"), en)).toBe(
      "Not checked in. Ada. Your membership is not active. Please see the desk.",
    );
  });
});

describe("stages", () => {
  it("know their entry and kind", () => {
    const acknowledged: Stage = { stage: "acknowledged", entry: "e2", tile: "…B2C3", at };
    expect([entryOf(acknowledged), kindOf(acknowledged)]).toEqual(["e2", undefined]);
    expect([entryOf(stageOf({ kind: "saved" })), kindOf(stageOf({ kind: "saved" }))]).toEqual(["e1", "saved"]);
    expect(entryOf({ stage: "idle" })).toBeUndefined();
  });
});

describe("the queue", () => {
  const now = new Date("2026-03-06T09:41:00Z");
  it("says nothing when empty", () => {
    const empty = { waiting: 0, needs_staff: 0, oldest: null };
    expect(presentQueue(empty, now, en, formats)).toEqual([]);
    expect(queueState(empty)).toBe("empty");
  });

  it("says what waits and what needs staff", () => {
    const both = { waiting: 2, needs_staff: 1, oldest: "2026-03-06T09:14:00Z" };
    expect(presentQueue(both, now, en, formats).map((line) => plain(line.text))).toEqual([
      "2 taps waiting since 09:14",
      "1 tap needs staff",
    ]);
    expect(queueState(both)).toBe("needs_staff");
  });
});

describe("a button that asked for what was so already", () => {
  it("changes nothing, and does not call it a refusal", () => {
    const text = say({ kind: "refused", reason: { by: "already_out" } });
    expect([text.headline, text.reason, text.action]).toEqual([en.nothingChanged, en.refused.already_out, null]);
    const inside = say({ kind: "refused", reason: { by: "already_in", since: "2026-03-06T08:12:00Z" } });
    expect(plain(inside.particulars)).toBe("You have been here since 08:12");
  });
});

describe("an outage", () => {
  it("promises to save taps only where they are saved", () => {
    const link = { state: "offline", why: null, sign_in_ends: null } as const;
    expect(presentLink({ ...link, saves_taps: true }, en)).toBe(en.link.offline);
    expect(presentLink({ ...link, saves_taps: false }, en)).toBe(en.offlineWithoutSaving);
  });
});
