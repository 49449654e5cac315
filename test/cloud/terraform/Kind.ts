/** A type of Terraform's resources: how it is made, found, changed and removed in an account. */
import { isRecord } from "../../../infra/definitions/Expression.ts"
import type { Clients } from "../Clients.ts"
import type { Values } from "./Desired.ts"

export interface Kind {
  /** The API's names of attributes that it calls otherwise, or has deeper. */
  readonly names?: Readonly<Record<string, string>>
  /** The values as the API names and nests them, as far as {@link Kind.find} can tell them. */
  readonly wanted: (values: Values) => Values
  /** The account's values in its place; undefined while it is missing. */
  readonly find: (clients: Clients, values: Values) => Promise<Values | undefined>
  /** Overwrites an existing one, if the kind has no {@link Kind.change}. */
  readonly make: (clients: Clients, values: Values, tags: Tags) => Promise<unknown>
  readonly change?: (clients: Clients, values: Values) => Promise<unknown>
  readonly remove: (clients: Clients, values: Values) => Promise<unknown>
}

export type Tags = Readonly<Record<string, string>>

export const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

export const pascal = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Terraform's names and blocks as the API's names and objects. */
export const toApi = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.length === 1 && isRecord(value[0]) ? toApi(value[0]) : value.map(toApi)
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [pascal(name), toApi(part)])
  )
}

export const text = (values: Values, name: string): string => String(values[name] ?? "")

/** The answer, or undefined where AWS says that the thing is missing. */
export const orNone = async <A>(answer: Promise<A>): Promise<A | undefined> => {
  try {
    return await answer
  } catch (error) {
    const name = error instanceof Error ? error.name : ""
    if (/NoSuch|NotFound|NonExistent|DoesNotExist|^404$/.test(name)) return undefined
    throw error
  }
}

/** Policies are compared as documents, and not as texts. */
export const document = (json: unknown): unknown =>
  typeof json === "string" && json !== "" ? JSON.parse(decodeURIComponent(json)) : json
