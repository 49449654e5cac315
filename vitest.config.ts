import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // many tests wait for a process or a timeout, and not for a core
    maxWorkers: "100%",
    // for what hangs: no result depends on how fast the machine is
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
