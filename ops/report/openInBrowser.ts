import { spawn } from "node:child_process"
import * as Effect from "effect/Effect"

/** The desktop's own: of Linux and of macOS. */
const desktopPrograms = ["xdg-open", "open"] as const

/** One that stays, as a browser in the foreground does, has opened the file. */
const hasOpened = (program: string, file: string) =>
  Effect.callback<boolean>((resume) => {
    const child = spawn(program, [file], { stdio: "ignore", detached: true })
    child.once("error", () => resume(Effect.succeed(false)))
    child.once("exit", (code) => resume(Effect.succeed(code === 0)))
    child.unref()
  }).pipe(Effect.timeoutOrElse({ duration: "3 seconds", orElse: () => Effect.succeed(true) }))

/** Whether one of the programs, tried in their order, opened the file. */
export const openInBrowser = Effect.fnUntraced(function* (
  file: string,
  programs: ReadonlyArray<string> = desktopPrograms
) {
  for (const program of programs) {
    if (yield* hasOpened(program, file)) return true
  }
  return false
})
