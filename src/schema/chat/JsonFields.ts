export type JsonFields = { readonly [name: string]: unknown }

/** The fields of any JSON; a value without fields has an empty object. */
export const fieldsOf = (value: unknown): JsonFields =>
  typeof value === "object" && value !== null ? (value as JsonFields) : {}
