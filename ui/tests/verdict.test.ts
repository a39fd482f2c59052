// What each verdict says and how it looks.
import { describe, expect, it } from "vitest";
import type { Stage, Verdict } from "../src/bindings/door";
import { createFormats } from "../src/present/formats";
import { entryOf, kindOf } from "../src/present/scene";
import { presentLink, presentQueue, queueState } from "../src/present/status";
import { announce, looks, presentVerdict, type VerdictStage } from "../src/present/verdict";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const en = catalogueFor("en").words;
const formats = createFormats("en-GB", "Europe/London", en);
const queue = { waiting: 2, needs_staff: 0, oldest: "2026-03-06T09:14:00Z" };
const at = "2026-03-06T09:40:58Z";

function stageOf(verdict: Verdict, name: string | null = null): VerdictStage {
  return { stage: "verdict", entry: "e1", at, revised: false, name, verdict, offer: null, language: null };
}
const say = (verdict: Verdict, name: string | null = null) => presentVerdict(stageOf(verdict, name), queue, en, formats);

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

  it("leave out a name that is blank", () => {
    expect(say({ kind: "saved" }, " ").name).toBeNull();
  });

  it("differ in shape, and their place tells welcome, goodbye, refused, saved and unavailable apart", () => {
    const shapes = Object.values(looks).map((look) => look.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
    const { checked_in, checked_out, refused, saved, unavailable, unknown_tile } = looks;
    const places = [checked_in, checked_out, refused, saved, unavailable, unknown_tile].map((look) => look.place);
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
    expect([text.headline, text.reason]).toEqual([en.nothingChanged, en.refused.already_out]);
  });
});

describe("an outage", () => {
  it("promises to save taps only where they are saved", () => {
    const link = { state: "offline", why: null } as const;
    expect(presentLink({ ...link, saves_taps: true }, en)).toBe(en.link.offline);
    expect(presentLink({ ...link, saves_taps: false }, en)).toBe(en.offlineWithoutSaving);
  });
});
