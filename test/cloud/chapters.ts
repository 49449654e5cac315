/** Chapters of one account: each goes on from what the one before has left there. */
import type { NodeServices } from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import { claim, type Finding } from "../examples/Finding.ts"

export type Chapter<Account> = (
  account: Account
) => Effect.Effect<ReadonlyArray<Finding>, unknown, NodeServices | Scope.Scope>

/** Keeps the lines until the end, so that those of two accounts do not mix. */
const inOnePiece = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const lines: Array<unknown> = []
    const collected: Console.Console = Object.assign(Object.create(globalThis.console), {
      log: (line: unknown) => lines.push(line)
    })
    return Effect.provideService(work, Console.Console, collected).pipe(
      Effect.ensuring(Effect.suspend(() => Console.log(`\n${lines.join("\n")}`)))
    )
  })

const notRun = (name: string): Effect.Effect<Finding> =>
  Effect.as(Console.log(`\nnot run ${name}`), { sentence: name, fault: "not run" })

/** A chapter that ends early is a claim that fails, and so is each that cannot go on from it. */
export const tellChapters = Effect.fnUntraced(function* <Account>(
  all: Readonly<Record<string, Chapter<Account>>>,
  account: Account
) {
  const findings: Array<Finding> = []
  let isOver = false
  const tell = Effect.fnUntraced(function* (name: string, chapter: Chapter<Account>) {
    yield* Console.log(name)
    const exit = yield* Effect.exit(chapter(account))
    isOver = Exit.isFailure(exit)
    return Exit.isSuccess(exit) ? exit.value : [yield* claim(`${name} runs to its end`, exit)]
  })
  for (const [name, chapter] of Object.entries(all)) {
    if (isOver) findings.push(yield* notRun(name))
    else findings.push(...(yield* inOnePiece(tell(name, chapter))))
  }
  return findings
})
