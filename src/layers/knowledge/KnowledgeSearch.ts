/** Finds the sections of the knowledge base that a question asks about. */
import MiniSearch from "minisearch"
import type { MatchType } from "../../schema/Answer.ts"
import type { Section } from "../../schema/KnowledgeSection.ts"
import { contentTerms } from "../../schema/questions/ContentTerms.ts"

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

/** A section with the share of the question that it covers, 0 to 1, and what that is worth. */
export interface SectionMatch {
  readonly section: Section
  readonly matchScore: number
  readonly matchType: MatchType
}

const matchTypeOf = (score: number): MatchType =>
  score >= thresholds.full ? "full" : score >= thresholds.partial ? "partial" : "none"

/** Every section that shares a word with the question, weighed by the rarity of what it shares. */
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
 * The sections that cover the largest share of the question's terms, best first. A term that no
 * section knows weighs as much as the rarest, so a question about something else scores low however
 * well its other words match; BM25 only decides between equals.
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
