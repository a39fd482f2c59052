// The tests that need Chromium: kept apart, so that `npm test` needs none.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["browser/**/*.test.ts"],
    environment: "node",
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // One Chromium at a time.
    fileParallelism: false,
    env: { PIXELS_UPDATE: process.argv.includes("--update") ? "yes" : "" },
  },
});
