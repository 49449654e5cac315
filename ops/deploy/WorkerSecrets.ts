import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { attempt } from "./Commands.ts"
import { understand } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import type { Target } from "./Target.ts"
import { listSecrets, putSecrets } from "./wrangler.ts"

/** An access key is two secrets. */
export const keySecrets = ["CV_ANALYTICS_ACCESS_KEY_ID", "CV_ANALYTICS_SECRET_ACCESS_KEY"] as const

const Secrets = Schema.fromJsonString(Schema.Array(Schema.Struct({ name: Schema.String })))

/** Cloudflare tells the names alone. A Worker that does not exist yet has none. */
export const secretNames = Effect.fnUntraced(function* (target: Target) {
  const command = listSecrets(target)
  const answer = yield* attempt(command)
  if (answer.exitCode !== 0) {
    const said = `${answer.stdout}\n${answer.stderr}`
    const isAbsent = said.includes(`Worker "${target.worker}"`) && said.includes("not found")
    return isAbsent ? [] : yield* explain(command, answer)
  }
  const secrets = yield* understand(Secrets, "wrangler secret list", "npm ci")(answer.stdout)
  return secrets.map(({ name }) => name)
})

export interface AccessKey {
  readonly id: string
  readonly secret: Redacted.Redacted
}

/** Gives the key to wrangler on standard input; the secret is cut out of what wrangler says. */
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
