import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const compileCache = fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url))

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // halves the start of the programs that tests start
    env: { NODE_COMPILE_CACHE: compileCache },
    // many tests wait for a process or a timeout rather than a core
    maxWorkers: "100%",
    // slower tests name their own; hooks may have to start a whole system
    testTimeout: 20_000,
    hookTimeout: 60_000
  }
})
