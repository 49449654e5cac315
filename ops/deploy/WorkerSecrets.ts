import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { DeployFault } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { attempt } from "./runTool.ts"
import type { Target } from "./Target.ts"
import { listSecrets, putSecrets } from "./wrangler.ts"

/** The two that an access key is. */
export const keySecrets = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const

const Listed = Schema.fromJsonString(Schema.Array(Schema.Struct({ name: Schema.String })))

const unreadable = () =>
  new DeployFault({
    what: "wrangler secret list answered what this version does not understand.",
    mend: "npm ci"
  })

/** Names alone, which is all that Cloudflare gives; none for a Worker that is not there yet. */
export const secretNames = Effect.fnUntraced(function* (target: Target) {
  const command = listSecrets(target)
  const answer = yield* attempt(command)
  if (answer.exitCode !== 0) {
    const absent = `Worker "${target.worker}"`
    const said = `${answer.stdout}\n${answer.stderr}`
    if (said.includes(absent) && said.includes("not found")) return []
    return yield* explain(command, answer)
  }
  const listed = yield* Effect.mapError(
    Schema.decodeUnknownEffect(Listed)(answer.stdout),
    unreadable
  )
  return listed.map(({ name }) => name)
})

export interface AccessKey {
  readonly id: string
  readonly secret: Redacted.Redacted
}

/** Hands the key to wrangler on its standard input; whatever wrangler says is shown without it. */
export const handOver = Effect.fnUntraced(function* (target: Target, { id, secret }: AccessKey) {
  const value = Redacted.value(secret)
  const [idName, secretName] = keySecrets
  const command = putSecrets(
    target,
    Redacted.make(JSON.stringify({ [idName]: id, [secretName]: value }))
  )
  const answer = yield* attempt(command)
  if (answer.exitCode !== 0) {
    const stderr = answer.stderr.replaceAll(value, "<secret>")
    return yield* explain(command, { ...answer, stderr })
  }
})
