/** Writes the trained judge as the module that judges answers at the edge. */
import { writeFileSync } from "node:fs"
import type { PackedJudge } from "../../../src/schema/chat/judge/Judge.ts"
import { inputsHash } from "./train.ts"

const file = new URL("../../../src/schema/chat/judge/trainedJudge.ts", import.meta.url)

/** Base64 may be broken anywhere. */
const broken = (packed: string): string => `\`\n${packed.match(/.{1,96}/g)?.join("\n")}\``

export const writeJudge = ({ bias, classes, levels, traits, words }: PackedJudge): void => {
  const text = `/**
 * Made by \`npm run bench -- answers --train\` from the texts and words of bench/answers, which
 * have the hash below. Judge.ts says what the parts mean.
 */
import type { PackedJudge } from "./Judge.ts"

export const trainedFrom = "${inputsHash()}"

export const trainedJudge: PackedJudge = {
  classes: ${classes},
  levels: [${levels.join(", ")}],
  bias: { english: ${bias.english}, other: ${bias.other} },
  words: ${broken(words)},
  traits: ${broken(traits)}
}
`
  writeFileSync(file, text)
}
