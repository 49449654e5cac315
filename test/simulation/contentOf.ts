import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"

const known = new WeakMap<AnalyticsEvent, string>()

/** The event's message; kept, because the books compare the same few events again and again. */
export const contentOf = (event: AnalyticsEvent): string => {
  const content = known.get(event) ?? encodeMessage(event)
  known.set(event, content)
  return content
}
