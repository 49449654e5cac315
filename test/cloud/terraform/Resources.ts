/** Terraform's resources in an account: made in their order, and compared with the found ones. */
import { isRecord } from "../../../infra/definitions/Expression.ts"
import type { Clients } from "../Clients.ts"
import type { Values } from "./Desired.ts"
import { exclusiveKinds } from "./exclusiveKinds.ts"
import { identityKinds } from "./identityKinds.ts"
import type { Kind, Tags } from "./Kind.ts"
import { queueKinds } from "./queueKinds.ts"
import { storeKinds } from "./storeKinds.ts"
import { watchKinds } from "./watchKinds.ts"

const kinds: Readonly<Record<string, Kind>> = {
  ...storeKinds,
  ...queueKinds,
  ...identityKinds,
  ...exclusiveKinds,
  ...watchKinds
}

export type Resources = Readonly<Record<string, Values>>

export const typeOf = (address: string): string => address.split(".")[0] ?? ""

export const kindOf = (address: string): Kind => {
  const kind = kinds[typeOf(address)]
  if (kind === undefined) throw new Error(`the stand-in has no kind for ${address}`)
  return kind
}

/** A name begins with the name of what it belongs to, so that comes first. */
export const inOrder = (resources: Resources): ReadonlyArray<string> => {
  const names = Object.keys(kinds)
  const rank = (address: string) => names.indexOf(typeOf(address))
  return Object.keys(resources).toSorted(
    (one, other) => rank(one) - rank(other) || one.localeCompare(other)
  )
}

export const holds = (found: unknown, wanted: unknown): boolean => {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length) return false
    return wanted.every((each) => found.some((other) => holds(other, each)))
  }
  if (isRecord(wanted)) {
    return (
      isRecord(found) && Object.entries(wanted).every(([name, each]) => holds(found[name], each))
    )
  }
  return wanted === undefined || String(wanted) === String(found)
}

/** A resource that the account lacks or has otherwise, and the names of the different values. */
export interface Difference {
  readonly address: string
  readonly values: Values
  readonly found: Values | undefined
  readonly names: ReadonlyArray<string>
}

const differenceOf = async (
  clients: Clients,
  address: string,
  values: Values
): Promise<Difference> => {
  const { find, wanted } = kindOf(address)
  const found = await find(clients, values)
  const names = Object.entries(wanted(values)).flatMap(([name, value]) =>
    holds(found?.[name], value) ? [] : [name]
  )
  return { address, values, found, names: found === undefined ? [] : names }
}

/** Every resource that is missing or differs, in the order in which they are made. */
export const differencesIn = async (clients: Clients, resources: Resources) => {
  const all = await Promise.all(
    inOrder(resources).map((address) => differenceOf(clients, address, resources[address] ?? {}))
  )
  return all.filter(({ found, names }) => found === undefined || names.length > 0)
}

/** Makes what is missing, and changes what differs. */
export const bring = async (
  clients: Clients,
  tags: Tags,
  { address, found, values }: Difference
): Promise<void> => {
  const { change, make } = kindOf(address)
  if (found === undefined || change === undefined) await make(clients, values, tags)
  else await change(clients, values)
}

export const remove = async (clients: Clients, address: string, values: Values): Promise<void> => {
  const kind = kindOf(address)
  if ((await kind.find(clients, values)) !== undefined) await kind.remove(clients, values)
}
