/** Examines everything that a deployment needs together, so that it does not stop half-way. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Clients from "../aws/Clients.ts"
import { Check, isGood, orBad } from "./Check.ts"
import { type Answer, attempt } from "./Commands.ts"
import { checkAccount, checkAws } from "./checkAws.ts"
import { checkTerraform } from "./checkTerraform.ts"
import { checkVariables } from "./checkVariables.ts"
import type { Step } from "./Part.ts"
import type { Target } from "./Target.ts"
import { howToInstall, leastVersions, type Tool } from "./Tool.ts"

const howToAsk: ReadonlyArray<{ readonly tool: Tool; readonly args: ReadonlyArray<string> }> = [
  { tool: "node", args: ["--version"] },
  { tool: "terraform", args: ["version", "-json"] },
  { tool: "wrangler", args: ["--version"] }
]

const judgeTool = (tool: Tool, { exitCode, stderr, stdout }: Answer) => {
  const [leastMajor, leastMinor] = leastVersions[tool]
  if (exitCode !== 0) {
    return Check.Bad({
      subject: tool,
      what: `it does not start: ${stderr.trim().split("\n")[0]}`,
      mend: howToInstall[tool]
    })
  }
  const [version, major, minor] = /(\d+)\.(\d+)\.\d+/.exec(`${stdout}${stderr}`) ?? []
  const isEnough =
    Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor)
  return version !== undefined && isEnough
    ? Check.Good({ subject: tool, text: `${version}; ${leastMajor}.${leastMinor} is enough` })
    : Check.Bad({
        subject: tool,
        what:
          `${version ?? "its version"} is too old, or unknown; needed is ` +
          `${leastMajor}.${leastMinor}.`,
        mend: howToInstall[tool]
      })
}

const checkTools = (tools: ReadonlyArray<Tool>) =>
  Effect.forEach(
    howToAsk.filter(({ tool }) => tools.includes(tool)),
    (question) =>
      orBad(
        question.tool,
        Effect.map(attempt(question), (answer) => judgeTool(question.tool, answer))
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

const hasWrangler = (tools: ReadonlyArray<Check>): boolean =>
  tools.some((check) => isGood(check) && check.subject === "wrangler")

/** The preflight of a plan before there are settings. */
export const preflightWithoutSettings = Effect.fnUntraced(
  function* (target: Target) {
    const tools = yield* checkTools(["node", "terraform", "wrangler"])
    return [
      ...tools,
      yield* checkAccount(undefined),
      ...(hasWrangler(tools) ? [yield* checkCloudflare(undefined)] : []),
      checkVariables(target)
    ]
  },
  (effect, { region }) => Effect.provide(effect, Clients.layer(region))
)

/** Every step but the first needs Terraform's outputs; the steps at Cloudflare need wrangler. */
export const preflight = Effect.fnUntraced(
  function* (target: Target, steps: ReadonlyArray<Step>, account?: string) {
    const isAtCloudflare = steps.includes("edge")
    const tools = yield* checkTools([
      "node",
      "terraform",
      ...(isAtCloudflare ? (["wrangler"] as const) : [])
    ])
    const variables = steps.includes("infra") ? yield* checkTerraform(target) : []
    const inAws = [...variables, ...(yield* checkAws(target, steps, account))]
    if (!isAtCloudflare) return [...tools, ...inAws]
    const atCloudflare = hasWrangler(tools)
      ? yield* checkCloudflare(target.settings.cloudflareAccount)
      : Check.Unseen({ subject, why: "needs wrangler" })
    return [...tools, ...inAws, atCloudflare, checkVariables(target)]
  },
  (effect, { region }) => Effect.provide(effect, Clients.layer(region))
)
