import { createInterface } from "node:readline"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Typed } from "./Typed.ts"

/** From standard input, so that it can be piped in; its end is an empty answer. */
export const layer = Layer.effect(
  Typed,
  Effect.sync(() => {
    const waiting: Array<(line: string) => void> = []
    const lines: Array<string> = []
    let over = false
    const open = () => {
      const reader = createInterface({ input: process.stdin })
      reader.on("line", (line) => {
        const next = waiting.shift()
        if (next === undefined) lines.push(line)
        else next(line)
      })
      reader.on("close", () => {
        over = true
        for (const next of waiting.splice(0)) next("")
      })
      return reader
    }
    let reader: ReturnType<typeof open> | undefined
    const line = (question: string) =>
      Effect.callback<string>((resume) => {
        reader ??= open()
        process.stderr.write(question)
        const ready = lines.shift()
        if (ready !== undefined || over) return resume(Effect.succeed(ready ?? ""))
        waiting.push((answer) => resume(Effect.succeed(answer)))
        return Effect.sync(() => reader?.close())
      })
    return Typed.of({ line })
  })
)
