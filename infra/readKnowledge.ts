import { readdirSync, readFileSync } from "node:fs"
import type { Section } from "../src/layers/knowledge/KnowledgeSection.ts"
import { parseMarkdown } from "./parseMarkdown.ts"

const sample = new URL("../examples/cv-chatbot/knowledge/", import.meta.url)

/** The knowledge base in sorted order, because equal scores fall back to the order of sections. */
export const readKnowledge = (folder = sample): ReadonlyArray<Section> =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .flatMap((file) => parseMarkdown(readFileSync(new URL(file, folder), "utf8")))
