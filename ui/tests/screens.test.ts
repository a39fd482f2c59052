// Which screen for which stage, by the attributes that WebDriver relies on.
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import type { Scene } from "../src/bindings/door";
import { galleryNow, scenes } from "../src/gallery/scenes";
import { Preferences } from "../src/preferences.svelte";
import { startingAppearance } from "../src/present/appearance";
import { looks } from "../src/present/verdict";
import Kiosk from "../src/screens/Kiosk.svelte";
import { plain } from "./plain";

const accept = (): Promise<void> => Promise.resolve();
const draw = (scene: Scene): string => render(Kiosk, { props: { scene, now: galleryNow, accept } }).body;
const sample = (name: string): Scene => {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no sample ${name}`);
  return scene;
};
const main = (html: string): string => /<main[^>]*>/.exec(html)?.[0] ?? "";

describe("screens", () => {
  it("name stage, kind and entry on the root, and always show headline, reader, link, queue, clock and location", () => {
    for (const [name, scene] of Object.entries(scenes)) {
      const html = draw(scene);
      expect(main(html), name).toContain(`data-stage="${scene.stage.stage}"`);
      for (const id of ["headline", "reader", "link", "queue", "clock", "location"]) {
        expect(html.split(`data-testid="${id}"`).length - 1, `${id} in ${name}`).toBe(1);
      }
      if (scene.stage.stage === "verdict") {
        expect(main(html)).toContain(`data-kind="${scene.stage.verdict.kind}"`);
        expect(main(html)).toContain(`data-entry="${scene.stage.entry}"`);
      } else {
        expect(main(html)).not.toContain("data-kind");
      }
    }
  });

  it("have a sample of every verdict", () => {
    const kinds = Object.values(scenes).map(({ stage }) => (stage.stage === "verdict" ? stage.verdict.kind : null));
    for (const kind of Object.keys(looks)) expect(kinds).toContain(kind);
  });

  it("show a reason as text, never as markup", () => {
    const html = draw(sample("refused_long"));
    expect(html).toContain("&lt;b>Code 4027&lt;/b> &amp;amp; reference");
    expect(html).not.toContain("<b>");
  });

  it("offer a button only where there is an offer", () => {
    expect(draw(sample("checked_in_offer"))).toMatch(/data-testid="offer"[^>]*>Check out instead/);
    expect(draw(sample("checked_in"))).not.toContain('data-testid="offer"');
  });

  it("say a lost reader plainly, with the why", () => {
    const html = draw(sample("idle_reader_down"));
    expect(html).toContain("Reader not connected");
    expect(html).toContain("/dev/ttyUSB0");
    expect(html).not.toContain("Hold your tile");
  });

  it("invite nobody to tap where taps cannot be stored, and say why", () => {
    const html = draw(sample("idle_storage_fails"));
    expect(html).toContain("Taps cannot be stored");
    expect(html).toContain("make room on the disk");
    expect(html).not.toContain("Hold your tile");
  });

  it("say how wrong the clock is", () => {
    expect(plain(draw(sample("idle_clock_differs")))).toContain("clock is 1 h 30 min slow");
  });

  it("have one button to the preferences: on the idle screen, and where staff can mend what is out of order", () => {
    const buttons = (scene: Scene): number => draw(scene).split('data-testid="preferences-open"').length - 1;
    for (const [name, scene] of Object.entries(scenes)) {
      for (const has_pin of [true, false]) {
        const { stage } = scene.stage;
        const expected = stage === "idle" || (stage === "out_of_order" && has_pin) ? 1 : 0;
        expect(buttons({ ...scene, staff: { ...scene.staff, has_pin } }), `${name} ${has_pin}`).toBe(expected);
      }
    }
  });

  it("use the operator's own idle words for a language in all its regions", () => {
    const appearance = { ...startingAppearance, idle: { en: { headline: "Hello there", hint: null } } };
    const idle = (language: string) =>
      render(Kiosk, { props: { scene: { ...sample("idle"), language }, now: galleryNow, accept, appearance } }).body;
    expect(idle("en-US")).toContain("Hello there");
    expect(idle("de")).not.toContain("Hello there");
  });

  it("speak what was chosen here, else the kiosk's language", () => {
    const welcome = { ...sample("checked_in"), language: "fr" };
    expect(draw(welcome)).toContain("Bienvenue");
    expect(draw({ ...sample("idle"), language: "ar" })).toContain("يرجى تقريب بطاقتك من القارئ");
    const preferences = new Preferences();
    preferences.choose({ language: "ja" });
    const html = render(Kiosk, { props: { scene: welcome, now: galleryNow, accept, preferences } }).body;
    preferences.forget();
    expect(html).toContain("ようこそ");
  });

  it("offer each language by its own name, and mark the one that is spoken", () => {
    const preferences = new Preferences();
    preferences.show();
    const appearance = { ...startingAppearance, languages: ["en", "de", "ar"], speech: true };
    const html = render(Kiosk, { props: { scene: sample("idle_long_name"), now: galleryNow, accept, appearance, preferences } }).body;
    preferences.forget();
    expect(html).toMatch(/aria-pressed="true"[^>]*data-language="en"/);
    expect(html).toMatch(/aria-pressed="false"[^>]*data-language="de"/);
    expect(html).toMatch(/<span lang="ar" dir="rtl"[^>]*>العربية/);
    for (const label of ["100%", "150%", "200%", "High contrast", "Speak verdicts", "Done"]) expect(html).toContain(label);
  });

  it("have one main heading and one live region", () => {
    for (const scene of Object.values(scenes)) {
      const html = draw(scene);
      expect(html.split("<h1").length - 1).toBe(1);
      expect(html.split('role="status"').length - 1).toBe(1);
    }
  });
});
