// On every screen from 7 to 24 inches, with text of 100 and of 200 %: nothing is cut, nothing overlaps, fingers find their targets.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages, nameOf, sceneNames, setUpNames, show, sizes, startGallery, type Gallery, type Look, type Size } from "./gallery";

const TOUCH = 56;
/** How much larger text of 200 % must be at least. Headline and name are the largest from the start: they leave room to the rest. */
const enlarged: Record<string, number> = { headline: 1.35, name: 1.25, fact: 1.5, reason: 1.5, action: 1.5 };
/** Scenes that hold so much that enlarged text cannot all be shown: it shrinks rather than being cut. */
const crowded = /long|unbroken|cjk|saved_offer/;
/** What a member must be able to read. */
const important = Object.keys(enlarged);

let gallery: Gallery;
beforeAll(async () => void (gallery = await startGallery()));
afterAll(() => gallery.close());

type Measured = {
  faults: string[];
  sizes: Record<string, number>;
  /** Whether the headline, or its longest word, takes the whole width: then it is as large as the screen allows. */
  headlineFills: boolean;
};

/** Runs in the page. */
function measure([touch, testids]: [number, string[]]): Measured {
  const faults: string[] = [];
  const visible = [...document.querySelectorAll<HTMLElement>("main *")].filter(
    (one) => !one.closest("[aria-live], svg, .hidden") && one.getClientRects().length > 0,
  );
  const nameOfElement = (one: Element): string => `${one.getAttribute("data-testid") ?? one.className} "${(one.textContent ?? "").slice(0, 24)}"`;
  /** Where something is seen: in a part that scrolls, inside that part alone. */
  const boxOf = (one: Element): DOMRect => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const window = one.parentElement?.closest("[data-scrolls]")?.getBoundingClientRect();
    if (window === undefined) return new DOMRect(left, top, right - left, bottom - top);
    const inside = (at: number): number => Math.min(Math.max(at, window.top), window.bottom);
    return new DOMRect(left, inside(top), right - left, inside(bottom) - inside(top));
  };
  for (const one of visible) {
    const box = boxOf(one);
    // Two clips are meant: the small print of a fault after some lines, and the place in the status line.
    const abridged = one.matches("[data-testid=why], [data-testid=detail], footer .location, textarea, input");
    // What is beyond a scrolling part's end can be scrolled to; beyond its side it cannot.
    if (one.matches("[data-scrolls]")) {
      if (one.scrollWidth > one.clientWidth + 1) faults.push(`scrolls sideways: ${nameOfElement(one)}`);
      continue;
    }
    const clips = getComputedStyle(one).overflow !== "visible" && !abridged;
    if (clips && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)) faults.push(`cut: ${nameOfElement(one)}`);
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) faults.push(`off the screen: ${nameOfElement(one)}`);
    if (one.matches("button, a, input, select, [role=button]") && Math.min(one.offsetWidth, one.offsetHeight) < touch) faults.push(`small target: ${nameOfElement(one)}`);
  }
  const texts = visible.filter((one) => one.matches("p, h1, h2, label, button, .item") && (one.textContent ?? "").trim() !== "");
  const leaves = texts.filter((one) => !texts.some((other) => other !== one && one.contains(other)));
  leaves.forEach((one, index) => {
    const a = boxOf(one);
    for (const other of leaves.slice(index + 1)) {
      const b = boxOf(other);
      const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (across > 2 && down > 2) faults.push(`overlap: ${nameOfElement(one)} and ${nameOfElement(other)}`);
    }
  });
  const found = testids.map((id) => [id, document.querySelector(`main [data-testid=${id}]`)] as const);
  const fontSizes = found.flatMap(([id, one]) => (one === null ? [] : [[id, Number.parseFloat(getComputedStyle(one).fontSize)] as const]));
  return { faults, sizes: Object.fromEntries(fontSizes), headlineFills: headlineFills() };

  function headlineFills(): boolean {
    const headline = document.querySelector("main h1");
    const field = headline?.parentElement;
    if (headline == null || field == null) return false;
    const { left, right } = field.getBoundingClientRect();
    const padding = Number.parseFloat(getComputedStyle(field).paddingLeft) * 2;
    const marks = getComputedStyle(field).flexDirection === "row" ? (field.querySelector(".mark")?.getBoundingClientRect().width ?? 0) : 0;
    const range = document.createRange();
    range.selectNodeContents(headline);
    return range.getBoundingClientRect().width > 0.8 * (right - left - padding - marks);
  }
}

async function judge(page: Page, look: Look, size: Size): Promise<string[]> {
  const at = async (text: number): Promise<Measured> => {
    await show(page, { ...look, text });
    return page.evaluate(measure, [TOUCH, important] as [number, string[]]);
  };
  const [normal, large] = [await at(100), await at(200)];
  const full = (id: string): boolean => id === "headline" && large.headlineFills;
  const small = crowded.test(look.scene)
    ? []
    : Object.entries(normal.sizes)
        .filter(([id, px]) => !full(id) && (large.sizes[id] ?? 0) < (enlarged[id] ?? 1) * px - 0.1)
        .map(([id, px]) => `${id} grows only from ${px.toFixed(0)} to ${(large.sizes[id] ?? 0).toFixed(0)} px`);
  const name = nameOf(look, size);
  return [
    ...normal.faults.map((fault) => `${name}: ${fault}`),
    ...[...large.faults, ...small].map((fault) => `${name} at 200 %: ${fault}`),
  ];
}

describe.each(languages)("in %s", (language) => {
  it.each(sizes.filter(([width]) => language === "en" || width <= 1280))("fits %ix%i", async (...size: Size) => {
    const page = await gallery.open(size);
    const faults: string[] = [];
    for (const scene of await sceneNames(page)) {
      faults.push(...(await judge(page, { scene, theme: "light", language, text: 100 }, size)));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

/** The cramped and the two that tablets have; a step's long content may scroll inside its own part. */
const tablets: readonly Size[] = [[1024, 600], [600, 1024], [1280, 800], [800, 1280]];

describe.each(languages)("the set-up in %s", (language) => {
  it.each(tablets.filter(([width, height]) => language === "en" || Math.min(width, height) !== 800))("fits %ix%i", async (...size: Size) => {
    const page = await gallery.open(size);
    const faults: string[] = [];
    for (const scene of await setUpNames(page)) {
      for (const text of [100, 200]) {
        await show(page, { scene, theme: "light", language, text });
        const measured = await page.evaluate(measure, [TOUCH, important] as [number, string[]]);
        faults.push(...measured.faults.map((fault) => `${nameOf({ scene, theme: "light", language, text }, size)}: ${fault}`));
        const left = await page.evaluate(() => document.querySelector("[data-scrolls]")?.clientHeight ?? 0);
        // What scrolls must leave room to see what one does.
        if (left < 0.35 * size[1]) faults.push(`${scene} ${language} ${text} at ${size.join("x")}: ${left} px are left`);
      }
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

it("finds what is cut, off the screen, overlapping or too small", async () => {
  const page = await gallery.open([1280, 800]);
  await show(page, { scene: "refused_offer", theme: "light", language: "en", text: 100 });
  await page.addStyleTag({
    content: "h1 { white-space: nowrap; font-size: 20rem !important } button { width: 40px; padding: 0 !important; min-width: 0 !important; margin-top: -9rem } footer { margin-inline-end: -50px }",
  });
  const { faults } = await page.evaluate(measure, [TOUCH, important] as [number, string[]]);
  for (const fault of ["cut", "off the screen", "small target", "overlap"]) expect(faults.join("\n")).toContain(fault);
  await page.context().close();
});
