import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const compileCache = fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url))

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // for the programs that tests start: half of a short one's time is the reading of its modules
    env: { NODE_COMPILE_CACHE: compileCache },
    // many tests wait for a process or a timeout, and not for a core
    maxWorkers: "100%",
    // for what hangs: no result depends on how fast the machine is
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
