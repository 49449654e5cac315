/** Examines everything that a deployment needs together, so that it does not stop half-way. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Aws from "./Aws.ts"
import { Check, isGood, orBad } from "./Check.ts"
import { attempt, howToInstall, type Tool } from "./Commands.ts"
import { checkAccount, checkAws } from "./checkAws.ts"
import { checkVariables } from "./checkVariables.ts"
import type { Step } from "./Part.ts"
import type { Target } from "./Target.ts"

interface NeededTool {
  readonly tool: Tool
  readonly args: ReadonlyArray<string>
  /** The least minor version of each major version that will do. */
  readonly atLeast: ReadonlyArray<readonly [major: number, minor: number]>
}

// versions of the AWS CLI before these lack EventBridge Scheduler
const leastAws = [
  [1, 27],
  [2, 9]
] as const

const neededTools: ReadonlyArray<NeededTool> = [
  { tool: "node", args: ["--version"], atLeast: [[20, 0]] },
  { tool: "terraform", args: ["version", "-json"], atLeast: [[1, 10]] },
  { tool: "aws", args: ["--version"], atLeast: leastAws },
  { tool: "wrangler", args: ["--version"], atLeast: [[4, 36]] }
]

const isEnough = (atLeast: NeededTool["atLeast"], major: number, minor: number): boolean =>
  major > (atLeast.at(-1)?.[0] ?? 0) ||
  atLeast.some(([ofMajor, least]) => major === ofMajor && minor >= least)

const judgeTool = ({ atLeast, tool }: NeededTool, printed: string): Check => {
  const [version, major, minor] = /(\d+)\.(\d+)\.\d+/.exec(printed) ?? []
  const needed = atLeast.map((parts) => parts.join(".")).join(" or ")
  return version !== undefined && isEnough(atLeast, Number(major), Number(minor))
    ? Check.Good({ subject: tool, text: version })
    : Check.Bad({
        subject: tool,
        what: `${version ?? "its version"} is too old, or unknown; needed is ${needed}.`,
        mend: howToInstall[tool]
      })
}

const checkTools = Effect.forEach(neededTools, (needed) =>
  orBad(
    needed.tool,
    Effect.map(attempt(needed), ({ stderr, stdout }) => judgeTool(needed, `${stdout}${stderr}`))
  )
)

const WhoAmI = Schema.fromJsonString(
  Schema.Struct({
    loggedIn: Schema.Boolean,
    accounts: Schema.optionalKey(
      Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String }))
    )
  })
)

const subject = "Cloudflare"

const loggedOut = Check.Bad({
  subject,
  what: "wrangler is not logged in.",
  mend: "npx wrangler login, or set CLOUDFLARE_API_TOKEN."
})

const judgeLogin = (
  { accounts = [], loggedIn }: typeof WhoAmI.Type,
  wanted: string | undefined
): Check => {
  if (!loggedIn) return loggedOut
  const names = accounts.map(({ id, name }) => `${id} (${name})`).join(", ")
  const chosen = wanted === undefined ? accounts : accounts.filter(({ id }) => id === wanted)
  if (chosen.length === 1) return Check.Good({ subject, text: `logged in: ${names}` })
  return Check.Bad({
    subject,
    what:
      wanted === undefined
        ? `this login has ${accounts.length} accounts: ${names}.`
        : `this login does not have the account ${wanted}, but ${names}.`,
    mend: 'Name the one in deploy.json: "cloudflareAccount": "<id>".'
  })
}

/** wrangler answers in JSON whether it is logged in or not, and fails when it is not. */
const checkCloudflare = (wanted: string | undefined) =>
  orBad(
    subject,
    attempt({ tool: "wrangler", args: ["whoami", "--json"] }).pipe(
      Effect.flatMap(({ stdout }) => Schema.decodeUnknownEffect(WhoAmI)(stdout)),
      Effect.map((answer) => judgeLogin(answer, wanted)),
      Effect.catchTag("SchemaError", () => Effect.succeed(loggedOut))
    )
  )

const has = (tools: ReadonlyArray<Check>, tool: Tool): boolean =>
  tools.some((check) => isGood(check) && check.subject === tool)

/** The preflight of a plan before there are settings. */
export const preflightWithoutSettings = Effect.fnUntraced(
  function* (target: Target) {
    const tools = yield* checkTools
    return [
      ...tools,
      ...(has(tools, "aws") ? [yield* checkAccount(undefined)] : []),
      ...(has(tools, "wrangler") ? [yield* checkCloudflare(undefined)] : []),
      checkVariables(target)
    ]
  },
  (effect, { region }) => Effect.provide(effect, Aws.layer(region))
)

export const preflight = Effect.fnUntraced(
  function* (target: Target, steps: ReadonlyArray<Step>, account?: string) {
    const tools = yield* checkTools
    const inAws = has(tools, "aws")
      ? yield* checkAws(target, account)
      : [Check.Unseen({ subject: "AWS", why: "needs aws" })]
    if (!steps.includes("edge")) return [...tools, ...inAws]
    const atCloudflare = has(tools, "wrangler")
      ? yield* checkCloudflare(target.settings.cloudflareAccount)
      : Check.Unseen({ subject, why: "needs wrangler" })
    return [...tools, ...inAws, atCloudflare, checkVariables(target)]
  },
  (effect, { region }) => Effect.provide(effect, Aws.layer(region))
)
