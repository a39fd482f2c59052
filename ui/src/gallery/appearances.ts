// Sample appearances for the gallery: Tapdesk's own, and an operator's with everything set.
import type { Appearance } from "../bindings/door";
import { startingAppearance } from "../present/appearance";

const svg = (drawing: string): string => `data:image/svg+xml;base64,${btoa(drawing)}`;

const renewal: NonNullable<Appearance["renewal"]> = {
  address: "https://harbour.example.org/renew",
  // The size and the density of a real one; it reads as nothing.
  modules: Array.from({ length: 29 }, (_, y) =>
    Array.from({ length: 29 }, (_, x) => (finder(x, y) ?? (x * 7 + y * 13 + x * y) % 3 === 0 ? "1" : "0")).join(""),
  ),
};

/** The three squares at the corners; undefined elsewhere. */
function finder(x: number, y: number): boolean | undefined {
  const corner = [x < 8 && y < 8 ? [x, y] : null, x > 20 && y < 8 ? [28 - x, y] : null, x < 8 && y > 20 ? [x, 28 - y] : null]
    .find((found) => found !== null);
  if (corner === undefined) return undefined;
  const [dx = 0, dy = 0] = corner;
  const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
  return ring !== 2 && ring !== 4;
}

const operators: Appearance = {
  ...startingAppearance,
  logo: svg('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><circle cx="40" cy="40" r="36" fill="#a3243b"/><path d="M96 20h132v14H96zM96 46h90v14H96z" fill="#a3243b"/></svg>'),
  banner: svg('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240"><path fill="#f6d9cf" d="M0 0h640v240H0z"/><path fill="#e7a996" d="M0 240 160 90l120 110 140-150 220 190z"/><circle cx="520" cy="70" r="36" fill="#fff3d6"/></svg>'),
  idle: {
    en: { headline: "Welcome to Harbour Works", hint: "Tap your tile to check in" },
    de: { headline: "Willkommen bei Harbour Works", hint: "Zum Einchecken Chip vorhalten" },
    ar: { headline: "أهلًا بكم في هاربر ووركس", hint: "قرّب بطاقتك لتسجيل الدخول" },
  },
};

/** The appearance that a scene of this name is shown with. */
export function appearanceOf(scene: string): Appearance {
  if (scene.includes("branded")) return operators;
  return scene.includes("renewal") ? { ...startingAppearance, renewal } : startingAppearance;
}
