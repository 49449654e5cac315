import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"

export type Tool = "terraform" | "aws" | "wrangler" | "node"

export interface CommandLine {
  readonly tool: Tool
  readonly args: ReadonlyArray<string>
  /** The only way by which a secret leaves this process. */
  readonly stdin?: Redacted.Redacted
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>
  /** Its lines are shown as they come; for commands that take long and print no secret. */
  readonly shown?: boolean
}

export interface Answer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export class ToolMissing extends Data.TaggedError("ToolMissing")<{ readonly tool: Tool }> {
  override get message() {
    return `${this.tool} is not installed, or not in PATH`
  }
}

/** Runs other programs; a command that ends badly has answered, and is judged by its caller. */
export class Commands extends Context.Service<
  Commands,
  { readonly run: (command: CommandLine) => Effect.Effect<Answer, ToolMissing> }
>()("deploy/Commands") {}

const needsQuotes = /[^\w@%+=:,./-]/

/** As a person would type it. */
export const inWords = ({ args, environment = {}, tool }: CommandLine): string =>
  [...Object.entries(environment).map((variable) => variable.join("=")), tool, ...args]
    .map((word) =>
      word === "" || needsQuotes.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word
    )
    .join(" ")
