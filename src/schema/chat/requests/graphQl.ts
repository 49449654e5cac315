import { isFields, type JsonFields } from "../Json.ts"

/** GraphQL sends a document as its query, and what the visitor wrote in its variables. */
export const isGraphQl = ({ operationName, query, variables }: JsonFields): boolean =>
  typeof query === "string" &&
  (isFields(variables) || typeof operationName === "string") &&
  /^\s*(?:#.*\s+)*(?:query|mutation|subscription|fragment|\{)/.test(query)
