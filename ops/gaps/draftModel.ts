/** Asks a language model for a first text, from the owner's sections alone. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { optionalText } from "../../cli/flags.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import * as AnswererUpstream from "../../src/layers/AnswererUpstream.ts"
import type { SectionMatch } from "../../src/layers/knowledge/KnowledgeSearch.ts"
import { WorkersAiAccount } from "../../src/programs/reporter/settings.ts"
import { makeRedactor } from "../../src/schema/redaction/Redaction.ts"
import { Answerer } from "../../src/services/Answerer.ts"

export const modelFlags = {
  model: optionalText("model", "name of a language model that writes a first text"),
  modelUrl: optionalText(
    "model-url",
    "its chat completions, such as http://127.0.0.1:11434/v1 (default: Workers AI)"
  )
}
type ModelFlags = {
  readonly model: Option.Option<string>
  readonly modelUrl: Option.Option<string>
}

/** Bounds what leaves this machine, and what it may cost. */
const limits = { wordings: 10, wordingLength: 300, sectionLength: 4000, timeoutMs: 60_000 }

const nothing = "NOTHING"

const instructionsOf = (nearest: ReadonlyArray<SectionMatch>): string =>
  [
    "Write the text of one section of a knowledge base, which answers the visitors' questions. " +
      "Take every fact from these notes, write no heading, and use at most 120 words. " +
      `If the notes do not answer the questions, write ${nothing} and no other word.`,
    ...nearest.map(
      ({ section }) => `## ${section.title}\n${section.text.slice(0, limits.sectionLength)}`
    )
  ].join("\n\n")

const workersAi = Config.all({
  account: Config.schema(WorkersAiAccount, "WORKERS_AI_ACCOUNT"),
  key: Config.Redacted("WORKERS_AI_TOKEN")
})

const completions = (base: string): URL | undefined => {
  if (!URL.canParse(base) || !/^https?:/.test(base)) return undefined
  const path = base.replace(/\/+$/, "")
  return new URL(path.endsWith("/chat/completions") ? path : `${path}/chat/completions`)
}

/** A key comes from MODEL_KEY, because a flag would stand in the shell's history. */
const serviceOf = Effect.fnUntraced(function* (modelUrl: Option.Option<string>) {
  if (Option.isSome(modelUrl)) {
    const url = completions(modelUrl.value)
    if (url === undefined) return yield* refuse("--model-url must be a URL of http or https")
    const key = yield* Config.option(Config.Redacted("MODEL_KEY"))
    return { url, key: Option.getOrUndefined(key) }
  }
  const { account, key } = yield* Effect.catchTag(workersAi, "ConfigError", () =>
    refuse("--model needs --model-url, or WORKERS_AI_ACCOUNT and WORKERS_AI_TOKEN")
  )
  const base = `https://api.cloudflare.com/client/v4/accounts/${account}/ai/v1/chat/completions`
  return { url: new URL(base), key }
})

const redacted = makeRedactor([])

/** One more try, because a model may be starting. */
const again = Schedule.exponential("1 second").pipe(Schedule.jittered, Schedule.upTo({ times: 1 }))

/** Undefined without a model, and where the sections do not answer. */
export const firstText = Effect.fn("gaps.firstText")(function* (
  { model, modelUrl }: ModelFlags,
  wordings: ReadonlyArray<string>,
  nearest: ReadonlyArray<SectionMatch>
) {
  if (Option.isNone(model) || nearest.length === 0 || wordings.length === 0) return undefined
  const questions = wordings
    .slice(0, limits.wordings)
    .map((one) => `- ${redacted(one).slice(0, limits.wordingLength)}`)
  const layer = AnswererUpstream.layer({
    ...(yield* serviceOf(modelUrl)),
    model: model.value,
    instructions: instructionsOf(nearest),
    timeoutMs: limits.timeoutMs
  })
  const { matchType, text } = yield* Answerer.use(({ answer }) =>
    answer(questions.join("\n"))
  ).pipe(Effect.retry(again), Effect.provide(layer))
  return matchType === "none" || text.includes(nothing) ? undefined : text.trim()
})
