/** The differences between a deployed resource and its definition, one line for each. */
import * as Equal from "effect/Equal"
import { isRecord } from "../../infra/definitions/Expression.ts"
import { isPolicy, policyDifferences } from "./PolicyText.ts"
import { shortened } from "./shortened.ts"
import type { Change } from "./TerraformPlan.ts"

/** Attributes whose names say less than they mean. */
const meanings: Readonly<Record<string, string>> = {
  assume_role_policy: "its trust",
  policy: "its policy",
  policy_arns: "attached policies",
  policy_names: "policies",
  redrive_allow_policy: "redrive permission"
}

const labelOf = (attribute: string): string => meanings[attribute] ?? attribute.replaceAll("_", " ")

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ""

const isSame = (one: unknown, other: unknown): boolean =>
  Equal.equals(one, other) || (isAbsent(one) && isAbsent(other))

const shown = (value: unknown): string =>
  isAbsent(value) ? "not set" : shortened(JSON.stringify(value))

/** A policy, or another document, is a text in Terraform. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== "string" || !value.startsWith("{")) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const nameIn = (element: unknown): unknown => (isRecord(element) ? element.name : undefined)

/** Blocks that only one side has, each with its counterpart if their name tells it. */
const pairsOf = (deployed: ReadonlyArray<unknown>, defined: ReadonlyArray<unknown>) => {
  const more = deployed.filter((one) => !defined.some((other) => isSame(one, other)))
  const less = defined.filter((one) => !deployed.some((other) => isSame(one, other)))
  const named = more.flatMap((one) => {
    const other = less.find((each) => nameIn(each) === nameIn(one))
    return nameIn(one) === undefined || other === undefined ? [] : [[one, other] as const]
  })
  const alone = [
    more.filter((one) => named.every(([each]) => each !== one)),
    less.filter((one) => named.every(([, each]) => each !== one))
  ] as const
  return { named, alone }
}

const listDifferences = (
  name: string,
  deployed: ReadonlyArray<unknown>,
  defined: ReadonlyArray<unknown>
): ReadonlyArray<string> => {
  const { alone, named } = pairsOf(deployed, defined)
  const [more, less] = alone
  if (named.length === 0 && more.length === 1 && less.length === 1) {
    return valueDifferences(name, more[0], less[0])
  }
  return [
    ...named.flatMap(([one, other]) =>
      valueDifferences(`${name} ${String(nameIn(one))}`, one, other)
    ),
    ...more.map((each) => `${name}: ${shown(each)} is not defined`),
    ...less.map((each) => `${name}: ${shown(each)} is missing`)
  ]
}

const valueDifferences = (
  name: string,
  deployed: unknown,
  defined: unknown
): ReadonlyArray<string> => {
  if (isSame(deployed, defined)) return []
  const [one, other] = [parsed(deployed), parsed(defined)]
  if (isPolicy(one) || isPolicy(other)) return policyDifferences(name, one, other)
  if (isRecord(one) && isRecord(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      valueDifferences(`${name} ${labelOf(key)}`, one[key], other[key])
    )
  }
  if (Array.isArray(one) && Array.isArray(other)) return listDifferences(name, one, other)
  return [`${name} is ${shown(deployed)}, but defined as ${shown(defined)}`]
}

/** True when a mark of the plan covers the value, or a part of it. */
const isMarked = (mark: unknown): boolean =>
  mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(isMarked))

const marks = (mark: unknown, attribute: string): boolean =>
  mark === true || (isRecord(mark) && isMarked(mark[attribute]))

export const differingAttributes = ({ after, after_unknown, before }: Change) =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !isSame(before?.[name], after?.[name]) && !marks(after_unknown, name)
  )

/** Hides a sensitive value, and tells a value that a deployment assigns if all others are alike. */
export const differencesOf = (change: Change): ReadonlyArray<string> => {
  const { after, after_sensitive, after_unknown, before, before_sensitive } = change
  const names = differingAttributes(change)
  const unknown = Object.keys(isRecord(after_unknown) ? after_unknown : {}).filter((name) =>
    marks(after_unknown, name)
  )
  if (names.length === 0) return unknown.map((name) => `${labelOf(name)} will be another`)
  // every tag is among the latter
  return names
    .filter((name) => name !== "tags" || !names.includes("tags_all"))
    .flatMap((name) =>
      marks(before_sensitive, name) || marks(after_sensitive, name)
        ? [`${labelOf(name)} differs, and is secret`]
        : valueDifferences(labelOf(name), before?.[name], after?.[name])
    )
}
