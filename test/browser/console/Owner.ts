/** An owner with a browser who opens the console, and notes its faults. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { accessibility } from "../accessibility.ts"

export class Owner {
  readonly page: Page
  readonly origin: string
  readonly faults: Array<string> = []

  private constructor(page: Page, origin: string) {
    this.page = page
    this.origin = origin
    page.on("pageerror", (error) => this.faults.push(`error: ${error.message}`))
    page.on("console", (message) => {
      if (message.type() === "error") this.faults.push(`console: ${message.text()}`)
    })
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== origin) this.faults.push(`asked for ${request.url()}`)
    })
    page.on("dialog", () => this.faults.push("a visitor's text ran"))
  }

  /** Opens the address that the terminal shows. */
  static async with(address: string, browser: Browser, options: BrowserContextOptions) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const owner = new Owner(page, new URL(address).origin)
    await page.goto(address)
    owner.expect(page.url() === `${owner.origin}/now`, `the address became ${page.url()}`)
    return owner
  }

  expect(is: boolean, otherwise: string): void {
    if (!is) this.faults.push(otherwise)
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`)
  }

  /** Waits for the text, and notes a fault when it does not come. */
  async see(text: string, selector = "body"): Promise<void> {
    await this.page
      .locator(selector)
      .filter({ hasText: text })
      .first()
      .waitFor()
      .catch(() => this.faults.push(`no "${text}" in ${selector} of ${this.page.url()}`))
  }

  /** Checks the rules that hold on every page, and keeps a picture. */
  async look(picture: string): Promise<void> {
    const { page } = this
    await page.screenshot({ path: picture, fullPage: true })
    const { stored, title, wide, width } = await page.evaluate(() => ({
      stored: localStorage.length + sessionStorage.length,
      title: document.title,
      wide: document.documentElement.scrollWidth,
      width: document.documentElement.clientWidth
    }))
    this.expect(wide <= width, `${wide} px wide on a screen of ${width}`)
    this.expect(stored === 0, "the page stores something")
    this.expect(title.endsWith(" · cv-analytics"), `the title is ${title}`)
    const { undecided, violations } = await accessibility(page)
    this.faults.push(...violations, ...undecided)
  }

  /** The path of the first link that the selector finds. */
  async linkIn(selector: string): Promise<string> {
    return (await this.page.locator(selector).first().getAttribute("href")) ?? "/no-link"
  }

  async leave(): Promise<void> {
    await this.page.context().close()
  }
}
