/** Policies as sentences, one for each statement, so that two can be compared by what they say. */
import { isRecord } from "../../infra/definitions/Expression.ts"
import { shortened } from "./shortened.ts"

type Fields = Readonly<Record<string, unknown>>

/** AWS writes a list of one element as the element itself. */
const listOf = (value: unknown): ReadonlyArray<string> =>
  (Array.isArray(value) ? value : [value ?? []].flat()).map(String).toSorted()

const joined = (value: unknown): string => listOf(value).join(", ")

const principalText = (principal: unknown): string => {
  if (!isRecord(principal)) return principal === "*" ? "everybody" : joined(principal)
  return Object.entries(principal)
    .map(([kind, who]) => (kind === "AWS" && joined(who) === "*" ? "everybody" : joined(who)))
    .join(", ")
}

const conditionText = (condition: unknown): string =>
  (isRecord(condition) ? Object.entries(condition) : [])
    .flatMap(([test, variables]) =>
      Object.entries(isRecord(variables) ? variables : {}).map(
        ([variable, values]) => `${variable} ${test} ${joined(values)}`
      )
    )
    .toSorted()
    .join(" and ")

/** Leaves out the `Sid`, which is a name. */
const sentence = (statement: Fields): string => {
  const { Action, Condition, Effect, NotAction, NotPrincipal, NotResource, Principal, Resource } =
    statement
  const parts = [
    Effect === "Deny" ? "denies" : "allows",
    Principal !== undefined && principalText(Principal),
    NotPrincipal !== undefined && `everybody but ${principalText(NotPrincipal)}`,
    Action !== undefined && joined(Action),
    NotAction !== undefined && `everything but ${joined(NotAction)}`,
    Resource !== undefined && `on ${joined(Resource)}`,
    NotResource !== undefined && `on everything but ${joined(NotResource)}`,
    Condition !== undefined && `where ${conditionText(Condition)}`
  ]
  return parts.filter((part) => part !== false).join(" ")
}

export const isPolicy = (value: unknown): value is Fields => isRecord(value) && "Statement" in value

const sentencesOf = (policy: unknown): ReadonlySet<string> => {
  const { Statement: statements = [] } = isRecord(policy) ? policy : {}
  return new Set([statements].flat().map((each) => sentence(isRecord(each) ? each : {})))
}

/** One line for each statement that only one of the two policies has. */
export const policyDifferences = (
  name: string,
  deployed: unknown,
  defined: unknown
): ReadonlyArray<string> => {
  const [found, expected] = [sentencesOf(deployed), sentencesOf(defined)]
  const more = [...found].filter((each) => !expected.has(each))
  const less = [...expected].filter((each) => !found.has(each))
  if (more.length + less.length === 0) return [`${name} differs in more than its statements`]
  return [
    ...more.map((each) => `${name} ${shortened(each)}, which is not defined`),
    ...less.map((each) => `${name} lacks: ${shortened(each)}`)
  ]
}
