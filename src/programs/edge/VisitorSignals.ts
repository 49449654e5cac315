/** What a visitor's browser asks for with Do Not Track and Global Privacy Control. */
import * as Schema from "effect/Schema"
import type { PrivacyMode } from "../../schema/redaction/Privacy.ts"

/** Nothing, numbers without texts, or no event at all. */
export const SignalEffect = Schema.Literals(["ignore", "metrics-only", "skip"])
export type SignalEffect = typeof SignalEffect.Type

export const signalEffectDefault: SignalEffect = "metrics-only"

export interface PrivacySettings {
  readonly mode: PrivacyMode
  readonly signals: SignalEffect
}

/** Any other value than "1" is no request, by both specifications. */
const asksForPrivacy = ({ headers }: Request): boolean =>
  headers.get("dnt") === "1" || headers.get("sec-gpc") === "1"

/** How much of this visit may leave; "skip" is for the caller to count. */
export const privacyOf = (
  request: Request,
  { mode, signals }: PrivacySettings
): PrivacyMode | "skip" => (signals === "ignore" || !asksForPrivacy(request) ? mode : signals)
