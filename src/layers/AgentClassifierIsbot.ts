import Bowser from "bowser"
import * as Layer from "effect/Layer"
import { isbot } from "isbot"
import type { AgentTraits } from "../schema/VisitorTraits.ts"
import { AgentClassifier } from "../services/AgentClassifier.ts"

/** Browsers send shorter ones, and longer ones cost time in the patterns. */
const userAgentLengthMax = 1024

/** Bowser copies a name that it does not know from the user agent, which may hold anything. */
const families = new Set(Object.values(Bowser.BROWSER_MAP))

const named = (key: "device" | "browser", name: string | undefined) =>
  name === undefined || name === "" ? {} : { [key]: name }

const classify = (userAgent: string | undefined): AgentTraits => {
  const text = userAgent?.trim().slice(0, userAgentLengthMax)
  if (text === undefined || text === "") return { agent: "unknown" }
  if (isbot(text)) return { agent: "bot" }
  const { browser, platform } = Bowser.parse(text)
  const family = families.has(browser.name ?? "") ? browser.name : undefined
  return {
    agent: family === undefined ? "unknown" : "person",
    ...named("device", platform.type),
    ...named("browser", family)
  }
}

/** Recognises bots by isbot's list, and browsers by bowser's families. */
export const layer = Layer.succeed(AgentClassifier, { classify })
