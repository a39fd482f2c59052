// Chosen screens against pictures that were looked at: `npm run pixels`, and `npm run pixels -- --update` to renew them.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nameOf, show, startGallery, target, type Gallery, type Look } from "./gallery";

const baselines = fileURLToPath(new URL("../tests/pixels/", import.meta.url));
const differences = `${target}pixels/`;
const updates = process.env["PIXELS_UPDATE"] === "yes";
/** Of one pixel's colour, 0 to 1: the mint and the sky blue of two verdicts are 0.11 apart. */
const COLOUR_TOLERANCE = 0.05;
/** Of all pixels: less than a headline that moved by a hundredth of the screen. */
const AREA_TOLERANCE = 0.002;

const look = (scene: string, theme: Look["theme"], language = "en", text = 100): Look => ({ scene, theme, language, text });
const looks: Look[] = [
  look("idle", "light"),
  look("idle_reader_down", "dark"),
  look("acknowledged", "light"),
  { ...look("idle", "light"), brand: true },
  look("checked_in_offer", "light"),
  look("checked_in", "dark", "ar"),
  look("checked_out", "high_contrast"),
  look("refused_offer", "light", "ja"),
  look("refused_long", "dark"),
  look("unknown_tile", "light"),
  look("ambiguous_tile", "high_contrast"),
  look("unusable_tile", "dark"),
  look("saved", "light"),
  look("unavailable_service", "high_contrast"),
  look("out_of_order", "light", "en", 200),
  look("set_up_language", "light"),
  look("set_up_code_needed", "light"),
  look("set_up_reader_read", "light"),
  look("set_up_summary", "light"),
  look("desk_detail", "light"),
  look("desk_failures", "dark", "ar"),
  look("desk_overview", "light"),
  look("desk_health", "high_contrast"),
  look("desk_confirm", "light", "de"),
];

let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await startGallery();
  // Drawn at half the size: small enough to keep, large enough to see a word move.
  page = await gallery.open([1280, 800], { scale: 0.5 });
  await rm(differences, { recursive: true, force: true });
  await mkdir(differences, { recursive: true });
  await mkdir(baselines, { recursive: true });
});
afterAll(() => gallery.close());

/** The share of pixels that differ; the difference as a picture. */
function compare(one: PNG, other: PNG): { share: number; difference: PNG } {
  const { width, height } = one;
  if (other.width !== width || other.height !== height) return { share: 1, difference: other };
  const difference = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, difference.data, width, height, { threshold: COLOUR_TOLERANCE });
  return { share: count / (width * height), difference };
}

it.each(looks.map((one) => [nameOf(one) + (one.brand === true ? "-brand" : ""), one] as const))("%s", async (name, one) => {
  await show(page, one);
  const picture = PNG.sync.read(await page.screenshot());
  const path = `${baselines}${name}.png`;
  if (updates) {
    await writeFile(path, PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 }));
    return;
  }
  expect(existsSync(path), `no picture to compare with: npm run pixels -- --update draws ${path}`).toBe(true);
  const { share, difference } = compare(PNG.sync.read(await readFile(path)), picture);
  if (share > AREA_TOLERANCE) {
    await writeFile(`${differences}${name}.png`, PNG.sync.write(picture));
    await writeFile(`${differences}${name}-difference.png`, PNG.sync.write(difference));
  }
  const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;
  expect(share, `${percent(share)} of ${name} differ, ${percent(AREA_TOLERANCE)} may: see ${differences}`).toBeLessThanOrEqual(AREA_TOLERANCE);
});

it.skipIf(updates)("finds a headline that moved, and a colour that changed", async () => {
  const [first] = looks.filter(({ scene }) => scene === "checked_in_offer");
  if (first === undefined) throw new Error("no sample");
  await show(page, first);
  const asIs = PNG.sync.read(await page.screenshot());
  for (const content of ["h1 { translate: 0 8px }", ".field { background: #5ac8f0 !important }"]) {
    const tag = await page.addStyleTag({ content });
    const changed = PNG.sync.read(await page.screenshot());
    expect(compare(asIs, changed).share, content).toBeGreaterThan(AREA_TOLERANCE);
    await tag.evaluate((element) => (element as HTMLStyleElement).remove());
  }
  expect(compare(asIs, PNG.sync.read(await page.screenshot())).share).toBe(0);
});
