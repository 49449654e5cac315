/** `ops gaps`: the flags that its commands share, and the files that they name. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { optionalText } from "../../cli/flags.ts"
import { failWith } from "../../cli/runCommandLine.ts"
import { installationFlags } from "../installation/installationFlags.ts"
import { type Gap, idsOf } from "./Gap.ts"
import { type GapFile, readGaps, writeGaps } from "./GapFile.ts"

export const gapFlags = {
  knowledge: Flag.String("knowledge").pipe(
    Flag.withDescription("folder of the knowledge base"),
    Flag.withDefault("examples/cv-chatbot/knowledge")
  ),
  file: optionalText("file", "file of the gaps (default: gaps.jsonl beside the knowledge base)")
}
export type GapFlags = Command.Command.Config.Infer<typeof gapFlags>

export const gaps = Command.make("gaps").pipe(
  Command.withSharedFlags({ ...installationFlags, ...gapFlags })
)

export const fileOf = ({ file, knowledge }: GapFlags) =>
  Effect.map(Path.Path, (path) =>
    Option.getOrElse(file, () => path.join(path.dirname(knowledge), "gaps.jsonl"))
  )

/** The file that earlier runs have written. */
export const openGaps = Effect.gen(function* () {
  const file = yield* fileOf(yield* gaps)
  const opened = yield* readGaps(file)
  return opened.text === undefined
    ? yield* failWith(`there is no ${file} yet: npm run ops -- gaps list writes it`)
    : opened
})

/** The gap that has this id, under whatever name it was known. */
export const gapOf = ({ file, gaps }: GapFile, id: string) => {
  const gap = gaps.find((one) => idsOf(one).includes(id))
  return gap === undefined
    ? failWith(`${file} has no gap ${id}: npm run ops -- gaps list prints their ids`)
    : Effect.succeed(gap)
}

/** Replaces one gap, and takes others out. */
export const replaceGap = (file: GapFile, gap: Gap, next: Gap, without: ReadonlySet<Gap>) =>
  writeGaps(
    file,
    file.gaps.filter((one) => !without.has(one)).map((one) => (one === gap ? next : one))
  )
