// Answers to the staff's page that come late: the last question counts, and no list is mixed with another.
import { describe, expect, it, vi } from "vitest";
import type { FailureBlock } from "../src/bindings/staff_desk";
import { blockOf } from "../src/gallery/desk-samples";
import { Answer } from "../src/staff-desk/answer.svelte";
import { BLOCK } from "../src/staff-desk/blocks";
import { FailureList } from "../src/staff-desk/list.svelte";
import { emptyQuery } from "../src/staff-desk/query";

describe("answers about the list that overtake each other", () => {
  /** Answers when it is told to: to which member's question, and for which block. */
  const waiting = () => {
    const asked: { member: string; block: number; answer: (block: FailureBlock) => void; fail: () => void }[] = [];
    const list = new FailureList(
      ({ member }, block) => new Promise((answer, reject) => asked.push({ member, block, answer, fail: () => reject({ kind: "ended" }) })),
      emptyQuery,
    );
    return { asked, list };
  };
  const tariffOf = (list: FailureList, row: number): string | null | undefined => list.row(row)?.tariff;
  const marked = (block: number, tariff: string): FailureBlock => {
    const answer = blockOf(block, 200, { local: 0 });
    return { ...answer, rows: answer.rows.filter(({ key }) => key.kind === "record").map((row) => ({ ...row, tariff })) };
  };

  it("leave no rows of one question among those of the next", async () => {
    const { asked, list } = waiting();
    const first = list.load(emptyQuery);
    asked[0]?.answer(marked(0, "old"));
    await first;
    const second = list.load({ ...emptyQuery, member: "ada" });
    list.show([1]);
    expect(asked.map(({ member, block }) => [member, block])).toEqual([["", 0], ["ada", 0], ["", 1]]);
    asked[1]?.answer(marked(0, "new"));
    await second;
    asked[2]?.answer(marked(1, "old"));
    await vi.waitFor(() => expect(list.asking).toBe(0));
    expect([tariffOf(list, 0), tariffOf(list, BLOCK)]).toEqual(["new", undefined]);
    list.show([1]);
    expect(asked[3]).toMatchObject({ member: "ada", block: 1 });
  });

  it("lose no block of a list that stays, because the next one could not be had", async () => {
    const { asked, list } = waiting();
    const first = list.load(emptyQuery);
    asked[0]?.answer(marked(0, "old"));
    await first;
    list.show([1]);
    const second = list.load({ ...emptyQuery, member: "ada" });
    asked[2]?.fail();
    await second;
    expect([list.problem?.kind, list.query.member]).toEqual(["ended", ""]);
    asked[1]?.answer(marked(1, "old"));
    await vi.waitFor(() => expect(list.asking).toBe(0));
    expect(tariffOf(list, BLOCK)).toBe("old");
  });
});

describe("what was answered last", () => {
  it("answers the last question, whichever answer comes last", async () => {
    const answer = new Answer<string>();
    let late = (_value: string): void => undefined;
    const overtaken = answer.ask(new Promise<string>((done) => (late = done)));
    expect(await answer.ask(Promise.resolve("second"))).toBe(true);
    late("first");
    expect([await overtaken, answer.value]).toEqual([false, "second"]);
    const forgotten = answer.ask(Promise.resolve("third"));
    answer.forget();
    expect([await forgotten, answer.value]).toEqual([false, null]);
  });

  it("keeps what is shown beside a problem, which ends with the next question", async () => {
    const answer = new Answer<string>();
    await answer.ask(Promise.resolve("first"));
    await answer.ask(Promise.reject({ kind: "ended" }));
    expect([answer.value, answer.problem]).toEqual(["first", { kind: "ended" }]);
    const quiet = answer.ask(Promise.resolve("second"), true);
    expect(answer.problem).toEqual({ kind: "ended" });
    await quiet;
    expect([answer.value, answer.problem]).toEqual(["second", null]);
    await answer.ask(Promise.reject({ kind: "ended" }));
    const loud = answer.ask(Promise.resolve("third"));
    expect(answer.problem).toBeNull();
    await loud;
  });
});
