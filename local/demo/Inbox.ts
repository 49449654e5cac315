/** The reports that the demo's mail service took. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { LocalSystem } from "../LocalSystem.ts"

const Inbox = Schema.Struct({
  emails: Schema.Array(
    Schema.Struct({ subject: Schema.String, body: Schema.Struct({ text: Schema.String }) })
  )
})
export type Mail = (typeof Inbox.Type)["emails"][number]

/** The daily run may warn of the hours of this week that the demo plays later; it is no report. */
export const isWarning = (subject = ""): boolean => subject.includes("No question has arrived")

/** Reads them in the order of their arrival. */
export const readInbox = ({ inboxUrl }: Pick<LocalSystem, "inboxUrl">) =>
  Effect.promise(async (signal) => {
    const response = await fetch(`${inboxUrl}/store`, { signal })
    return response.json()
  }).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Inbox)),
    Effect.map(({ emails }) => emails.filter(({ subject }) => !isWarning(subject)))
  )

/** The words of a right report; its subject begins with the number of questions. */
export interface Expected {
  readonly questions: number
  readonly texts: ReadonlyArray<string>
}

export const isRight = (mail: Mail | undefined, { questions, texts }: Expected): boolean => {
  const text = mail?.body.text.replace(/\s+/g, " ") ?? ""
  return (
    Number.parseInt(mail?.subject.replaceAll(",", "") ?? "", 10) === questions &&
    texts.every((expected) => text.includes(expected))
  )
}
