/** One e-mail on one screen of a browser: what is wrong with it there. */
import axe, { type AxeResults, type NodeResult, type Result, type RunOptions } from "axe-core"
import * as Effect from "effect/Effect"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { dark, light } from "../../src/programs/reporter/render/Palette.ts"

export interface Screen {
  readonly width: number
  readonly scheme: "light" | "dark"
}

export interface Inspection {
  /** Broken rules of accessibility, each with an element that breaks it. */
  readonly violations: ReadonlyArray<string>
  readonly scrollWidth: number
  /** Everything that is wrong, the violations among it. */
  readonly faults: ReadonlyArray<string>
}

/** No such host exists; relative addresses in a mail would lead there, and be seen. */
const address = "http://mail.invalid/"

/** The mail is the answer to the first request; every other request fails and is noted. */
const serve = async (context: BrowserContext, html: string): Promise<ReadonlyArray<string>> => {
  const requests: Array<string> = []
  let served = false
  await context.route("**/*", async (route) => {
    const request = route.request()
    if (!served && request.url() === address) {
      served = true
      return await route.fulfill({ contentType: "text/html; charset=utf-8", body: html })
    }
    requests.push(request.url())
    return await route.abort()
  })
  return requests
}

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`

const told = ({ help, id, nodes }: Result): string =>
  `${id}: ${help}: ${nodes.length} such as ${(nodes[0]?.html ?? "").slice(0, 160)}`

/**
 * A mail is shown inside the page of its client, whose landmarks are the client's: a second `main`
 * would lead its readers astray.
 */
const rules = { region: { enabled: false }, "landmark-one-main": { enabled: false } }

/** No letters, so nothing to read: the arrow of a change, whose words beside it say the same. */
const isDrawing = ({ any }: NodeResult): boolean =>
  any.some(({ data, id }) => id === "color-contrast" && data?.messageKey === "nonBmp")

/** What a checker cannot decide has not passed. */
const undecided = (results: ReadonlyArray<Result>): ReadonlyArray<string> =>
  results
    .map((result) => ({ ...result, nodes: result.nodes.filter((node) => !isDrawing(node)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map((result) => `undecided: ${told(result)}`)

const accessibility = async (page: Page): Promise<AxeResults> => {
  const options: RunOptions = { rules, resultTypes: ["violations", "incomplete"] }
  await page.addScriptTag({ content: axe.source })
  return await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
}

const look = async (page: Page, { scheme, width }: Screen) => {
  const { background, scripts, scrollWidth } = await page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    scripts: document.scripts.length,
    scrollWidth: document.documentElement.scrollWidth
  }))
  const faults: Array<string> = []
  const expected = rgb((scheme === "dark" ? dark : light).page)
  if (scripts > 0) faults.push(`${scripts} scripts`)
  if (scrollWidth > width) faults.push(`${scrollWidth} px wide on a screen of ${width}`)
  if (background !== expected) faults.push(`page is ${background}, not ${expected}: no ${scheme}`)
  return { faults, scrollWidth }
}

const inspectIn = async (
  context: BrowserContext,
  html: string,
  screen: Screen,
  picture: string
): Promise<Inspection> => {
  const requests = await serve(context, html)
  const page = await context.newPage()
  await page.emulateMedia({ colorScheme: screen.scheme })
  await page.goto(address)
  const { faults, scrollWidth } = await look(page, screen)
  await page.screenshot({ path: picture, fullPage: true })
  const results = await accessibility(page)
  const violations = results.violations.map(told)
  const asked = requests.map((url) => `asked for ${url}`)
  return {
    violations,
    scrollWidth,
    faults: [...violations, ...undecided(results.incomplete), ...faults, ...asked]
  }
}

/** Its picture is kept whatever is wrong. */
export const inspect = (browser: Browser, html: string, screen: Screen, picture: string) =>
  Effect.acquireUseRelease(
    Effect.promise(() =>
      browser.newContext({ viewport: { width: screen.width, height: 800 }, deviceScaleFactor: 1 })
    ),
    (context) => Effect.promise(() => inspectIn(context, html, screen, picture)),
    (context) => Effect.promise(() => context.close())
  )
