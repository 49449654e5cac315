import * as Effect from "effect/Effect"
import { Check } from "./Check.ts"
import { Commands, type Tool } from "./Commands.ts"
import { howToInstall } from "./runTool.ts"

interface Expected {
  readonly tool: Tool
  readonly args: ReadonlyArray<string>
  /** By major version, where older majors than the last are still good. */
  readonly atLeast: ReadonlyArray<readonly [major: number, minor: number]>
}

export const expectedTools: ReadonlyArray<Expected> = [
  { tool: "node", args: ["--version"], atLeast: [[20, 0]] },
  { tool: "terraform", args: ["version", "-json"], atLeast: [[1, 10]] },
  // the first of each that has EventBridge Scheduler
  {
    tool: "aws",
    args: ["--version"],
    atLeast: [
      [1, 27],
      [2, 9]
    ]
  },
  { tool: "wrangler", args: ["--version"], atLeast: [[4, 36]] }
]

const versionIn = /(\d+)\.(\d+)\.\d+/

const isEnough = (atLeast: Expected["atLeast"], major: number, minor: number): boolean => {
  const newest = atLeast.at(-1)?.[0] ?? 0
  if (major > newest) return true
  return atLeast.some(([ofMajor, least]) => major === ofMajor && minor >= least)
}

const judge = ({ atLeast, tool }: Expected, printed: string): Check => {
  const [version, major, minor] = versionIn.exec(printed) ?? []
  const needed = atLeast.map((parts) => parts.join(".")).join(" or ")
  return version !== undefined && isEnough(atLeast, Number(major), Number(minor))
    ? Check.Good({ subject: tool, text: version })
    : Check.Bad({
        subject: tool,
        what: `${version ?? "its version"} is too old, or unknown; needed is ${needed}.`,
        mend: howToInstall(tool)
      })
}

/** Each tool with its version; all of them are looked at, whatever is missing. */
export const checkTools = Effect.forEach(expectedTools, (expected) =>
  Effect.flatMap(Commands, ({ run }) => run(expected)).pipe(
    Effect.map(({ stderr, stdout }) => judge(expected, `${stdout}${stderr}`)),
    Effect.catch(({ message, tool }) =>
      Effect.succeed(Check.Bad({ subject: tool, what: `${message}.`, mend: howToInstall(tool) }))
    )
  )
)
