import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"

const known = new WeakMap<AnalyticsEvent, string>()

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/**
 * Writes an event in one order of its fields; kept, because the books compare the same
 * few events again and again.
 */
export const contentOf = (event: AnalyticsEvent): string => {
  const content = known.get(event) ?? JSON.stringify(event, inOrder)
  known.set(event, content)
  return content
}
