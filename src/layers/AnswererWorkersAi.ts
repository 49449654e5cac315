/** Asks a language model on Workers AI, with the best sections of the knowledge base. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { judgeAnswer } from "../schema/chat/judgeAnswer.ts"
import { readAnswer } from "../schema/chat/readAnswer.ts"
import {
  Answerer,
  AnswererTimedOut,
  AnswererUnavailable,
  type Reply
} from "../services/Answerer.ts"
import { type SectionMatch, searchIn } from "./knowledge/KnowledgeSearch.ts"
import type { Section } from "./knowledge/KnowledgeSection.ts"

/** The part of the Workers AI binding that we use. */
export interface AiBinding {
  readonly run: (model: string, input: object) => Promise<unknown>
}

export interface Options {
  readonly ai: AiBinding
  readonly model: string
  readonly sections: ReadonlyArray<Section>
  /** Until the answer begins. */
  readonly timeoutMs: number
}

/** A small model can weigh this many sections. */
const sectionsMax = 4
const outputTokensMax = 512

const instructionsFor = (found: ReadonlyArray<SectionMatch>): string =>
  [
    "Answer the visitor's question from these notes only, in the language of the question.",
    'If the notes do not answer it, begin with "I don\'t know".',
    ...found.map(({ section }) => `## ${section.title}\n${section.text}`)
  ].join("\n\n")

/** The search scores the notes before the model has said a word. */
const knownOf = (model: string, found: ReadonlyArray<SectionMatch>) => ({
  model,
  matchScore: found[0]?.matchScore ?? 0
})

/**
 * Takes `matchScore` from the search and `matchType` from the model's words, because the model may
 * know better than the search that the notes do not answer the question.
 */
export const layer = ({ ai, model, sections, timeoutMs }: Options): Layer.Layer<Answerer> =>
  Layer.sync(Answerer, () => {
    const search = searchIn(sections)
    const run = (question: string, stream: boolean) => {
      const found = search(question).slice(0, sectionsMax)
      const input = {
        messages: [
          { role: "system", content: instructionsFor(found) },
          { role: "user", content: question }
        ],
        max_tokens: outputTokensMax,
        stream
      }
      return Effect.tryPromise({
        try: () => ai.run(model, input),
        catch: () => new AnswererUnavailable({ detail: "Workers AI did not answer" })
      }).pipe(
        Effect.timeoutOrElse({
          duration: timeoutMs,
          orElse: () => new AnswererTimedOut({ afterMs: timeoutMs })
        }),
        Effect.map((output) => ({ output, known: knownOf(model, found) }))
      )
    }
    const answer = Effect.fnUntraced(function* (question: string) {
      const { known, output } = yield* run(question, false)
      const message = readAnswer(output)
      if (message.text.trim() !== "") {
        return judgeAnswer(message.text, { ...message.known, ...known })
      }
      return yield* new AnswererUnavailable({ detail: "the answer holds no text" })
    })
    const stream = Effect.fnUntraced(function* (question: string) {
      const { known, output } = yield* run(question, true)
      if (output instanceof ReadableStream) {
        return { _tag: "Streaming", events: output, known } satisfies Reply
      }
      return yield* new AnswererUnavailable({ detail: "the answer is no stream" })
    })
    return Answerer.of({ answer, stream })
  })
