import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { toggle } from "../../cli/flags.ts"
import { failWith } from "../../cli/runCommandLine.ts"
import { harmless } from "../../cli/wording.ts"
import type { Installation } from "../installation/Installation.ts"
import { manual } from "../manual.ts"
import { metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { letterText, unseenText } from "./deadLetterText.ts"
import { onDeadLetters } from "./dlq.ts"

const show = Effect.fn("dlq.show")(function* (
  installation: Installation,
  { content, id, json }: { readonly id: string; readonly content: boolean; readonly json: boolean }
) {
  const looking = yield* look(yield* installation.deadLetters)
  const found = yield* looking.batches.pipe(
    Stream.flatMap(Stream.fromIterable),
    Stream.filter(({ messageId }) => messageId === id),
    Stream.runHead
  )
  if (Option.isNone(found)) {
    const unseen = unseenText(yield* looking.unseen).replace("\n", " ")
    return yield* failWith(`there is no dead letter ${id}.${unseen}`)
  }
  const letter = metadataOf(found.value, yield* Clock.currentTimeMillis)
  const { body } = found.value
  yield* Console.log(
    json
      ? harmless(JSON.stringify({ ...letter, ...(content && { body }) }))
      : letterText(letter, content ? body : undefined)
  )
})

const input = {
  id: Argument.String("id").pipe(Argument.withDescription("message id, as ops dlq list prints it")),
  content: toggle("content", "also print the body: what a visitor wrote, or the answer")
}

export const showCommand = Command.make("show", input, (given) =>
  onDeadLetters((installation, { json }) => show(installation, { ...given, json }))
).pipe(
  manual({
    short: "show one dead letter",
    long:
      "Prints one dead letter and the part of the contract that it breaks. It prints the content " +
      "only with --content.",
    examples: {
      "dlq show 6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11 --local": "why it failed",
      "dlq show 6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11 --content": "also what it says"
    }
  })
)
