// Draws the matrix of screens, themes, sizes and languages into target/pictures, with contact sheets to look at.
import { mkdir, rm } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { languages, nameOf, show, startGallery, target, themes, type Gallery, type Look, type Size } from "./gallery";

const folder = `${target}pictures`;
/** The cramped, the tall and the large. */
const matrixSizes: readonly Size[] = [
  [1024, 600],
  [800, 1280],
  [1920, 1080],
];
const screens = [
  "idle",
  "idle_offline",
  "idle_reader_down",
  "idle_branded",
  "idle_closed",
  "idle_screen_off",
  "acknowledged",
  "checked_in",
  "checked_in_offer",
  "checked_in_charged",
  "checked_out",
  "refused_offer",
  "refused_long",
  "refused_renewal",
  "refused_already_in",
  "unknown_tile",
  "ambiguous_tile",
  "unusable_tile",
  "saved",
  "unavailable_service",
  "out_of_order",
  "set_up",
  "set_up_language",
  "set_up_code_needed",
  "set_up_location_waiting",
  "set_up_rights_lacking",
  "set_up_reader_read",
  "set_up_policy",
  "set_up_weak_pin_too_simple",
  "set_up_test_in",
  "set_up_summary",
  "desk_failures",
  "desk_detail",
  "desk_filters",
  "desk_act_link",
  "desk_confirm",
  "desk_overview",
  "desk_health",
  "desk_end_kiosk",
  "desk_log",
];

let gallery: Gallery;
beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  gallery = await startGallery();
});
afterAll(() => gallery.close());

type Sheet = { name: string; size: Size; looks: Look[] };

/** A sheet for each size, theme and language; and for each size one in English with text of 200 %. */
const sheets: Sheet[] = matrixSizes.flatMap((size) => [
  ...themes.flatMap((theme) =>
    languages.map((language) => ({
      name: `${size.join("x")}-${theme}-${language}`,
      size,
      looks: screens.map((scene): Look => ({ scene, theme, language, text: 100 })),
    })),
  ),
  ...languages.map((language) => ({
    name: `${size.join("x")}-light-${language}-text200`,
    size,
    looks: screens.map((scene): Look => ({ scene, theme: "light", language, text: 200 })),
  })),
]);

async function draw(remaining: Sheet[]): Promise<void> {
  const page = await gallery.open([800, 600]);
  const table = await page.context().newPage();
  for (let sheet = remaining.shift(); sheet !== undefined; sheet = remaining.shift()) {
    const { size, looks } = sheet;
    await page.setViewportSize({ width: size[0], height: size[1] });
    const figures: string[] = [];
    for (const look of looks) {
      await show(page, look);
      const picture = await page.screenshot({ path: `${folder}/${nameOf(look, size)}.png` });
      figures.push(`<figure><img src="data:image/png;base64,${picture.toString("base64")}"><figcaption>${look.scene}</figcaption></figure>`);
    }
    await lay(table, sheet, figures);
  }
  await page.context().close();
}

/** Puts the pictures of a sheet on a table, as many across as can still be judged, and takes their picture. */
async function lay(table: Page, { name, size }: Sheet, figures: string[]): Promise<void> {
  const [across, width] = size[0] > size[1] ? [4, 400] : [5, 300];
  await table.setViewportSize({ width: across * (width + 12) + 12, height: 600 });
  await table.setContent(`<style>
    body { display: grid; grid-template-columns: repeat(${across}, ${width}px); gap: 12px; margin: 12px; background: #888; font: 12px sans-serif }
    figure { margin: 0 } img { display: block; width: 100% }
  </style>${figures.join("")}`);
  await table.screenshot({ path: `${folder}/sheet-${name}.png`, fullPage: true });
}

it("draws every picture and a sheet for each size, theme and language", async () => {
  // PICTURES=800x1280 draws those sheets only whose names hold it.
  const remaining = sheets.filter((sheet) => sheet.name.includes(process.env["PICTURES"] ?? ""));
  await Promise.all([draw(remaining), draw(remaining)]);
  expect(remaining).toEqual([]);
});
