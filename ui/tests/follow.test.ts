// Following the shell: no scene lost, none older than what is shown, failures said.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scene } from "../src/bindings/door";
import { follow, PATIENCE_MS, RETRY_MS, type Source } from "../src/follow";
import { startingScene } from "../src/present/scene";

const named = (name: string): Scene => ({ ...startingScene, location: { name, time_zone: null } });

function fakeDoor(answer: () => Promise<Scene>) {
  const calls: string[] = [];
  let emit: (scene: Scene) => void = () => undefined;
  const door: Source<Scene> = {
    on: async (callback) => {
      calls.push("subscribe");
      emit = callback;
      return () => calls.push("unsubscribe");
    },
    current: () => {
      calls.push("ask");
      return answer();
    },
  };
  return { door, calls, emit: (scene: Scene) => emit(scene) };
}

function fakeViewer() {
  const seen: string[] = [];
  return {
    seen,
    show: (scene: Scene) => void seen.push(scene.location.name ?? "?"),
    fail: (detail: string) => void seen.push(`failed: ${detail}`),
  };
}

describe("follow", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("subscribes before it asks, and ends when told", async () => {
    const { door, calls, emit } = fakeDoor(async () => named("asked"));
    const viewer = fakeViewer();
    const end = follow(door, viewer);
    await vi.advanceTimersByTimeAsync(0);
    emit(named("event"));
    end();
    emit(named("after the end"));
    expect(calls).toEqual(["subscribe", "ask", "unsubscribe"]);
    expect(viewer.seen).toEqual(["asked", "event"]);
  });

  it("keeps an event that overtook the answer", async () => {
    let answer: (scene: Scene) => void = () => undefined;
    const { door, emit } = fakeDoor(() => new Promise((resolve) => (answer = resolve)));
    const viewer = fakeViewer();
    follow(door, viewer);
    await vi.advanceTimersByTimeAsync(0);
    emit(named("newer"));
    answer(named("older"));
    await vi.advanceTimersByTimeAsync(PATIENCE_MS * 2);
    expect(viewer.seen).toEqual(["newer"]);
  });

  it("says a failure, and recovers by itself", async () => {
    let attempts = 0;
    const { door, calls } = fakeDoor(async () => {
      attempts += 1;
      if (attempts === 1) throw "not ready";
      return named("later");
    });
    const viewer = fakeViewer();
    follow(door, viewer);
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(viewer.seen).toEqual(["failed: not ready", "later"]);
    expect(calls).toEqual(["subscribe", "ask", "ask"]);
  });

  it("says so when no answer comes at all", async () => {
    const { door } = fakeDoor(() => new Promise(() => undefined));
    const viewer = fakeViewer();
    follow(door, viewer);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(viewer.seen).toEqual(["failed: no answer"]);
  });
});
