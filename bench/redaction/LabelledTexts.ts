/** The labelled texts of this folder, read from their marks. */
import { readdirSync, readFileSync } from "node:fs"
import type { Span } from "../../src/schema/redaction/Recogniser.ts"

export interface LabelledText {
  readonly text: string
  readonly spans: ReadonlyArray<Span>
}

const mark = /⟦([a-z-]+):([\s\S]*?)⟧/g

/** `⟦label:value⟧` becomes the value and its span; a `¦` vanishes. */
export const labelledText = (marked: string): LabelledText => {
  const source = marked.replaceAll("¦", "")
  const spans: Array<Span> = []
  let text = ""
  let from = 0
  for (const { 0: whole, 1: label, 2: value = "", index } of source.matchAll(mark)) {
    text += source.slice(from, index)
    spans.push({
      start: text.length,
      end: text.length + value.length,
      label: label as Span["label"]
    })
    text += value
    from = index + whole.length
  }
  return { text: text + source.slice(from), spans }
}

const folder = new URL("./", import.meta.url)

const textsIn = (path: string): ReadonlyArray<LabelledText> => {
  const byTopic: Readonly<Record<string, ReadonlyArray<string>>> = JSON.parse(
    readFileSync(new URL(path, folder), "utf8")
  )
  return Object.values(byTopic).flat().map(labelledText)
}

/** Tuned texts were at hand while the redactor was written; unseen ones were never tuned on. */
export const labelledTexts = () => ({
  tuned: readdirSync(new URL("tuned/", folder)).flatMap((name) => textsIn(`tuned/${name}`)),
  unseen: textsIn("unseen.json")
})
