/** Examines all that Terraform has made, as Terraform itself compares it with the definitions. */
import * as Effect from "effect/Effect"
import { badOf, Check } from "../deploy/Check.ts"
import { elsewhere } from "../deploy/lookBefore.ts"
import { readStanding } from "../deploy/Standing.ts"
import type { Target } from "../deploy/Target.ts"
import { holdsData } from "../deploy/Terraform.ts"
import { differencesOf, differingAttributes } from "./Difference.ts"
import { deployInfra, examine } from "./examine.ts"
import { resourceName } from "./resourceName.ts"
import { type Plan, type ResourceChange, readPlan } from "./TerraformPlan.ts"

const subject = "infrastructure"

const does = ({ change }: ResourceChange, ...actions: ReadonlyArray<string>): boolean =>
  change.actions.some((action) => actions.includes(action))

const linesOf = (resource: ResourceChange): ReadonlyArray<string> => {
  const { change } = resource
  const differences = differencesOf(change)
  if (does(resource, "create") && does(resource, "delete")) {
    return [...differences, "only a new one in its place can have this"]
  }
  if (does(resource, "create")) return ["it does not exist"]
  if (does(resource, "delete")) return ["it exists, and is no longer defined"]
  if (does(resource, "forget")) return ["Terraform would forget it, and leave it in AWS"]
  return differences.length === 0 ? [`it needs: ${change.actions.join(", ")}`] : differences
}

const mendOf = (resource: ResourceChange): string => {
  if (!does(resource, "delete")) return deployInfra
  if (holdsData.has(resource.address)) {
    return "Change its key, name or region back: a deployment refuses to delete its data."
  }
  return does(resource, "create")
    ? "npm run deploy -- --only infra makes it anew."
    : "npm run deploy -- --only infra removes it."
}

const findingOf = (resource: ResourceChange, drifted: ReadonlySet<string>): Check => {
  const since = drifted.has(resource.address)
    ? "\nSomebody changed it outside of Terraform since the last deployment."
    : ""
  return Check.Bad({
    subject: resourceName(resource),
    what: `${linesOf(resource).join("\n")}.${since}`,
    mend: mendOf(resource)
  })
}

/** AWS tells a policy with its resource too, beside the resource that defines it. */
const toldTwice = new Set([
  "inline_policy",
  "managed_policy_arns",
  "policy",
  "redrive_allow_policy"
])

/** Tells changes in attributes that no definition has, so that no deployment mends them. */
const undefinedDrift = (
  drift: ReadonlyArray<ResourceChange>,
  wrong: ReadonlyArray<ResourceChange>
): ReadonlyArray<Check> => {
  const known = new Set(wrong.map(({ address }) => address))
  const lines = drift.flatMap((resource) => {
    const names = differingAttributes(resource.change).filter((name) => !toldTwice.has(name))
    return known.has(resource.address) || names.length === 0
      ? []
      : [`${resourceName(resource)}: ${names.join(", ")}`]
  })
  if (lines.length === 0) return []
  const why = "changed in AWS since the last deployment, and not defined"
  return [Check.Unseen({ subject: why, why: lines.join("; ") })]
}

const isUnchanged = (resource: ResourceChange): boolean =>
  resource.change.actions.every((action) => action === "no-op" || action === "read")

const nothingMade = Check.Bad({
  subject,
  what: "nothing of it is deployed.",
  mend: "npm run deploy makes it."
})

/** Terraform's state is empty before the first deployment, or because another checkout has it. */
const withoutState = Effect.fnUntraced(function* (target: Target) {
  const standing = yield* readStanding(target)
  const made = standing.filter(({ madeBy }) => madeBy !== "sam")
  return [made.length === 0 ? nothingMade : badOf(subject, elsewhere(target, made))]
})

const judge = (target: Target, { resource_changes = [], resource_drift: drift = [] }: Plan) => {
  const managed = resource_changes.filter(({ mode }) => mode === "managed")
  const wrong = managed.filter((resource) => !isUnchanged(resource))
  const isEmpty = managed.every(({ change }) => change.actions.join() === "create")
  if (isEmpty && drift.length === 0) return withoutState(target)
  const drifted = new Set(drift.map(({ address }) => address))
  const findings = wrong.map((resource) => findingOf(resource, drifted))
  const text = `as Terraform defines (${managed.length} resources)`
  return Effect.succeed([
    ...(wrong.length === 0 ? [Check.Good({ subject, text })] : findings),
    ...undefinedDrift(drift, wrong)
  ])
}

export const examinePlan = (target: Target) =>
  examine(
    subject,
    Effect.flatMap(readPlan(target), (plan) => judge(target, plan))
  )
