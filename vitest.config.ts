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
    // suffices on a machine that other work loads; slower tests name their own
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
