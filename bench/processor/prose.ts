import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { commentsOf, densest, sentencesOf } from "./sentences.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const isDocument = (path: string): boolean =>
  /\.md$/i.test(path) && !/(?:change|history|licen[cs]e|release|notice|_|CLAUDE)/i.test(path)

const isCommentedSource = (path: string): boolean =>
  /^effect\/src\/.*\.ts$/.test(path) ||
  /^@aws-sdk\/client-[a-z]+\/dist-types\/(?:models|commands)\/.*\.d\.ts$/.test(path)

/** Sorts sentences by their hashes: a fixed order that keeps no source together. */
const mixed = (sentences: ReadonlyArray<string>): ReadonlyArray<string> =>
  sentences
    .map((sentence) => ({ sentence, place: createHash("sha1").update(sentence).digest("hex") }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ sentence }) => sentence)

const upTo = (sentences: ReadonlyArray<string>, length: number): ReadonlyArray<string> => {
  let total = 0
  return sentences.filter((sentence) => {
    total += sentence.length + 1
    return total <= length
  })
}

const readSentences = (): ReadonlyArray<string> => {
  const paths = readdirSync(`${root}node_modules`, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules/"))
    .sort()
  const read = (path: string): string => readFileSync(`${root}node_modules/${path}`, "utf8")
  return densest([
    ...paths.filter(isDocument).flatMap((path) => sentencesOf(read(path))),
    ...paths.filter(isCommentedSource).flatMap((path) => sentencesOf(commentsOf(read(path))))
  ])
}

let sentences: ReadonlyArray<string> | undefined

/**
 * Dense, varied English: the sentences with the rarest words among all documentation that npm
 * installed (two megabytes of READMEs and of the comments of Effect and the AWS clients), each once
 * and mixed. Exact versions make it the same text on every machine.
 */
export const readProse = (length: number): string => {
  sentences ??= readSentences()
  return mixed(upTo(sentences, length)).join(" ")
}
