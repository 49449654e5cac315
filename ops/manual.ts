import * as Command from "effect/cli/Command"

interface Manual {
  /** Completes the list of commands: a verb in lower case, no full stop. */
  readonly short: string
  readonly long: string
  /** Descriptions by the words after `npm run ops --`. */
  readonly examples: Readonly<Record<string, string>>
}

/** Gives a command its help; an example with a pipe silences npm, which writes to stdout too. */
export const manual =
  ({ examples, long, short }: Manual) =>
  <Name extends string, Input, Context, E, R>(
    command: Command.Command<Name, Input, Context, E, R>
  ) =>
    command.pipe(
      Command.withDescription(long),
      Command.withShortDescription(short),
      Command.withExamples(
        Object.entries(examples).map(([words, description]) => ({
          command: `npm run ${words.includes("|") ? "-s ops" : "ops"} -- ${words}`,
          description
        }))
      )
    )
