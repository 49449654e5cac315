import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Answer, KnownAnswer } from "../../schema/Answer.ts"
import { answerFormOf } from "../../schema/chat/AnswerForm.ts"
import { judgeAnswer } from "../../schema/chat/judgeAnswer.ts"
import { askOwner } from "./askOwner.ts"
import type { Answered } from "./Exchange.ts"
import { answerNotUnderstood, type Notices } from "./Notices.ts"
import { OwnersCopy } from "./OwnersCopy.ts"
import type { Options, ToldAnswer } from "./Package.d.ts"
import type { Copy, Ended } from "./Passing.ts"
import { passThrough } from "./passThrough.ts"
import { nameIn, type ToldReading, toldIn } from "./ToldAnswer.ts"
import { Transcript } from "./Transcript.ts"
import { withoutBody } from "./Visit.ts"

/** The response for the visitor, and what is learned of it once it has ended. */
export interface Watched {
  readonly response: Response
  readonly answered: Effect.Effect<Answered, never, Notices>
}

const together = (copies: ReadonlyArray<Copy>): Copy => ({
  add: (chunk) => {
    for (const copy of copies) copy.add(chunk)
  },
  get isFull() {
    return copies.every(({ isFull }) => isFull)
  }
})

const unread: Pick<Transcript, "text" | "known" | "failed"> = {
  text: "",
  known: { matchType: "unknown" },
  failed: false
}

/** The owner's word counts before ours; a told text is judged as if it had been read. */
const answerIn = (
  { known, text }: ToldReading,
  read: Pick<Transcript, "text" | "known">,
  model: string | undefined
): Answer => {
  const { matchType, ...facts } = read.known
  const all: KnownAnswer = {
    ...facts,
    ...(text === undefined && matchType !== undefined ? { matchType } : {}),
    ...known,
    ...(model === undefined ? {} : { model })
  }
  return judgeAnswer(text ?? read.text, all)
}

/** Asks the handler and the options of the owner about this answer. */
const ownersWord = (
  request: Request,
  response: Response,
  { answer, model }: Options,
  handlers: () => ToldAnswer | undefined
) => {
  const copy = answer === undefined ? undefined : new OwnersCopy(response)
  const answerTold =
    copy === undefined
      ? Effect.succeed(undefined)
      : askOwner("answer", request, () => answer?.(copy.response, withoutBody(request)))
  const modelTold =
    typeof model === "function"
      ? askOwner("model", request, () => model(withoutBody(request), new Response(null, response)))
      : Effect.succeed(model)
  return {
    copy,
    word: Effect.gen(function* () {
      const read = toldIn(yield* answerTold)
      const { failed = read.failed, known, text = read.text } = toldIn(handlers())
      return {
        told: { failed, text, known: { ...read.known, ...known } },
        model: nameIn(yield* modelTold)
      }
    })
  }
}

/**
 * Learns the answer from the response, which goes to the visitor unchanged. A text that the handler
 * has told by now is not read again; the rest it may tell until the answer has ended.
 */
export const watchAnswer = Effect.fnUntraced(function* (
  request: Request,
  response: Response,
  options: Options,
  told: () => ToldAnswer | undefined
) {
  const clock = yield* Clock.Clock
  const now = () => clock.currentTimeMillisUnsafe()
  const type = response.headers.get("content-type")
  const isTold = told()?.text !== undefined
  const isReadable = !isTold && answerFormOf(type) !== undefined
  const transcript = isReadable
    ? new Transcript(type, response.headers.get("content-encoding"))
    : undefined
  const { copy: owners, word } = ownersWord(request, response, options, told)
  const copies = [transcript, owners].filter((copy) => copy !== undefined)

  const learn = Effect.fnUntraced(function* ({ endedAt, ending }: Ended) {
    owners?.end()
    if (transcript !== undefined) yield* Effect.promise(() => transcript.end())
    const read = transcript ?? unread
    const { model, told } = yield* word
    const failed = told.failed ?? read.failed
    const answer = answerIn(told, read, model)
    const isMissed = answer.matchType === "unknown" && told.known.matchType === undefined
    if (isMissed && !failed) yield* answerNotUnderstood(request, type, transcript?.fields ?? [])
    return {
      answer,
      answeredAt: endedAt,
      ending: failed ? "broken_off" : ending
    } satisfies Answered
  })

  const { body } = response
  if (body === null || copies.length === 0) {
    const ending = request.signal.aborted ? "visitor_left" : "complete"
    const answered = learn({ endedAt: now(), ending, isWhole: true })
    return { response, answered } satisfies Watched
  }
  const { signal } = request
  const passing = passThrough(body, together(copies), {
    now,
    signal,
    isMeasured: ["content-length", "content-encoding"].some((name) => response.headers.has(name))
  })
  return {
    response: new Response(passing.body, response),
    answered: Effect.flatMap(
      Effect.promise(() => passing.ended),
      learn
    )
  } satisfies Watched
})
