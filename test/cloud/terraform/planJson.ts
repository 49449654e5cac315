/**
 * A plan as `terraform show -json` prints it, by the documented format 1.2. No plan of the AWS
 * provider was at hand: its computed attributes, nulls and unknown values are fewer here.
 */
import type { Values } from "./Desired.ts"
import { assignedTo } from "./Desired.ts"
import type { Plan, Planned } from "./Plan.ts"
import type { Resources } from "./Resources.ts"
import { isSameValue } from "./refresh.ts"
import { outputsOf, parseAddress, providerName, terraformVersion } from "./State.ts"

const described = (address: string) => ({
  address,
  mode: "managed",
  ...parseAddress(address),
  provider_name: providerName
})

const unknownIn = (type: string, after: Values) =>
  Object.fromEntries(
    Object.keys({ id: "", ...assignedTo(type, after, "") }).map((name) => [name, true] as const)
  )

const change = ({ actions, address, after, before, reason }: Planned) => {
  const isMade = actions.includes("create")
  return {
    ...described(address),
    change: {
      actions,
      before,
      after,
      after_unknown: isMade && after !== null ? unknownIn(parseAddress(address).type, after) : {},
      before_sensitive: before === null ? false : {},
      after_sensitive: after === null ? false : {}
    },
    ...(reason !== undefined && { action_reason: reason })
  }
}

const driftOf = ({ address, before, stored }: Planned) => {
  if (stored === null) return []
  const isSame =
    before !== null && Object.keys(stored).every((name) => isSameValue(stored[name], before[name]))
  if (isSame) return []
  const actions = [before === null ? ("delete" as const) : ("update" as const)]
  return [change({ address, actions, before: stored, after: before, stored })]
}

const outputChange = (before: unknown, after: unknown) => ({
  actions: [
    isSameValue(before, after)
      ? "no-op"
      : before === undefined
        ? "create"
        : after === undefined
          ? "delete"
          : "update"
  ],
  before: before ?? null,
  after: after ?? null,
  after_unknown: false,
  before_sensitive: false,
  after_sensitive: false
})

const moduleOf = (resources: Resources) => ({
  resources: Object.entries(resources).map(([address, values]) => ({
    ...described(address),
    schema_version: 0,
    values,
    sensitive_values: {}
  }))
})

const valuesIn = (plan: Plan, field: "before" | "after"): Resources =>
  Object.fromEntries(
    plan.changes.flatMap(({ address, [field]: values }) =>
      values === null ? [] : [[address, values] as const]
    )
  )

/** The state alone, as `terraform show -json` prints it without a plan. */
export const stateJson = (resources: Resources, outputs: Values) => ({
  format_version: "1.0",
  terraform_version: terraformVersion,
  values: { outputs: outputsOf(outputs), root_module: moduleOf(resources) }
})

export const planJson = (plan: Plan, variables: Values) => {
  const { after, before } = plan.outputs
  return {
    format_version: "1.2",
    terraform_version: terraformVersion,
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, { value }])
    ),
    planned_values: {
      outputs: outputsOf(after),
      root_module: moduleOf(valuesIn(plan, "after"))
    },
    resource_drift: plan.changes.flatMap(driftOf),
    resource_changes: plan.changes.map(change),
    output_changes: Object.fromEntries(
      Object.keys({ ...before, ...after }).map((name) => [
        name,
        outputChange(before[name], after[name])
      ])
    ),
    prior_state: stateJson(valuesIn(plan, "before"), before),
    configuration: { root_module: {} },
    timestamp: new Date().toISOString(),
    applyable: true,
    complete: !plan.isPartial,
    errored: false
  }
}
