import { spawn } from "node:child_process"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { encodeMime } from "../../src/layers/ses/MimeMessage.ts"
import type { EmailMessage } from "../../src/schema/EmailMessage.ts"

/** Writes an e-mail as three files. They may quote visitors, so only their owner can read them. */
export const writePreview = Effect.fn("Preview.write")(
  function* (folder: string, message: EmailMessage) {
    const [files, path] = [yield* FileSystem.FileSystem, yield* Path.Path]
    yield* files.makeDirectory(folder, { recursive: true })
    const write = (type: string, content: Uint8Array) => {
      const file = path.join(folder, `report.${type}`)
      // an overwritten file would keep its mode
      return files
        .remove(file, { force: true })
        .pipe(Effect.andThen(files.writeFile(file, content, { mode: 0o600 })), Effect.as(file))
    }
    const utf8 = new TextEncoder()
    return {
      html: yield* write("html", utf8.encode(message.html)),
      txt: yield* write("txt", utf8.encode(message.text)),
      eml: yield* write("eml", yield* encodeMime(message))
    }
  },
  (effect, folder) => Effect.mapError(effect, rejectedAs(folder, "cannot be written"))
)

/** The desktop programs of Linux and macOS. */
const desktopPrograms = ["xdg-open", "open"] as const

/** Counts a program that keeps running as success, because a browser in the foreground does. */
const hasOpened = (program: string, file: string) =>
  Effect.callback<boolean>((resume) => {
    const child = spawn(program, [file], { stdio: "ignore", detached: true })
    child.once("error", () => resume(Effect.succeed(false)))
    child.once("exit", (code) => resume(Effect.succeed(code === 0)))
    child.unref()
  }).pipe(Effect.timeoutOrElse({ duration: "3 seconds", orElse: () => Effect.succeed(true) }))

/** Tries the programs in order; false when none opened the file. */
export const openInBrowser = Effect.fnUntraced(function* (
  file: string,
  programs: ReadonlyArray<string> = desktopPrograms
) {
  for (const program of programs) {
    if (yield* hasOpened(program, file)) return true
  }
  return false
})
