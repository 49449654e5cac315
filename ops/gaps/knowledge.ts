/** The owner's knowledge base, and the sections in it that are near a gap. */
import { pathToFileURL } from "node:url"
import * as Effect from "effect/Effect"
import { FileRejected } from "../../cli/FileRejected.ts"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { type SectionMatch, searchIn } from "../../src/layers/knowledge/KnowledgeSearch.ts"
import type { Section } from "../../src/layers/knowledge/KnowledgeSection.ts"

const nearestMax = 5

export const sectionsIn = (folder: string) =>
  Effect.try({
    try: () => readKnowledge(pathToFileURL(`${folder}/`)),
    catch: () =>
      new FileRejected({
        file: folder,
        detail: "is no folder that can be read: name yours with --knowledge"
      })
  })

/** Each section once, by the best score that a wording gives it. */
export const nearestSections = (
  sections: ReadonlyArray<Section>,
  wordings: ReadonlyArray<string>
): ReadonlyArray<SectionMatch> => {
  if (sections.length === 0) return []
  const search = searchIn(sections)
  const best = new Map<Section, SectionMatch>()
  for (const match of wordings.flatMap((wording) => search(wording).slice(0, nearestMax))) {
    const known = best.get(match.section)
    if (known === undefined || known.matchScore < match.matchScore) best.set(match.section, match)
  }
  return [...best.values()]
    .sort((one, other) => other.matchScore - one.matchScore)
    .slice(0, nearestMax)
}
