// Builds the three pages that the Tauri windows load, and runs their tests.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { wholeCatalogues } from "./build/catalogues.ts";
import { kioskContract, setUpContract, staffDeskContract } from "./build/contract.ts";

export default defineConfig({
  plugins: [
    svelte(),
    wholeCatalogues("src/words/catalogues", kioskContract),
    wholeCatalogues("src/words/set-up/catalogues", setUpContract),
    wholeCatalogues("src/words/staff-desk/catalogues", staffDeskContract),
  ],
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    outDir: "dist",
    target: "safari16",
    // The CSP allows files of our own only: no data: URLs, no inline polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "set-up.html", "staff-desk.html"] },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
