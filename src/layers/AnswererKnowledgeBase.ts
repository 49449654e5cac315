import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import MiniSearch from "minisearch"
import type { Answer, MatchType } from "../schema/Answer.ts"
import { contentTerms } from "../schema/ContentTerms.ts"
import type { Section } from "../schema/KnowledgeSection.ts"
import { Answerer } from "../services/Answerer.ts"

export interface Options {
  readonly sections: ReadonlyArray<Section>
}

/** Tuned on the demo's corpus; on questions that it was not tuned on, expect fewer answers. */
const thresholds = { full: 0.6, partial: 0.33 }

/** How likely it is that a word of the section is the word that the visitor meant. */
const certainty = { exact: 1, prefix: 0.8, fuzzy: 0.7 }
const fieldWeight = { title: 1, text: 0.7 }

/** A longer question is judged by its beginning, which bounds the work that a visitor can cause. */
const questionLengthMax = 2000
const questionTermsMax = 40
const termLengthMax = 20

/** Keeps a question of common words alone ("Liv?") from scoring as if it had asked something. */
const informationMin = 0.5

const buildIndex = (sections: ReadonlyArray<Section>): MiniSearch => {
  const index = new MiniSearch({
    fields: ["title", "text"],
    tokenize: (text) => [...contentTerms(text)],
    processTerm: (term) => term,
    searchOptions: { tokenize: (term) => [term], boost: { title: 2 } }
  })
  index.addAll(sections.map(({ title, text }, id) => ({ id, title, text })))
  return index
}

/** Two neighbouring letters swapped: the commonest slip, which edit distance counts as two. */
const swaps = (term: string): ReadonlyArray<string> =>
  Array.from(
    { length: term.length - 1 },
    (_, at) => term.slice(0, at) + term[at + 1] + term[at] + term.slice(at + 2)
  )

/** Misspellings only where nothing else is found: a known word is no slip of another one. */
const find = (index: MiniSearch, term: string) => {
  const found = index.search(term, { prefix: term.length >= 4 })
  if (found.length > 0 || term.length < 5 || term.length > termLengthMax) return found
  return index.search(term, {
    tokenize: () => [term, ...swaps(term)],
    fuzzy: (word) => (word === term ? 1 : false)
  })
}

const quality = (term: string, match: Readonly<Record<string, ReadonlyArray<string>>>): number =>
  Math.max(
    ...Object.entries(match).map(([word, fields]) => {
      const kind = word === term ? "exact" : word.startsWith(term) ? "prefix" : "fuzzy"
      return certainty[kind] * fieldWeight[fields.includes("title") ? "title" : "text"]
    })
  )

interface Candidate {
  readonly id: number
  readonly score: number
  readonly relevance: number
}

/**
 * The section that covers the largest share of the question's terms, each weighed by its rarity. A
 * term that no section knows weighs as much as the rarest, so a question about something else
 * scores low however well its other words match; BM25 only decides between equals.
 */
const best = (index: MiniSearch, question: string): Candidate | undefined => {
  const terms = new Set(contentTerms(question.slice(0, questionLengthMax)))
  const candidates = new Map<number, Candidate>()
  let asked = informationMin
  for (const term of [...terms].slice(0, questionTermsMax)) {
    const found = find(index, term)
    const rarity = Math.log(index.documentCount / Math.max(1, found.length))
    asked += rarity
    for (const { id, match, score } of found) {
      const known = candidates.get(id)
      candidates.set(id, {
        id,
        score: (known?.score ?? 0) + rarity * quality(term, match),
        relevance: (known?.relevance ?? 0) + score
      })
    }
  }
  return [...candidates.values()]
    .sort((a, b) => b.score - a.score || b.relevance - a.relevance || a.id - b.id)
    .map((candidate) => ({ ...candidate, score: candidate.score / asked }))
    .at(0)
}

const matchTypeOf = (score: number): MatchType =>
  score >= thresholds.full ? "full" : score >= thresholds.partial ? "partial" : "none"

const unknown =
  "I don't know: I found nothing in the CV that answers this. Could you ask it in other words?"

const wordings: Record<MatchType, (section: Section) => string> = {
  full: ({ text }) => text,
  partial: ({ title, text }) =>
    `I am not sure that this is what you asked, but under "${title}" the CV says: ${text}`,
  none: () => unknown
}

/**
 * Answers from the given sections by the words that they share with the question: deterministic,
 * free, and never unavailable. It quotes and never composes, so it cannot say what the sections do
 * not; it also cannot know a synonym that they do not use.
 */
export const layer = ({ sections }: Options): Layer.Layer<Answerer> =>
  Layer.sync(Answerer, () => {
    const index = buildIndex(sections)
    const answer = (question: string): Answer => {
      const candidate = best(index, question)
      const section = candidate && sections[candidate.id]
      const matchScore = candidate ? candidate.score : 0
      const matchType = matchTypeOf(matchScore)
      return {
        text: section ? wordings[matchType](section) : unknown,
        matchType,
        matchScore,
        model: "knowledge-base",
        tokens: { input: 0, output: 0 }
      }
    }
    return Answerer.of({ answer: (question) => Effect.sync(() => answer(question)) })
  })
