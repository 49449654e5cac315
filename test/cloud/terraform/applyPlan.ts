/** Carries a plan out in the account, and keeps the state after each step. */
import type { Clients } from "../Clients.ts"
import { assignedTo, type Values } from "./Desired.ts"
import type { Tags } from "./Kind.ts"
import type { Plan, Planned } from "./Plan.ts"
import { bring, remove } from "./Resources.ts"
import { parseAddress, type State } from "./State.ts"

/** One resource could not be changed; everything before it was. */
export class StepFailed extends Error {
  readonly address: string

  constructor(action: string, address: string, cause: unknown) {
    const { type } = parseAddress(address)
    const [code, said] = cause instanceof Error ? [cause.name, cause.message] : ["Error", cause]
    super(`${action} ${type}: api error ${code}: ${said}`)
    this.address = address
  }
}

interface Application {
  readonly clients: Clients
  readonly tags: Tags
  readonly region: string
  readonly save: (state: State) => State
  readonly tell: (line: string) => void
}

export const applyPlan = async (
  { changes, outputs }: Plan,
  before: State,
  { clients, region, save, tags, tell }: Application
): Promise<void> => {
  let state = before
  const keep = (address: string, values: Values | undefined) => {
    const { [address]: _, ...others } = state.resources
    state = save({ ...state, resources: values ? { ...others, [address]: values } : others })
  }
  const step = async (doing: string, address: string, work: () => Promise<unknown>) => {
    await work().catch((cause: unknown) => {
      throw new StepFailed(doing, address, cause)
    })
    tell(`${address}: ${doing} complete`)
  }
  const having = (action: Planned["actions"][number]) =>
    changes.filter(({ actions }) => actions.includes(action))
  for (const { address, before: values } of having("delete").toReversed()) {
    await step("deleting", address, () => remove(clients, address, values ?? {}))
    keep(address, undefined)
  }
  for (const { actions, address, after, before: found } of changes) {
    if (after === null) continue
    if (!actions.includes("no-op")) {
      const isNew = actions.includes("create")
      const difference = {
        address,
        values: after,
        found: isNew ? undefined : (found ?? {}),
        names: []
      }
      const doing = isNew ? "creating" : "modifying"
      await step(doing, address, () => bring(clients, tags, difference))
      keep(address, { ...assignedTo(parseAddress(address).type, after, region), ...after })
    }
  }
  const { length } = Object.keys(state.resources)
  save({ ...state, outputs: length === 0 ? {} : outputs.after })
  const counts = ["create", "update", "delete"] as const
  const [added, changed, destroyed] = counts.map((action) => having(action).length)
  tell(`Apply complete! Resources: ${added} added, ${changed} changed, ${destroyed} destroyed.`)
}
