/** Trains the judge, and judges each text of the corpus by one that has not seen its part. */
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { isEnglish, makeJudge, type PackedJudge } from "../../../src/schema/chat/judge/Judge.ts"
import type { JudgedAnswer } from "../answerRows.ts"
import { corpusFiles, type LabelledAnswer } from "../LabelledAnswers.ts"
import type { Example } from "./Regression.ts"
import { templateTexts } from "./templateTexts.ts"
import { exampleOf, trainJudge } from "./trainJudge.ts"
import { wordList } from "./wordList.ts"

const folds = 5
/** Written texts count twice, because they are harder than those made from templates. */
const perTemplate = 4
/** The share of the held-out answers that is taken for refusals. */
const takenShare = 0.045

interface Part extends LabelledAnswer {
  readonly fold: number
  readonly example: Example
}

type Summed = LabelledAnswer & { readonly sum: number }

/** Each file leaves out the same fifth, because languages tell the same stories in one order. */
const partsOf = (words: ReadonlyMap<number, number>): ReadonlyArray<Part> =>
  [...corpusFiles().values()].flatMap((answers) =>
    answers.map((answer, index) => ({
      ...answer,
      fold: Math.floor((index * folds) / answers.length),
      example: exampleOf(answer, words)
    }))
  )

/** The lowest sum that so few answers exceed. */
const limitOf = (judged: ReadonlyArray<Summed>): number => {
  const sums = judged.filter(({ refused }) => !refused).map(({ sum }) => sum)
  sums.sort((one, other) => other - one)
  return sums[Math.floor(sums.length * takenShare)] ?? 0
}

const prepared = () => {
  const templates = templateTexts(perTemplate)
  const words = wordList(
    [...[...corpusFiles().values()].flat(), ...templates].map(({ text }) => text)
  )
  const made = templates.map((answer) => exampleOf(answer, words))
  const parts = partsOf(words)
  const trained = (of: (part: Part) => boolean): PackedJudge => {
    const written = parts.filter(of).map(({ example }) => example)
    return trainJudge([...written, ...written, ...made], words)
  }
  return { parts, trained }
}

export interface Training {
  readonly judge: PackedJudge
  readonly crossValidated: ReadonlyArray<JudgedAnswer>
}

/** The final judge knows all texts; its limits are those of the texts that were held out. */
export const train = (): Training => {
  const { parts, trained } = prepared()
  const sums: Array<Summed> = []
  for (let fold = 0; fold < folds; fold++) {
    const { refusal } = makeJudge(trained((part) => part.fold !== fold))
    for (const part of parts) {
      if (part.fold === fold) sums.push({ ...part, sum: refusal(part.text) })
    }
  }
  const english = limitOf(sums.filter(({ text }) => isEnglish(text)))
  const other = limitOf(sums.filter(({ text }) => !isEnglish(text)))
  const judge = trained(() => true)
  const moved = (limit: number): number => Number((judge.bias.english - limit).toFixed(3))
  return {
    judge: { ...judge, bias: { english: moved(english), other: moved(other) } },
    crossValidated: sums.map((answer) => ({
      ...answer,
      judged: answer.sum > (isEnglish(answer.text) ? english : other)
    }))
  }
}

const inputs = ["corpus/", "templates/"]

/** Changes with every text and word that the judge is trained on. */
export const inputsHash = (): string => {
  const hash = createHash("sha256")
  const add = (path: string): void => {
    hash.update(path).update(readFileSync(new URL(`../${path}`, import.meta.url)))
  }
  add("words.txt")
  for (const folder of inputs) {
    for (const name of readdirSync(new URL(`../${folder}`, import.meta.url)).sort()) {
      if (!name.endsWith(".md")) add(folder + name)
    }
  }
  return hash.digest("hex").slice(0, 16)
}
