import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Aws from "./Aws.ts"
import { Check } from "./Check.ts"
import { Commands } from "./Commands.ts"
import { checkAccount, checkAws } from "./checkAws.ts"
import { checkCloudflare } from "./checkCloudflare.ts"
import { checkTools } from "./checkTools.ts"
import type { Step } from "./Part.ts"
import type { Target } from "./Target.ts"

const hasTool = (checks: ReadonlyArray<Check>, tool: string): boolean =>
  checks.some((check) => check._tag === "Good" && check.subject === tool)

const unseen = (subject: string, tool: string) =>
  Effect.succeed([Check.Unseen({ subject, why: `needs ${tool}` })])

const onThisMachine = Effect.gen(function* () {
  return Layer.succeed(Commands, yield* Commands)
})

/** What can be looked at before there are settings. */
export const preflightWithoutSettings = Effect.fnUntraced(function* (region: string) {
  const tools = yield* checkTools
  const aws = Layer.provide(Aws.layer(region), yield* onThisMachine)
  return [
    ...tools,
    ...(hasTool(tools, "aws") ? [yield* Effect.provide(checkAccount(undefined), aws)] : []),
    ...(hasTool(tools, "wrangler") ? [yield* checkCloudflare(undefined)] : [])
  ]
})

/** All that a deployment needs, looked at together: nothing is found missing half-way. */
export const preflight = Effect.fnUntraced(function* (
  target: Target,
  steps: ReadonlyArray<Step>,
  account?: string
) {
  const tools = yield* checkTools
  const aws = Layer.provide(Aws.layer(target.region), yield* onThisMachine)
  const inAws = hasTool(tools, "aws")
    ? yield* checkAws(target, account).pipe(Effect.provide(aws))
    : yield* unseen("AWS", "aws")
  if (!steps.includes("edge")) return [...tools, ...inAws]
  const atCloudflare = hasTool(tools, "wrangler")
    ? [yield* checkCloudflare(target.settings.cloudflareAccount)]
    : yield* unseen("Cloudflare", "wrangler")
  return [...tools, ...inAws, ...atCloudflare]
})
