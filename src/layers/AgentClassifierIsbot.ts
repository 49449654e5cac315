import Bowser from "bowser"
import * as Layer from "effect/Layer"
import { isbotMatch } from "isbot"
import type { AgentTraits } from "../schema/VisitTraits.ts"
import { AgentClassifier } from "../services/AgentClassifier.ts"

/** Longer ones are no browser's, and cost time in the patterns. */
const userAgentLengthMax = 1024

/** What a bot calls itself may be anything; only a short, printable part is worth keeping. */
const reasonOf = (match: string): string => match.replace(/[^\x20-\x7e]/g, "").slice(0, 40)

const named = (key: "device" | "browser", name: string | undefined) =>
  name === undefined || name === "" ? {} : { [key]: name }

const classify = (userAgent: string | undefined): AgentTraits => {
  const text = userAgent?.trim().slice(0, userAgentLengthMax)
  if (text === undefined || text === "") return { agent: "unknown" }
  const bot = isbotMatch(text)
  if (bot !== null) return { agent: "bot", botReason: reasonOf(bot) }
  const { browser, platform } = Bowser.parse(text)
  return {
    agent: browser.name === undefined || browser.name === "" ? "unknown" : "person",
    ...named("device", platform.type),
    ...named("browser", browser.name)
  }
}

/** Bots by isbot's list, everything else by bowser's families. */
export const layer = Layer.succeed(AgentClassifier, { classify })
