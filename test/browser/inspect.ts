/** One e-mail on one screen of a browser: what is wrong with it there. */
import * as Effect from "effect/Effect"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { dark, light } from "../../src/programs/reporter/render/Palette.ts"
import { accessibility } from "./accessibility.ts"
import { contextOf, type Screen } from "./Screen.ts"

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

/**
 * A mail is shown inside the page of its client, whose landmarks are the client's: a second `main`
 * would lead its readers astray.
 */
const rules = { region: { enabled: false }, "landmark-one-main": { enabled: false } }

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
  await page.goto(address)
  const { faults, scrollWidth } = await look(page, screen)
  await page.screenshot({ path: picture, fullPage: true })
  const { undecided, violations } = await accessibility(page, rules)
  const asked = requests.map((url) => `asked for ${url}`)
  return {
    violations,
    scrollWidth,
    faults: [...violations, ...undecided, ...faults, ...asked]
  }
}

/** Its picture is kept whatever is wrong. */
export const inspect = (browser: Browser, html: string, screen: Screen, picture: string) =>
  Effect.acquireUseRelease(
    Effect.promise(() => browser.newContext(contextOf(screen))),
    (context) => Effect.promise(() => inspectIn(context, html, screen, picture)),
    (context) => Effect.promise(() => context.close())
  )
