import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Answer } from "../schema/Answer.ts"
import { Answerer } from "../services/Answerer.ts"
import { type SectionMatch, searchIn } from "./knowledge/KnowledgeSearch.ts"
import type { Section } from "./knowledge/KnowledgeSection.ts"

export interface Options {
  readonly sections: ReadonlyArray<Section>
}

const unknown =
  "I don't know: I found nothing in the CV that answers this. Could you ask it in other words?"

const phrases: Record<SectionMatch["matchType"], (section: Section) => string> = {
  full: ({ text }) => text,
  partial: ({ title, text }) =>
    `I am not sure that this is what you asked, but under "${title}" the CV says: ${text}`,
  none: () => unknown
}

const answerWith = (best: SectionMatch | undefined): Answer => ({
  text: best ? phrases[best.matchType](best.section) : unknown,
  matchType: best?.matchType ?? "none",
  matchScore: best?.matchScore ?? 0,
  model: "knowledge-base",
  tokens: { input: 0, output: 0 }
})

/**
 * Answers with the section that shares the most words with the question: deterministic, free, and
 * never unavailable. It quotes and never composes, so that every word comes from the sections. It
 * knows only the synonyms that the sections use.
 */
export const layer = ({ sections }: Options): Layer.Layer<Answerer> =>
  Layer.sync(Answerer, () => {
    const search = searchIn(sections)
    const answer = (question: string) => Effect.sync(() => answerWith(search(question)[0]))
    return Answerer.of({
      answer,
      stream: (question) =>
        Effect.map(answer(question), (whole) => ({ _tag: "Whole", answer: whole }))
    })
  })
