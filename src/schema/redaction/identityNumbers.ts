/** Numbers that identify a person, by their shape and check digits or by the word before. */
import { digitsOf, hasLuhn } from "./accountNumbers.ts"
import type { Recogniser } from "./Recogniser.ts"
import { wordBefore } from "./wordBefore.ts"

const hasDay = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31

/** Accepts day and month before or after the year; Sweden's number has a check digit. */
const isBirthNumber = (candidate: string): boolean => {
  const [birth = "", serial = ""] = candidate.split(/(?<=\d{6})\D/)
  const [one = "", two = "", three = ""] = birth.slice(-6).match(/../g) ?? []
  if (birth.length === 6 && serial.length === 4 && hasDay(two, one)) return true
  return hasDay(two, three) && (serial.length > 4 || hasLuhn(birth.slice(-6) + serial))
}

const named = wordBefore(
  `ssn social soz\\w* steuer\\w* tax\\W?id tin bsn sin nino national.insurance nhs aadhaar pan
  passe?port passaporto pas(?:aporte|poort|zport) reisepass\\w* pesel cpf dni nif nie s[ée]cu\\w*
  personal?\\w* f[øo]dsels\\w* cpr hetu henkil\\w* driv\\w{2,3}(?:'?s)?.licen[cs]e führersch\\w*
  身份证 주민\\S* паспорт снилс`,
  "(?:[^a-z0-9][^\\d\\n[]{0,20})?(?<![a-z0-9])"
)

const digitsMin = 5

const namedExtent = (candidate: string, before: string): number => {
  if (candidate.length < digitsMin) return 0
  const least = /[A-Z]/.test(candidate) ? digitsMin - 1 : digitsMin
  return digitsOf(candidate).length >= least && named.test(before) ? candidate.length : 0
}

const shaped = (pattern: RegExp): Recogniser => ({ label: "id", pattern })

export const identityNumbers: ReadonlyArray<Recogniser> = [
  // United States, Great Britain, Italy, Brazil, Spain, France, China
  shaped(/(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])/g),
  shaped(/(?<![\w-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![\w-])/g),
  shaped(/(?<![\w-])[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?![\w-])/g),
  shaped(/(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?![\w-])/g),
  shaped(/(?<![\w-])[XYZ]-?\d{7}-?[A-Z](?![\w-])/g),
  shaped(/(?<![\w-])[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d(?![\w-])/g),
  shaped(/(?<![\w-])[1-9]\d{5}(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d{4}[\dX](?![\w-])/g),
  // Scandinavia, Finland, Korea
  {
    label: "id",
    pattern: /(?<![\w-])(?:(?:19|20)?\d{6}[-+](?:\d{7}|\d{4})|\d{6}[-+A]\d{3}[\dA-Y])(?![\w-])/g,
    extent: (candidate) => (isBirthNumber(candidate) ? candidate.length : 0)
  },
  {
    label: "id",
    pattern: /(?<!\w)[A-Z]{0,5}\d[\dA-Z]{0,17}(?:[ .-](?:\d{1,12}|[A-Z](?!\w))){0,6}(?!\w)/g,
    extent: namedExtent
  }
]
