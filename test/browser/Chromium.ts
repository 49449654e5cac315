import { access, constants } from "node:fs/promises"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Browser, chromium } from "playwright-core"

/** This path starts no browser. */
export class ChromiumUnavailable extends Schema.TaggedError<ChromiumUnavailable>()(
  "ChromiumUnavailable",
  { executable: Schema.String, detail: Schema.String }
) {
  override get message() {
    return (
      `no Chromium starts from ${this.executable} (${this.detail}): ` +
      "apt-get install chromium, or name another with --chromium <path>"
    )
  }
}

const firstLine = (cause: unknown): string => String(cause).split("\n", 1)[0] ?? ""

/** Switches off the requests that Chromium makes itself, so that every request is the mail's. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

const launch = (executable: string) =>
  Effect.tryPromise({
    try: async () => {
      await access(executable, constants.X_OK)
      return await chromium.launch({
        executablePath: executable,
        args: flags,
        // an interruption closes the scope, and the scope closes the browser
        handleSIGHUP: false,
        handleSIGINT: false,
        handleSIGTERM: false
      })
    },
    catch: (cause) => new ChromiumUnavailable({ executable, detail: firstLine(cause) })
  })

/** Starts a browser that closes with its scope, however that ends. */
export const chromiumAt = (executable: string) =>
  Effect.acquireRelease(launch(executable), (browser: Browser) =>
    Effect.promise(() => browser.close())
  )
