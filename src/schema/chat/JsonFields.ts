/** The fields of whatever JSON there is; none where it is no object. */
export type JsonFields = { readonly [name: string]: unknown }

export const fieldsOf = (value: unknown): JsonFields =>
  typeof value === "object" && value !== null ? (value as JsonFields) : {}
