/** Phone numbers, recognised by a prefix, by their grouping, or by the word before. */
import { digitsOf } from "./accountNumbers.ts"
import type { Recogniser } from "./Recogniser.ts"
import { wordBefore } from "./wordBefore.ts"

const isOther = wordBefore(
  `order invoice ticket case is[bs]n ean gtin upc sku serial s/?n artic?[kl]\\w* part ref\\w*
  tracking parcel custom\\w* account kunden\\w* bestell\\w* rechn\\w* fa[ck]tura lot id`,
  "[^\\d\\n[]{0,10}"
)
const isCalled = wordBefore(
  `phones? t[eé]l[a-zéó]* tlf call ring text mob\\w* m[oó]vil cel\\w* handy rufn\\w* fax whatsapp
  signal puhelin my.number 手机 微信\\S* 电话 電話 携帯 전화 연락처 телефон тел फ़ोन هاتف هاتفي thoại
  số.đt nomor.hp κινητό τηλέφωνο טלפון נייד โทร\\S*`,
  "(?![a-z])[^\\d\\n[]{0,16}"
)
const isYears = /^(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d$/
const isDate = /^(?:\d{4}[-./ ]\d\d?[-./ ]\d\d?|\d\d?[-./ ]\d\d?[-./ ]\d{4})$/
const isAmount = new RegExp(
  "^ ?(?:%|€|\\$|£|kr|eur|usd|gbp|sek|million|[kmg]?i?b(?:ytes?)?\\b|people|users|views|visitors" +
    "|players|rows|steps|tokens)",
  "i"
)

const never = /(?!)/
const always = /^/

/** Accepts a phone number with a number of digits in this range. */
const phone = (
  pattern: RegExp,
  [least, most]: readonly [number, number],
  { not = isOther, word = always }: { readonly not?: RegExp; readonly word?: RegExp } = {}
): Recogniser => ({
  label: "phone",
  pattern,
  extent: (candidate, before, after) => {
    const { length } = digitsOf(candidate)
    const isPhone =
      length >= least &&
      length <= most &&
      word.test(before) &&
      !not.test(before) &&
      !isDate.test(candidate) &&
      !isYears.test(candidate) &&
      !isAmount.test(after)
    return isPhone ? candidate.length : 0
  }
})

/** Excludes parts of longer sequences of numbers. */
const alone = (pattern: string): RegExp =>
  new RegExp(`(?<![\\w+]|\\d[ .,:/-])(?:${pattern})(?![ ./-]?\\d|-?\\w)`, "g")

export const phoneNumbers: ReadonlyArray<Recogniser> = [
  phone(/(?<![\w+])\+ ?[1-9](?:[ ./()-]{0,3}\d){6,13}(?!\d)/g, [7, 15], { not: never }),
  phone(/(?<![\w+.,-]|\d )00 ?[1-9](?:[ ./()-]{0,3}\d){8,13}(?!-?\w)/g, [11, 16]),
  phone(
    alone(
      "(?:\\(0[1-9]\\d{0,3}\\)[ ./-]{0,3}|0[1-9]\\d{0,3}[ ./-]{1,3})" +
        "\\d{2,8}(?:[ ./-]{1,3}\\d{2,8}){0,4}"
    ),
    [9, 12]
  ),
  phone(alone("0[1-9]\\d{8,9}"), [10, 11]),
  phone(
    alone("(?:\\d[ .-]?)?(?:\\(\\d{2,5}\\)[ -]?|[2-9]\\d\\d[.-])\\d{3,5}(?:[ .-]\\d{2,4}){1,3}"),
    [10, 11]
  ),
  phone(/(?<!\w)\(?\d(?:[ ./()-]{0,2}\d){6,12}(?!\w)/g, [7, 13], { not: never, word: isCalled })
]
