/** Finds the sections of the knowledge base that a question asks about. */
import MiniSearch from "minisearch"
import type { MatchType } from "../../schema/Answer.ts"
import { contentTerms } from "../../schema/questions/ContentTerms.ts"
import type { Section } from "./KnowledgeSection.ts"

/** Tuned on the demo's corpus; expect fewer answers to other questions. */
const thresholds = { full: 0.6, partial: 0.33 }

/** The probability that the visitor meant this word of the section. */
const certainty = { exact: 1, prefix: 0.8, fuzzy: 0.7 }
const fieldWeight = { title: 1, text: 0.7 }

/** Only the beginning of a longer question counts, which bounds the work that it causes. */
const questionLengthMax = 2000
const questionTermsMax = 40
const termLengthMax = 20

/** Keeps the score low for a question that consists of common words alone ("Liv?"). */
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

/** Swaps two neighbouring letters, the commonest slip, which edit distance counts as two. */
const swaps = (term: string): ReadonlyArray<string> =>
  Array.from(
    { length: term.length - 1 },
    (_, at) => term.slice(0, at) + term[at + 1] + term[at] + term.slice(at + 2)
  )

/** Looks for misspellings only when the sections do not contain the word itself. */
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

/** A section, the share of the question that it covers (0 to 1), and the rating of that share. */
export interface SectionMatch {
  readonly section: Section
  readonly matchScore: number
  readonly matchType: Exclude<MatchType, "unknown">
}

const matchTypeOf = (score: number): SectionMatch["matchType"] =>
  score >= thresholds.full ? "full" : score >= thresholds.partial ? "partial" : "none"

/** Scores every section that shares a word with the question by the rarity of these words. */
const candidatesFor = (index: MiniSearch, question: string) => {
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
  return { asked, candidates: [...candidates.values()] }
}

/**
 * Finds the sections that cover the largest share of the question's terms, best first. An unknown
 * term weighs as much as the rarest, so that questions about other subjects score low. BM25 only
 * decides between equals.
 */
export const searchIn = (sections: ReadonlyArray<Section>) => {
  const index = buildIndex(sections)
  return (question: string): ReadonlyArray<SectionMatch> => {
    const { asked, candidates } = candidatesFor(index, question)
    return candidates
      .sort((a, b) => b.score - a.score || b.relevance - a.relevance || a.id - b.id)
      .flatMap(({ id, score }) => {
        const section = sections[id]
        const matchScore = score / asked
        return section ? [{ section, matchScore, matchType: matchTypeOf(matchScore) }] : []
      })
  }
}
