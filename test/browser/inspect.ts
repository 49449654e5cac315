import * as Effect from "effect/Effect"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { dark, light } from "../../src/programs/reporter/render/Palette.ts"
import { accessibility } from "./accessibility.ts"
import { contextOf, type Screen } from "./Screen.ts"

export interface Inspection {
  /** Broken rules of accessibility, each with an element that breaks it. */
  readonly violations: ReadonlyArray<string>
  readonly scrollWidth: number
  readonly scrollHeight: number
  /** All faults, the violations included. */
  readonly faults: ReadonlyArray<string>
}

/** A host that does not exist: relative addresses in a mail lead there, and are noticed. */
const address = "http://mail.invalid/"

/** Answers the first request with the mail; notes every other request, and lets it fail. */
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

/** Switched off: a mail is shown inside its client's page, which has the landmarks already. */
const rules = { region: { enabled: false }, "landmark-one-main": { enabled: false } }

const look = async (page: Page, { scheme, width }: Screen) => {
  const { background, scripts, scrollHeight, scrollWidth } = await page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    scripts: document.scripts.length,
    scrollWidth: document.documentElement.scrollWidth,
    scrollHeight: document.documentElement.scrollHeight
  }))
  const faults: Array<string> = []
  const expected = rgb((scheme === "dark" ? dark : light).page)
  if (scripts > 0) faults.push(`${scripts} scripts`)
  if (scrollWidth > width) faults.push(`${scrollWidth} px wide on a screen of ${width}`)
  if (background !== expected) faults.push(`page is ${background}, not ${expected}: no ${scheme}`)
  return { faults, scrollHeight, scrollWidth }
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
  const { faults, scrollHeight, scrollWidth } = await look(page, screen)
  await page.screenshot({ path: picture, fullPage: true })
  const { undecided, violations } = await accessibility(page, rules)
  const asked = requests.map((url) => `asked for ${url}`)
  return {
    violations,
    scrollWidth,
    scrollHeight,
    faults: [...violations, ...undecided, ...faults, ...asked]
  }
}

/** Finds the faults of one e-mail on one screen, and keeps a picture in any case. */
export const inspect = (browser: Browser, html: string, screen: Screen, picture: string) =>
  Effect.acquireUseRelease(
    Effect.promise(() => browser.newContext(contextOf(screen))),
    (context) => Effect.promise(() => inspectIn(context, html, screen, picture)),
    (context) => Effect.promise(() => context.close())
  )
