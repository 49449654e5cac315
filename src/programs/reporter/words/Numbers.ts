/** Numbers in a reader's language; every function accepts all finite numbers. */

/** The few words that numbers need. */
export interface NumberTerms {
  /** Stands in the place of an unknown number. */
  readonly none: string
  readonly overHour: string
  readonly overBillion: string
  /** Steps of 1024, from bytes up. */
  readonly bytes: readonly [string, string, string, string, string]
  /** Thousands, millions and so on, in one letter each. */
  readonly narrow: readonly [string, string, string, string]
  readonly unknownCountry: string
  readonly tor: string
  readonly unknownLanguage: string
}

/** A format takes a while to make, and a mail needs those of one language. */
const once = <A>(make: () => A): (() => A) => {
  let made: A | undefined
  return () => {
    made ??= make()
    return made
  }
}

const formatsIn = (locale: string) => {
  const format = (options: Intl.NumberFormatOptions) => {
    const made = once(() => new Intl.NumberFormat(locale, options))
    return (n: number): string => made().format(n)
  }
  return {
    exact: format({ maximumFractionDigits: 0 }),
    short: format({ notation: "compact", maximumSignificantDigits: 3 }),
    /** One digit after the sign. */
    tenths: format({ minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    dollars: format({ style: "currency", currency: "USD" }),
    /** A share of 1, in whole percents. */
    share: format({ style: "percent" }),
    /** The same with its sign, to write a change. */
    signedShare: format({ style: "percent", signDisplay: "always" })
  }
}
type Formats = ReturnType<typeof formatsIn>

const countsIn = ({ exact, short, tenths }: Formats, locale: string, terms: NumberTerms) => {
  const rules = once(() => new Intl.PluralRules(locale))

  /** Exact below a billion, so that readers can check totals; `1.23T` above. */
  const count = (n: number): string => (n < 1e9 ? exact : short)(n)

  return {
    count,

    /** Five characters or fewer in English: `9,999`, `12.3K`. */
    compact: (n: number): string => (n < 1e4 ? exact : short)(n),

    /** Four characters or fewer: `999`, `1.2K`, `12K`. */
    narrow: (n: number): string => {
      if (n >= 1e12) return `>1${terms.narrow[3]}`
      if (n < 1000) return exact(n)
      const sizeIn = (power: number) => Number((n / 1000 ** power).toPrecision(2))
      const power = [4, 3, 2].find((power) => sizeIn(power) >= 1) ?? 1
      const size = sizeIn(power)
      return `${(Number.isInteger(size) ? exact : tenths)(size)}${terms.narrow[power - 1]}`
    },

    /** A count and its noun; `many` follows whole millions where a language asks for it. */
    plural: (n: number, one: string, other: string, many = other): string => {
      const rule = n < 1e9 ? rules().select(n) : "many"
      return `${count(n)} ${rule === "one" ? one : rule === "many" ? many : other}`
    }
  }
}

const amountsIn = ({ dollars, exact, share, tenths }: Formats, terms: NumberTerms) => ({
  /** Shows 0% and 100% only when they are exact; otherwise `<1%` and `99%` are the limits. */
  percent: (part: number, whole: number): string => {
    if (whole === 0) return terms.none
    const rounded = Math.round((100 * part) / whole)
    if (rounded === 0 && part > 0) return `<${share(0.01)}`
    return share(rounded === 100 && part < whole ? 0.99 : rounded / 100)
  },

  /** `640 KB`, `9.4 MB`, in powers of 1024 like AWS. */
  bytes: (size: number): string => {
    let [left, unit] = [Math.max(0, size), 0]
    while (left >= 999.5 && unit < terms.bytes.length - 1) {
      left /= 1024
      unit += 1
    }
    return `${(unit > 0 && left < 9.95 ? tenths : exact)(left)} ${terms.bytes[unit]}`
  },

  /** `840 ms`, `2.4 s`, `3 min 5 s` or `over 1 h`. */
  duration: (milliseconds: number): string => {
    const ms = Math.max(0, Math.round(milliseconds))
    if (ms < 1000) return `${ms} ms`
    if (ms < 59_950) return `${tenths(ms / 1000)} s`
    const seconds = Math.round(ms / 1000)
    if (seconds >= 3600) return terms.overHour
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  },

  /** US dollars to the cent; a smaller cost is `< $0.01`. */
  usd: (amount: number): string => {
    if (amount > 0 && amount < 0.01) return `< ${dollars(0.01)}`
    return amount < 1e9 ? dollars(Math.max(0, amount)) : terms.overBillion
  }
})

const namesIn = (locale: string, terms: NumberTerms) => {
  const languages = once(() => new Intl.DisplayNames(locale, { type: "language" }))
  const regions = once(() => new Intl.DisplayNames(locale, { type: "region" }))
  return {
    /** The name of an ISO 3166 code, or of Cloudflare's `XX` and `T1`; else the text unchanged. */
    country: (code: string): string => {
      if (code === "XX") return terms.unknownCountry
      if (code === "T1") return terms.tor
      return /^[A-Z]{2}$/.test(code) ? (regions().of(code) ?? code) : code
    },

    /** The name of an ISO 639-1 code, which is what the processor tells of a language. */
    language: (code: string): string =>
      /^[a-z]{2}$/.test(code) ? (languages().of(code) ?? code) : terms.unknownLanguage
  }
}

export const numbersIn = (locale: string, terms: NumberTerms) => {
  const formats = formatsIn(locale)
  const { share, signedShare, tenths } = formats
  return {
    none: terms.none,
    share,
    signedShare,
    tenths,
    ...countsIn(formats, locale, terms),
    ...amountsIn(formats, terms),
    ...namesIn(locale, terms)
  }
}
