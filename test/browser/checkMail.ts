/**
 * `npm run check:mail` opens the e-mails of the golden weeks in a real browser, on a telephone and on
 * a desk, light and dark. It checks accessibility, sideways scrolling and requests, and keeps pictures
 * for a person to judge.
 */
import { fileURLToPath } from "node:url"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type { Browser } from "playwright-core"
import { goldenMessages } from "../programs/reporter/goldenMessages.ts"
import { runBrowserCommand } from "./browserCommand.ts"
import { type Inspection, inspect } from "./inspect.ts"
import { type Screen, screens } from "./Screen.ts"

const pictures = fileURLToPath(new URL("../../out/mail/", import.meta.url))

interface Look {
  readonly week: string
  readonly html: string
  readonly screen: Screen
}

const looks: ReadonlyArray<Look> = Object.entries(goldenMessages).flatMap(([week, { html }]) =>
  screens.map((screen) => ({ week, html, screen }))
)

const rowOf = (
  week: string,
  width: number | string,
  scheme: string,
  violations: number | string,
  scrollWidth: number | string,
  scrollHeight: number | string,
  bytes: number | string
): string =>
  week.padEnd(14) +
  String(width).padStart(5) +
  `  ${scheme}`.padEnd(9) +
  String(violations).padStart(11) +
  String(scrollWidth).padStart(13) +
  String(scrollHeight).padStart(14) +
  String(bytes).padStart(9)

const print = (
  { html, screen: { scheme, width }, week }: Look,
  { faults, scrollHeight, scrollWidth, violations }: Inspection
) =>
  Effect.gen(function* () {
    const bytes = Buffer.byteLength(html)
    yield* Console.log(
      rowOf(week, width, scheme, violations.length, scrollWidth, scrollHeight, bytes)
    )
    for (const fault of faults) yield* Console.log(`  FAILED: ${fault}`)
  })

const checkAll = Effect.fnUntraced(function* (browser: Browser) {
  yield* Console.log(
    rowOf("week", "width", "scheme", "violations", "scrollWidth", "scrollHeight", "bytes")
  )
  let failed = 0
  for (const look of looks) {
    const { html, screen, week } = look
    const picture = `${pictures}${week}-${screen.width}-${screen.scheme}.png`
    const inspection = yield* inspect(browser, html, screen, picture)
    yield* print(look, inspection)
    if (inspection.faults.length > 0) failed += 1
  }
  yield* Console.log(`\n${looks.length - failed} passed, ${failed} failed; pictures in ${pictures}`)
  return failed
})

runBrowserCommand("check:mail", "e-mails", checkAll)
