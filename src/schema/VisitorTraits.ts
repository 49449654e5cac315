/** Traits of a visitor that the browser's headers reveal; unknown traits are absent. */
import * as Schema from "effect/Schema"
import type { QueryEvent } from "./AnalyticsEvent.ts"

/** The traits that the user agent reveals. */
export const AgentTraits = Schema.Struct({
  agent: Schema.Literals(["person", "bot", "unknown"]),
  device: Schema.optionalKey(Schema.String),
  browser: Schema.optionalKey(Schema.String)
})
export type AgentTraits = typeof AgentTraits.Type

export const VisitorTraits = Schema.Struct({
  ...AgentTraits.fields,
  agent: Schema.optionalKey(AgentTraits.fields.agent),
  referrerHost: Schema.optionalKey(Schema.String),
  /** Present when the site's owner marked the visit as their own. */
  own: Schema.optionalKey(Schema.Literal(1))
})
export type VisitorTraits = typeof VisitorTraits.Type

const hostOf = (referer = ""): string | undefined => {
  const host = URL.parse(referer)?.hostname
  return host === undefined || host === "" || host.length > 253 ? undefined : host
}

/** All traits of a visitor, including those of the user agent. */
export const traitsOf = ({ metadata }: QueryEvent, agent: AgentTraits): VisitorTraits => {
  const referrerHost = hostOf(metadata.referer)
  return {
    ...agent,
    ...(referrerHost === undefined ? {} : { referrerHost }),
    ...(metadata.own === true ? { own: 1 as const } : {})
  }
}
