/** A resource's attributes in Terraform's names, as the account has them. */
import { isDeepStrictEqual } from "node:util"
import { isRecord } from "../../../infra/definitions/Expression.ts"
import type { Clients } from "../Clients.ts"
import type { Values } from "./Desired.ts"
import { pascal } from "./Kind.ts"
import { holds, kindOf } from "./Resources.ts"

/** AWS takes a list of one and its element for the same. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 1 ? plain(value[0]) : value.map(plain)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]))
}

const isDocument = (value: unknown): value is string =>
  typeof value === "string" && value.startsWith("{")

/** Two texts of JSON are the same if they mean the same. */
export const isSameValue = (one: unknown, other: unknown): boolean =>
  isDocument(one) && isDocument(other)
    ? isDeepStrictEqual(plain(JSON.parse(one)), plain(JSON.parse(other)))
    : isDeepStrictEqual(one, other)

const isSame = (value: unknown, found: unknown, wanted: unknown): boolean =>
  isDocument(value) ? isDeepStrictEqual(plain(found), plain(wanted)) : holds(found, wanted)

const isPairs = (found: unknown): found is ReadonlyArray<{ Name: string; Value: unknown }> =>
  Array.isArray(found) && found.every((pair) => isRecord(pair) && "Name" in pair)

/** The API's answer in the form that Terraform has in the same place. */
const formed = (found: unknown, like: unknown): unknown => {
  if (found === undefined) return null
  if (typeof like === "string") return isRecord(found) ? JSON.stringify(found) : String(found)
  if (typeof like === "number") return Number(found)
  if (typeof like === "boolean") return String(found) === "true"
  if (Array.isArray(like)) {
    return (Array.isArray(found) ? found : [found]).map((each, n) => formed(each, like[n]))
  }
  if (!isRecord(like)) return found
  if (isPairs(found)) return Object.fromEntries(found.map(({ Name, Value }) => [Name, Value]))
  return Object.fromEntries(
    Object.entries(like).map(([name, value]) => [name, formed(at(found, pascal(name)), value)])
  )
}

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((part, name) => (isRecord(part) ? part[name] : undefined), value)

/**
 * The values with the account's in place of those that differ; undefined while the account lacks the
 * resource. A value that no answer tells stays.
 */
export const refresh = async (
  clients: Clients,
  address: string,
  values: Values
): Promise<Values | undefined> => {
  const { find, names = {}, wanted: inApi } = kindOf(address)
  const found = await find(clients, values)
  if (found === undefined) return undefined
  const wanted = inApi(values)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const path = names[name] ?? pascal(name)
      const [told, defined] = [at(found, path), at(wanted, path)]
      const isKept = defined === undefined || isSame(value, told, defined)
      return [name, isKept ? value : formed(told, value)]
    })
  )
}
