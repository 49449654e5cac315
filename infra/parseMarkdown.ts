import type { Section } from "../src/layers/knowledge/KnowledgeSection.ts"

const heading = /^\s{0,3}##(?!#)(?:\s+(.*?))?[\s#]*$/
const fence = /^\s{0,3}(?:```|~~~)/
const comment = /<!--[\s\S]*?(?:-->|$)/g

const slug = (title: string): string =>
  title
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
    ?.join("-") ?? "section"

const unused = (name: string, taken: ReadonlySet<string>): string => {
  let id = name
  for (let n = 2; taken.has(id); n++) id = `${name}-${n}`
  return id
}

/** Joins lines that the author's editor wrapped; lists, tables and code keep theirs. */
const unwrap = (lines: ReadonlyArray<string>): string => {
  const text = lines.join("\n").trim()
  return lines.some((line) => fence.test(line))
    ? text
    : text.replace(/(?<!\n)\n(?!\n|\s|[-*+>|]|\d+\.)/g, " ").replace(/\n\s*\n/g, "\n\n")
}

/**
 * Every `##` heading that has a title and a text, in the order of the page. Text before the first
 * heading and HTML comments belong to the author and are never shown. Ids are unique in one page.
 */
export const parseMarkdown = (markdown: string): ReadonlyArray<Section> => {
  const headings: Array<{ title: string; lines: Array<string> }> = []
  let fenced = false
  for (const line of markdown.replace(comment, "").split(/\r?\n/)) {
    if (fence.test(line)) fenced = !fenced
    const found = fenced ? null : heading.exec(line)
    if (found) headings.push({ title: found[1] ?? "", lines: [] })
    else headings.at(-1)?.lines.push(line)
  }
  const ids = new Set<string>()
  return headings.flatMap(({ title, lines }) => {
    const text = unwrap(lines)
    if (title === "" || text === "") return []
    const id = unused(slug(title), ids)
    ids.add(id)
    return [{ id, title, text }]
  })
}
