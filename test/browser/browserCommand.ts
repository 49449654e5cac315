/** A check in a real browser as a command: exit code 1 for failures, 2 without a browser. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Browser } from "playwright-core"
import { failWith, refuse, runCommandLine } from "../../cli/runCommandLine.ts"
import { version } from "../../src/runtime/version.ts"
import { chromiumAt } from "./Chromium.ts"

/** `check` prints its findings, and returns how many of its `things` failed. */
export const runBrowserCommand = (
  name: string,
  things: string,
  check: (browser: Browser) => Effect.Effect<number, never, Scope.Scope>
): void => {
  const chromium = Flag.String("chromium").pipe(
    Flag.withDescription("the browser's executable"),
    Flag.withDefault("/usr/bin/chromium")
  )
  const command = Command.make(
    name,
    { chromium },
    Effect.fn(name)(function* (flags) {
      const browser = yield* chromiumAt(flags.chromium).pipe(
        Effect.catch(({ message }) => refuse(message))
      )
      const failed = yield* check(browser)
      if (failed > 0) return yield* failWith(`${failed} ${things} failed`)
    }, Effect.scoped)
  )
  runCommandLine(command, version)
}
