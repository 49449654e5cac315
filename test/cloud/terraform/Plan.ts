/** Plans changes: compares the state, as refreshed in the account, with the definitions. */
import { isDeepStrictEqual } from "node:util"
import type { Clients } from "../Clients.ts"
import { assignedTo, type Values } from "./Desired.ts"
import { inOrder, type Resources } from "./Resources.ts"
import { isSameValue, refresh } from "./refresh.ts"
import { parseAddress, type State } from "./State.ts"

export interface Planned {
  readonly address: string
  readonly actions: ReadonlyArray<"no-op" | "create" | "update" | "delete">
  /** The account's values; null while it lacks the resource. */
  readonly before: Values | null
  /** The values to be, except those that AWS will assign; null once the resource is gone. */
  readonly after: Values | null
  /** The state's values; null where it lacks the resource. */
  readonly stored: Values | null
  readonly reason?: string
}

export interface Plan {
  readonly changes: ReadonlyArray<Planned>
  readonly outputs: { readonly before: Values; readonly after: Values }
  readonly isPartial: boolean
}

export interface Wanted {
  readonly resources: Resources
  readonly outputs: Values
}

/** No value of these can be changed in place. */
const fixed = new Set([
  ...["name", "alarm_name", "bucket", "hash_key", "range_key", "fifo_queue"],
  ...["queue_url", "arn", "role", "user", "topic_arn", "endpoint", "protocol"]
])

const different = (before: Values, after: Values): ReadonlyArray<string> =>
  Object.keys({ ...before, ...after }).filter((name) => !isSameValue(before[name], after[name]))

const planned = (
  address: string,
  stored: Values | null,
  before: Values | null,
  wanted: Values | undefined
): ReadonlyArray<Planned> => {
  const all = { address, stored, before, after: wanted ?? null }
  if (before === null) return wanted === undefined ? [] : [{ ...all, actions: ["create"] }]
  if (wanted === undefined) {
    return [{ ...all, actions: ["delete"], reason: "delete_because_no_resource_config" }]
  }
  const given = Object.keys(assignedTo(parseAddress(address).type, before, ""))
  const after = { ...Object.fromEntries(given.map((name) => [name, before[name]])), ...wanted }
  const names = different(before, after)
  if (names.length === 0) return [{ ...all, after, actions: ["no-op"] }]
  return names.some((name) => fixed.has(name))
    ? [{ ...all, actions: ["delete", "create"], reason: "replace_because_cannot_update" }]
    : [{ ...all, after, actions: ["update"] }]
}

interface Options {
  readonly targets: ReadonlyArray<string>
  /** Accepts the account as it is: the differences are the drift alone. */
  readonly isRefreshOnly: boolean
}

/** Plans every resource of the state and of the definitions, or those of the targets alone. */
export const planOf = async (
  clients: Clients,
  state: State,
  { outputs, resources }: Wanted,
  { isRefreshOnly, targets }: Options
): Promise<Plan> => {
  const isChosen = (address: string): boolean =>
    targets.length === 0 || targets.some((each) => address === each.replaceAll("'", ""))
  const addresses = inOrder({ ...state.resources, ...resources }).filter(isChosen)
  const changes = await Promise.all(
    addresses.map(async (address) => {
      const stored = state.resources[address] ?? null
      const before = stored && ((await refresh(clients, address, stored)) ?? null)
      return planned(
        address,
        stored,
        before,
        isRefreshOnly ? (before ?? undefined) : resources[address]
      )
    })
  )
  const isPartial = targets.length > 0
  return {
    changes: changes.flat(),
    outputs: { before: state.outputs, after: isPartial ? state.outputs : outputs },
    isPartial
  }
}

const hasAction = ({ actions }: Planned): boolean => !actions.includes("no-op")

/** Drift alone does not count, because the state follows it. */
export const hasChanges = ({ changes, outputs }: Plan): boolean =>
  changes.some(hasAction) || !isDeepStrictEqual(outputs.before, outputs.after)
