/** Numbers that identify a person, recognised by their shape and check digits. */
import { hasLuhn } from "./accountNumbers.ts"
import type { Recogniser } from "./Recogniser.ts"

const hasDay = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31

/** Accepts day and month before or after the year; Sweden's number has a check digit. */
const isBirthNumber = (candidate: string): boolean => {
  const [birth = "", serial = ""] = candidate.split(/(?<=\d{6})\D/)
  const [one = "", two = "", three = ""] = birth.slice(-6).match(/../g) ?? []
  if (birth.length === 6 && serial.length === 4 && hasDay(two, one)) return true
  return hasDay(two, three) && (serial.length > 4 || hasLuhn(birth.slice(-6) + serial))
}

/** China's number ends with a check digit. */
const isResidentNumber = (candidate: string): boolean => {
  let sum = 0
  for (let place = 0; place < 17; place++)
    sum += Number(candidate[place]) * (2 ** (17 - place) % 11)
  return "10X98765432"[sum % 11] === candidate[17]
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
  {
    label: "id",
    pattern: /(?<![\w-])[1-9]\d{5}(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d{4}[\dX](?![\w-])/g,
    extent: (candidate) => (isResidentNumber(candidate) ? candidate.length : 0)
  },
  // Switzerland, Brazil's companies, Mexico, the Emirates, Chile
  shaped(/(?<![\w.-])756\.\d{4}\.\d{4}\.\d\d(?![\w-])/g),
  shaped(/(?<![\w.-])CHE-\d{3}\.\d{3}\.\d{3}(?![\w-])/g),
  shaped(/(?<![\w.-])\d\d\.\d{3}\.\d{3}\/\d{4}-\d\d(?![\w-])/g),
  shaped(/(?<![\w-])[A-Z]{4}\d{6}[HMX][A-Z]{5}[\dA-Z]\d(?![\w-])/g),
  shaped(/(?<![\w-])784-(?:19|20)\d\d-\d{7}-\d(?![\w-])/g),
  shaped(/(?<![\w.-])\d{1,2}\.\d{3}\.\d{3}-[\dKk](?![\w-])/g),
  // Scandinavia, Finland, Korea
  {
    label: "id",
    pattern: /(?<![\w-])(?:(?:19|20)?\d{6}[-+](?:\d{7}|\d{4})|\d{6}[-+A]\d{3}[\dA-Y])(?![\w-])/g,
    extent: (candidate) => (isBirthNumber(candidate) ? candidate.length : 0)
  }
]
