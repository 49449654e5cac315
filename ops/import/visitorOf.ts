/** The visitor of an export's row, as the headers from which the processor tells the same. */
import { optional } from "../../src/schema/chat/Usage.ts"
import type { Told } from "./columns.ts"

const yes = /^(?:1|true|yes|y|ja|oui|si|own|x)$/i
export const isYes = (value: unknown): boolean => yes.test(String(value).trim())

const platforms: Readonly<Record<string, string>> = {
  mobile: "iPhone; CPU iPhone OS 18_0 like Mac OS X",
  tablet: "iPad; CPU OS 18_0 like Mac OS X",
  tv: "SMART-TV; Linux; Tizen 8.0"
}
const desktop = "X11; Linux x86_64"

/** Few families are not recognised by their names. */
const tokens: Readonly<Record<string, string>> = {
  "Internet Explorer": "Trident/7.0; rv:11.0",
  "Samsung Internet for Android": "SamsungBrowser/27.0",
  "Google Search": "GSA/99.0",
  "Yandex Browser": "YaBrowser/24.0",
  "Sogou Browser": "SogouMobileBrowser/5.0",
  WeChat: "MicroMessenger/8.0"
}

const userAgentOf = ({ agent, browser, device, userAgent }: Told): string | undefined => {
  if (typeof userAgent === "string" && userAgent !== "") return userAgent
  if (agent === "bot" || isYes(agent)) return "imported bot"
  if (typeof browser !== "string" || browser === "") return undefined
  const name = tokens[browser] ?? `${browser.replaceAll(" ", "")}/99.0`
  return `Mozilla/5.0 (${platforms[String(device)] ?? desktop}) ${name}`
}

export const visitorOf = (told: Told) => {
  const { country, lostBefore, own, referrerHost } = told
  return {
    ...optional("country", typeof country === "string" && country !== "" ? country : undefined),
    ...optional("userAgent", userAgentOf(told)),
    ...optional("referer", referrerHost ? `https://${String(referrerHost)}/` : undefined),
    ...optional("own", isYes(own) ? true : undefined),
    ...optional("lostBefore", Number(lostBefore) > 0 ? Number(lostBefore) : undefined)
  }
}
