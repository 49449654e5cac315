/** How an answer comes, as far as its content type tells. */
export type AnswerForm = "events" | "lines" | "json" | "text"

const forms: ReadonlyArray<readonly [RegExp, AnswerForm]> = [
  [/^text\/event-stream$/, "events"],
  [/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|stream\+json|json-seq)$/, "lines"],
  [/^application\/(?:[\w.-]+\+)?json$/, "json"],
  [/^text\/(?:plain|(?:x-)?markdown)$/, "text"]
]

/** Returns `undefined` for pages, pictures and other files; a body without a type may be text. */
export const answerFormOf = (contentType: string | null): AnswerForm | undefined => {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? ""
  return type === "" ? "text" : forms.find(([pattern]) => pattern.test(type))?.[1]
}
