/** Writes visitors' addresses so that no mail client makes links of them. */

/** File names end so, and domains do not: Node.js stays as it is. */
const fileEndings = "js|jsx|tsx|css|html|json|xml|yaml|pdf|txt|csv|docx|xlsx|pptx|png|jpg|php"

/** A sign that can stand before or after the dot of a domain, in any script. */
const sign = "[\\p{L}\\p{N}\\p{M}\\p{S}_-]"
const dot = "[.．｡。]"

/** A top-level domain begins with two letters, or with `xn--`. */
const bareDomain = new RegExp(
  `${sign}\\.(?!(?:${fileEndings})(?!\\p{L}))(?:\\p{L}\\p{M}*\\p{L}|xn--)`,
  "iu"
)
/** Browsers take these dots for the one of a domain; Chinese sentences end with them. */
const wideDomain = /[a-z0-9][．｡。][a-z]{2}/i
const ipAddress = /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/
const webAddress = /www\d?\./i

const hostless = [
  ["mailto", "tel", "sms", "callto", "facetime", "skype", "sip", "sips", "xmpp", "whatsapp", "tg"],
  ["javascript", "data", "file", "magnet", "bitcoin", "geo", "maps", "market", "intent", "news"]
].flat()
const scheme = new RegExp(
  `[a-z][a-z0-9+.-]*:(?=//)|(?<![a-z0-9])(?:${hostless.join("|")}):(?=\\S)`,
  "gi"
)

const opened = (word: string): string =>
  word
    .replace(scheme, (found) => `${found.slice(0, -1)}[:]`)
    .replace(/^(\W*)(\/\/|\\\\)(?=[\p{L}\p{N}])/u, "$1[$2]")

const innerAt = /(?<=[^\s[])@(?=[^\s\]])/g
const innerDot = new RegExp(`(?<=${sign})${dot}(?=${sign})`, "gu")

const hasHost = (word: string): boolean =>
  word.includes("@") ||
  [bareDomain, wideDomain, ipAddress, webAddress].some((pattern) => pattern.test(word))

/** Reads `https[:]//evil[.]example` and `me[@]evil[.]example`; other words stay as they are. */
export const disarmed = (text: string): string =>
  text.replace(/\S+/g, (word) =>
    hasHost(word) ? opened(word).replace(innerAt, "[@]").replace(innerDot, "[$&]") : opened(word)
  )
