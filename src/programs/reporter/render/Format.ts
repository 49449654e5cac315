/** Numbers in English; every function accepts all finite numbers. */

const exact = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 })
const tiny = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 2 })
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" })
const languages = new Intl.DisplayNames("en", { type: "language" })
const regions = new Intl.DisplayNames("en", { type: "region" })

/** Exact below a billion, so that readers can check totals; `1.23T` above. */
export const count = (n: number): string => (n < 1e9 ? exact : short).format(n)

/** Five characters or fewer: `9,999`, `12.3K`. */
export const compact = (n: number): string => (n < 1e4 ? exact : short).format(n)

/** Four characters or fewer: `999`, `1.2K`, `12K`. */
export const narrow = (n: number): string => {
  if (n >= 1e12) return ">1T"
  return (n < 1000 ? exact : tiny).format(n)
}

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`

/** `once`, `twice`, `3 times`. */
export const times = (n: number): string =>
  n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`

/** Shows 0% and 100% only when they are exact; otherwise `<1%` and `99%` are the limits. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return "n/a"
  const rounded = Math.round((100 * part) / whole)
  if (rounded === 0 && part > 0) return "<1%"
  return rounded === 100 && part < whole ? "99%" : `${rounded}%`
}

/** `640 KB`, `9.4 MB`, in powers of 1024 like AWS. */
export const bytes = (size: number): string => {
  const units = ["bytes", "KB", "MB", "GB", "TB"]
  let [left, unit] = [Math.max(0, size), 0]
  while (left >= 999.5 && unit < units.length - 1) {
    left /= 1024
    unit += 1
  }
  return `${unit > 0 && left < 9.95 ? left.toFixed(1) : exact.format(left)} ${units[unit]}`
}

/** A match score, 0 to 1. */
export const score = (value: number): string => Math.min(1, Math.max(0, value)).toFixed(2)

/** `840 ms`, `2.4 s`, `3 min 5 s` or `over 1 h`. */
export const duration = (milliseconds: number): string => {
  const ms = Math.max(0, Math.round(milliseconds))
  if (ms < 1000) return `${ms} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds >= 3600) return "over 1 h"
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** US dollars to the cent; a smaller cost is `< $0.01`. */
export const usd = (amount: number): string => {
  if (amount > 0 && amount < 0.01) return "< $0.01"
  return amount < 1e9 ? dollars.format(Math.max(0, amount)) : "over $1B"
}

/** The name of an ISO 3166 code, or of Cloudflare's `XX` and `T1`; else the text unchanged. */
export const country = (code: string): string => {
  if (code === "XX") return "Unknown"
  if (code === "T1") return "Tor network"
  return /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code
}

/** The name of an ISO 639-1 code, which is what the processor tells of a language. */
export const language = (code: string): string =>
  /^[a-z]{2}$/.test(code) ? (languages.of(code) ?? code) : "an unknown language"
