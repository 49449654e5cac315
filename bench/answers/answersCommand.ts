import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { optionalText, toggle } from "../../cli/flags.ts"
import { failWith, inOneLine } from "../../cli/runCommandLine.ts"
import { makeJudge } from "../../src/schema/chat/judge/Judge.ts"
import { saysUnknown } from "../../src/schema/chat/judgeAnswer.ts"
import { benchCommand } from "../benchCommand.ts"
import { type Measure, tableOf } from "../Measure.ts"
import { announce, step } from "../step.ts"
import { answerRows } from "./answerRows.ts"
import { costRows } from "./costRows.ts"
import {
  corpusFiles,
  type LabelledAnswer,
  labelledAnswers,
  unseenAnswers
} from "./LabelledAnswers.ts"
import { train } from "./training/train.ts"
import { writeJudge } from "./training/writeJudge.ts"

interface Part {
  readonly name: string
  readonly texts: number
  readonly measures: ReadonlyArray<Measure>
}

const judged = (answers: ReadonlyArray<LabelledAnswer>, says = saysUnknown) =>
  answers.map((answer) => ({ ...answer, judged: says(answer.text) }))

const fileParts = Effect.fnUntraced(function* (file: string) {
  const fileSystem = yield* FileSystem.FileSystem
  const csv = yield* fileSystem
    .readFileString(file)
    .pipe(Effect.mapError(rejectedAs(file, "cannot be read")), inOneLine)
  const answers = labelledAnswers(csv)
  if (typeof answers === "string") return yield* failWith(`${file}: ${answers}`)
  return [{ name: file, texts: answers.length, measures: answerRows(judged(answers)) }]
})

const allParts = Effect.fnUntraced(function* (isWritten: boolean) {
  announce("training, five times with a fifth held out")
  const { crossValidated, judge } = train()
  if (isWritten) writeJudge(judge)
  const { refusal } = makeJudge(judge)
  const says = isWritten ? (text: string) => refusal(text) > 0 : saysUnknown
  const fitted = [...corpusFiles().values()].flat()
  const unseen = unseenAnswers()
  const cost = yield* step("cost", costRows)
  const parts: ReadonlyArray<Part> = [
    { name: "Fitted on", texts: fitted.length, measures: answerRows(judged(fitted, says)) },
    {
      name: "Held out in turn, by judges that had not seen them",
      texts: crossValidated.length,
      measures: answerRows(crossValidated)
    },
    {
      name: "Written by somebody who has seen neither the judge nor its texts",
      texts: unseen.length,
      measures: answerRows(judged(unseen, says), true)
    },
    { name: "Cost", texts: 0, measures: cost }
  ]
  return parts
})

const measure = Effect.fn("bench answers")(function* (given: {
  readonly file: Option.Option<string>
  readonly train: boolean
}) {
  const parts: ReadonlyArray<Part> = Option.isSome(given.file)
    ? yield* fileParts(given.file.value)
    : yield* allParts(given.train)
  return { bench: "answers" as const, parts }
})

export const answersCommand = benchCommand("answers", {
  short: "measure how well refusals are told from answers",
  description:
    "Judges labelled chatbot texts, beside the twelve expressions that came before: the share of " +
    "the refusals that is found, and of the answers that is taken for refusals.",
  flags: {
    file: optionalText("file", "labelled texts, a CSV with the columns text,refused"),
    train: toggle("train", "write the judge that is trained anew")
  },
  measure,
  printed: ({ parts }) =>
    parts
      .map(({ measures, name, texts }) =>
        [texts === 0 ? name : `${name}, ${texts} texts`, tableOf(measures, "former")].join("\n")
      )
      .join("\n\n"),
  rows: ({ parts }) => parts.flatMap(({ measures }) => measures)
})
