import * as Equal from "effect/Equal"
import { Check } from "../deploy/Check.ts"

type Facts = Readonly<Record<string, unknown>>

const shown = (value: unknown): string =>
  value === undefined ? "not there" : JSON.stringify(value)

/** One fact at a time: what is defined and what was found. */
export const compare = (subject: string, defined: Facts, found: Facts, mend: string): Check => {
  const wrong = Object.entries(defined).flatMap(([name, value]) =>
    Equal.equals(value, found[name])
      ? []
      : [`${name} is ${shown(found[name])}, and defined as ${shown(value)}`]
  )
  return wrong.length === 0
    ? Check.Good({ subject, text: "as defined" })
    : Check.Bad({ subject, what: `${wrong.join("\n")}.`, mend })
}

export const deployInfra = "npm run deploy -- --only infra puts it back."
export const deployFunctions = "npm run deploy -- --only processor,reporter puts it back."
