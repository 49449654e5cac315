import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import { isAbsent } from "../aws/AwsFault.ts"
import { badOf, Check } from "../deploy/Check.ts"
import type { Fault } from "../deploy/DeployFault.ts"

export const deployInfra = "npm run deploy -- --only infra puts it back."
/** CloudFormation compares a new template with the last one, and not with what somebody changed. */
export const deployFunctions =
  "Undo it in Lambda's console if it was changed by hand there, because no deployment sees that. " +
  "Otherwise it is not deployed yet: npm run deploy -- --only processor,reporter"

/** Each fact by its name: its defined value beside the deployed one. */
export type Facts = Readonly<Record<string, readonly [defined: unknown, deployed: unknown]>>

const shown = (value: unknown): string =>
  value === undefined ? "not there" : JSON.stringify(value)

export const compare = (
  subject: string,
  facts: Facts,
  mend: string,
  text = "as defined"
): Check => {
  const wrong = Object.entries(facts).flatMap(([name, [defined, deployed]]) =>
    Equal.equals(defined, deployed)
      ? []
      : [`${name} is ${shown(deployed)}, but defined as ${shown(defined)}`]
  )
  return wrong.length === 0
    ? Check.Good({ subject, text })
    : Check.Bad({ subject, what: `${wrong.join("\n")}.`, mend })
}

const absent = (subject: string): Check =>
  Check.Bad({ subject, what: "it does not exist.", mend: "npm run deploy makes it." })

const isMissing = (fault: Fault): boolean => fault._tag === "AwsFault" && isAbsent(fault)

/** Few enough requests at once that AWS does not refuse them, though each part asks several. */
export const atOnce = { concurrency: 4 } as const

/** An unreadable part is a finding itself, so the doctor examines the others as well. */
export const examine = <R>(
  subject: string,
  checks: Effect.Effect<ReadonlyArray<Check>, Fault, R>
): Effect.Effect<ReadonlyArray<Check>, never, R> =>
  Effect.catch(checks, (fault) =>
    Effect.succeed([isMissing(fault) ? absent(subject) : badOf(subject, fault)])
  )
