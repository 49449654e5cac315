/** A person with a keyboard who uses the page and notes its faults. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { accessibility } from "../accessibility.ts"

/** Chromium's console message about a status above 399, which may be expected. */
const isStatus = (message: string): boolean => message.startsWith("Failed to load resource")

export class Visitor {
  readonly page: Page
  readonly faults: Array<string> = []
  /** The ids of answered questions. */
  readonly requestIds: Array<string> = []
  /** The bodies of votes that were taken. */
  readonly votes: Array<Readonly<Record<string, unknown>>> = []

  private constructor(page: Page, origin: string) {
    this.page = page
    page.on("pageerror", (error) => this.faults.push(`error: ${error.message}`))
    page.on("console", (message) => {
      const said = message.text()
      if (message.type() === "error" && !isStatus(said)) this.faults.push(`console: ${said}`)
    })
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== origin) this.faults.push(`asked for ${request.url()}`)
    })
    page.on("response", (response) => {
      const { "x-request-id": requestId } = response.headers()
      const { pathname } = new URL(response.url())
      if (!response.ok()) return
      if (pathname === "/query" && requestId !== undefined) this.requestIds.push(requestId)
      if (pathname === "/feedback") this.votes.push(response.request().postDataJSON())
    })
  }

  static async at(origin: string, browser: Browser, options: BrowserContextOptions) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const visitor = new Visitor(page, origin)
    await page.goto(`${origin}/`)
    return visitor
  }

  /** Notes a fault unless the condition holds. */
  expect(is: boolean, otherwise: string): void {
    if (!is) this.faults.push(otherwise)
  }

  /** Waits for the condition, and notes a fault when it does not come. */
  async see(selector: string, text: string): Promise<void> {
    const seen = this.page.locator(selector).last().filter({ hasText: text })
    await seen.waitFor().catch(() => this.faults.push(`no "${text}" in ${selector}`))
  }

  async press(...keys: ReadonlyArray<string>): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** The name of what has the focus, inside of the buttons for votes too. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const inPage = document.activeElement
      const inside = inPage?.shadowRoot?.activeElement ?? inPage
      return inside?.ariaLabel ?? (inside?.id || inside?.textContent) ?? ""
    })
  }

  /** Uses keys alone, from wherever the page put the focus. */
  async ask(question: string): Promise<void> {
    for (let presses = 0; presses < 10; presses += 1) {
      if (await this.page.evaluate(() => document.activeElement?.id === "question")) break
      await this.page.keyboard.press("Tab")
    }
    await this.page.keyboard.insertText(question)
    await this.page.keyboard.press("Enter")
  }

  /** Waits until all requests have ended. */
  async wait(): Promise<void> {
    await this.page
      .locator('.answer:last-child[aria-busy="false"]')
      .waitFor()
      .catch(() => this.faults.push("the answer does not end"))
  }

  /** Checks the rules that hold in every state of the page. */
  async look(picture: string): Promise<void> {
    const { page } = this
    await page.screenshot({ path: picture })
    const { stored, width, wide } = await page.evaluate(() => ({
      stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      wide: document.documentElement.scrollWidth,
      width: document.documentElement.clientWidth
    }))
    this.expect(wide <= width, `${wide} px wide on a screen of ${width}`)
    const others = stored.filter((name) => name !== "conversation")
    this.expect(others.length === 0, `stored: ${others.join(", ")}`)
    this.expect((await page.context().cookies()).length === 0, "a cookie is set")
    const { undecided, violations } = await accessibility(page)
    this.faults.push(...violations, ...undecided)
  }

  async leave(): Promise<void> {
    await this.page.context().close()
  }
}
