import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"
import { optionalText } from "../../cli/flags.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { manual } from "../manual.ts"
import { firstText, modelFlags } from "./draftModel.ts"
import { draftText } from "./draftText.ts"
import { idArgument } from "./editCommands.ts"
import { inState, textsOf } from "./Gap.ts"
import { gapOf, gaps, openGaps, replaceGap } from "./gaps.ts"
import { nearestSections, sectionsIn } from "./knowledge.ts"

const flags = {
  id: idArgument,
  out: optionalText("out", "the new file (default: drafts/ID.md beside the file of the gaps)"),
  append: optionalText("append", "a file that the section is added to"),
  ...modelFlags
}
type Input = Command.Command.Config.Infer<typeof flags>

/** Quotes visitors until its owner has cleaned it up. */
const mode = 0o600

const existsAlready = "exists already: fill it in, remove it, or name another file with --out"

/** A new file, which never takes another's place, or the end of a given one. */
const write = Effect.fnUntraced(
  function* (file: string, text: string, isNew: boolean) {
    const [files, path] = [yield* FileSystem.FileSystem, yield* Path.Path]
    if (!isNew) {
      const known = yield* files.readFileString(file)
      const gap = known === "" || known.endsWith("\n\n") ? "" : known.endsWith("\n") ? "\n" : "\n\n"
      return yield* files.writeFileString(file, `${gap}${text}`, { flag: "a" })
    }
    if (yield* files.exists(file)) {
      return yield* new FileRejected({ file, detail: existsAlready })
    }
    yield* files.makeDirectory(path.dirname(file), { recursive: true })
    yield* files.writeFileString(file, text, { flag: "wx", mode })
  },
  (effect, file) => Effect.mapError(effect, rejectedAs(file, "cannot be written"))
)

const noSections = (folder: string): string =>
  `${folder} holds no sections: a section is a "## heading" with a text below it, in a .md file`

const run = Effect.fn("gaps.draft")(function* ({ append, id, out, ...model }: Input) {
  if (Option.isSome(out) && Option.isSome(append)) {
    return yield* refuse("--out and --append exclude each other")
  }
  const { json, knowledge } = yield* gaps
  const opened = yield* openGaps
  const gap = yield* gapOf(opened, id)
  const sections = yield* sectionsIn(knowledge)
  if (sections.length === 0) {
    if (Option.isSome(model.model)) return yield* failWith(noSections(knowledge))
    yield* Console.error(noSections(knowledge))
  }
  const nearest = nearestSections(sections, textsOf(gap))
  const text = yield* firstText(model, textsOf(gap), nearest)
  const path = yield* Path.Path
  const file = Option.getOrElse(
    Option.orElse(append, () => out),
    () => path.join(path.dirname(opened.file), "drafts", `${gap.id}.md`)
  )
  yield* write(file, draftText({ gap, nearest, text }), Option.isNone(append))
  const next = inState(gap, "drafted", yield* Clock.currentTimeMillis)
  yield* replaceGap(opened, gap, next, new Set())
  const known = Option.isSome(model.model) && text === undefined
  yield* Console.log(
    json
      ? JSON.stringify({ id: gap.id, file, nearest: nearest.length, hasText: text !== undefined })
      : `${gap.id} is drafted in ${file}: fill it in, and put it into ${knowledge}.` +
          (known ? "\nThe model found no answer in the sections." : "")
  )
}, inOneLine)

export const draftCommand = Command.make("draft", flags, run).pipe(
  manual({
    short: "write a section that the owner fills in",
    long:
      "Writes a Markdown section with the wordings of a gap, the nearest sections of the " +
      "knowledge base with their scores, and what the bot said. With --model it has a first " +
      "text, which a model wrote from these sections alone; the wordings are redacted before.",
    examples: {
      "gaps draft 2026-W47-3": "drafts/2026-W47-3.md",
      "gaps draft 2026-W47-3 --append drafts.md": "at the end of a page",
      "gaps draft 2026-W47-3 --model llama3.2 --model-url http://127.0.0.1:11434/v1":
        "with a first text"
    }
  })
)
