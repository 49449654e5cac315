import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { howToInstall, type Tool } from "./Tool.ts"

export interface CommandLine {
  readonly tool: Tool
  readonly args: ReadonlyArray<string>
  /** A secret leaves this process here and nowhere else. */
  readonly stdin?: Redacted.Redacted
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>
  /** Prints each line as it comes; for commands that take long and print no secret. */
  readonly shown?: boolean
}

export interface Answer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs other programs. Every exit code is an answer, which the caller judges. */
export class Commands extends Context.Service<
  Commands,
  { readonly run: (command: CommandLine) => Effect.Effect<Answer, DeployFault> }
>()("deploy/Commands") {}

export const toolMissing = (tool: Tool) =>
  new DeployFault({
    what: `${tool} is not installed, or not in PATH.`,
    mend: howToInstall[tool]
  })

/** The answer, whatever the exit code; fails only when the tool is missing. */
export const attempt = (command: CommandLine) => Commands.use(({ run }) => run(command))

/** The printed output; explains any exit code other than 0. */
export const runTool = Effect.fnUntraced(function* (command: CommandLine) {
  const answer = yield* attempt(command)
  return answer.exitCode === 0 ? answer.stdout : yield* explain(command, answer)
})

const needsQuotes = /[^\w@%+=:,./-]/

/** The command as a person would type it. */
export const inWords = ({ args, environment = {}, tool }: CommandLine): string =>
  [...Object.entries(environment).map((variable) => variable.join("=")), tool, ...args]
    .map((word) =>
      word === "" || needsQuotes.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word
    )
    .join(" ")
