import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { toggle } from "../../cli/flags.ts"
import { inOneLine } from "../../cli/runCommandLine.ts"
import { harmless } from "../../cli/wording.ts"
import { metadataOf } from "./DeadLetter.ts"
import { look } from "./DeadLetters.ts"
import { letterText, unseenText } from "./deadLetterText.ts"
import { dlq, openQueues } from "./dlq.ts"

class DeadLetterUnknown extends Data.TaggedError("DeadLetterUnknown")<{
  readonly messageId: string
  readonly unseen: number
}> {
  override get message() {
    return `there is no dead letter ${this.messageId}.${unseenText(this.unseen).replace("\n", " ")}`
  }
}

const show = Effect.fnUntraced(
  function* ({ content, id }: { readonly id: string; readonly content: boolean }) {
    const { json } = yield* dlq
    const looking = yield* look(yield* (yield* openQueues).deadLetters)
    const found = yield* looking.batches.pipe(
      Stream.flatMap(Stream.fromIterable),
      Stream.filter(({ messageId }) => messageId === id),
      Stream.runHead
    )
    if (Option.isNone(found)) {
      return yield* new DeadLetterUnknown({ messageId: id, unseen: yield* looking.unseen })
    }
    const letter = metadataOf(found.value, yield* Clock.currentTimeMillis)
    const { body } = found.value
    yield* Console.log(
      json
        ? harmless(JSON.stringify({ ...letter, ...(content && { body }) }))
        : letterText(letter, content ? body : undefined)
    )
  },
  Effect.scoped,
  inOneLine
)

export const showCommand = Command.make(
  "show",
  {
    id: Argument.String("id").pipe(Argument.withDescription("message id, as list prints it")),
    content: toggle(
      "content",
      "print the message's body too: what a visitor wrote, or was answered"
    )
  },
  show
).pipe(
  Command.withDescription(
    "One dead letter with which part of the contract does not hold. Its content is printed only " +
      "with --content."
  ),
  Command.withShortDescription("one dead letter, whole"),
  Command.withExamples([
    {
      command: "npm run ops -- dlq show 6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11 --local",
      description: "why it failed"
    },
    {
      command: "npm run ops -- dlq show 6f1b0f0e-8c1d-4d51-9c39-0f6d8a4f2c11 --content",
      description: "and what it says"
    }
  ])
)
