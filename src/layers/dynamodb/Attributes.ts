/** Plain values as DynamoDB's attributes, and back. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Item } from "./DynamoDb.ts"

/** Replaces half surrogate pairs, which DynamoDB refuses. */
export const string = (value: string): AttributeValue => ({ S: value.toWellFormed() })

/** Clamps to DynamoDB's range, except 0; the numbers of events are never negative. */
export const number = (value: number): AttributeValue => ({
  N: String(value < 1e-130 ? 0 : Math.min(value, 9.99e125))
})

type Value = string | number | { readonly [name: string]: string | number }

const attributeOf = (value: Value): AttributeValue => {
  if (typeof value === "object") return { M: attributesOf(value) }
  return typeof value === "string" ? string(value) : number(value)
}

export const attributesOf = (fields: Readonly<Record<string, Value>>): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]))

const plain = ({ M, N, S }: AttributeValue): unknown => {
  if (M !== undefined) return plainFields(M)
  return S ?? (N === undefined ? undefined : Number(N))
}

export const plainFields = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]))
