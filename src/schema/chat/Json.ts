/**
 * Looks into parsed JSON that anybody may have written. It uses no schema, because a stream brings
 * hundreds of messages and a Worker has ten milliseconds for them all.
 */

export type JsonFields = { readonly [name: string]: unknown }

/** JSON inside JSON is followed to this depth. */
export const depthMax = 6

const none: JsonFields = {}

/** The fields of any JSON; a value without fields has an empty object. */
export const fieldsOf = (value: unknown): JsonFields =>
  typeof value === "object" && value !== null ? (value as JsonFields) : none

export const listOf = (value: unknown): ReadonlyArray<unknown> =>
  Array.isArray(value) ? value : []

export const isFields = (value: unknown): value is JsonFields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A text that says something. */
export const textIn = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined

/** Never throws; the result is `undefined` for a text that cannot be parsed. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
