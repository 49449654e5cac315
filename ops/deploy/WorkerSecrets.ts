import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { attempt } from "./Commands.ts"
import { DeployFault, understand } from "./DeployFault.ts"
import { explain } from "./explain.ts"
import { keySecrets } from "./keySecrets.ts"
import type { Target, WorkerPlace } from "./Target.ts"
import { listSecrets, putSecrets } from "./wrangler.ts"

const Secrets = Schema.fromJsonString(Schema.Array(Schema.Struct({ name: Schema.String })))

/** Cloudflare tells the names alone; undefined = the Worker does not exist yet. */
const namesOf = Effect.fnUntraced(function* (place: WorkerPlace) {
  const command = listSecrets(place)
  const answer = yield* attempt(command)
  if (answer.exitCode !== 0) {
    const said = `${answer.stdout}\n${answer.stderr}`
    const isAbsent = said.includes(`Worker "${place.worker}"`) && said.includes("not found")
    return isAbsent ? undefined : yield* explain(command, answer)
  }
  const secrets = yield* understand(Secrets, "wrangler secret list", "npm ci")(answer.stdout)
  return secrets.map(({ name }) => name)
})

const notDeployed = ({ config, worker }: WorkerPlace) =>
  new DeployFault({
    what: `Your Worker ${worker}, which ${config} defines, is not deployed yet.`,
    mend: 'Deploy it first, or correct "worker" in deploy.json, then run the command again.'
  })

/** Our chatbot has no secrets before it exists; the owner's Worker has to exist. */
export const secretNames = Effect.fnUntraced(function* (target: Target) {
  const names = yield* namesOf(target)
  return names ?? (target.own === undefined ? [] : yield* notDeployed(target))
})

export const hasKey = (names: ReadonlyArray<string>): boolean =>
  keySecrets.every((name) => names.includes(name))

/** Our chatbot, where it still has a key beside the owner's Worker. */
export const sampleWithKey = Effect.fnUntraced(function* ({ own, sample }: Target) {
  if (own === undefined || sample === undefined) return undefined
  return hasKey((yield* namesOf(sample)) ?? []) ? sample : undefined
})

export interface AccessKey {
  readonly id: string
  readonly secret: Redacted.Redacted
}

/** Gives the key to wrangler on standard input; the secret is cut out of what wrangler says. */
export const handOver = Effect.fnUntraced(function* (
  place: WorkerPlace,
  { id, secret }: AccessKey
) {
  const value = Redacted.value(secret)
  const [idName, secretName] = keySecrets
  const command = putSecrets(
    place,
    Redacted.make(JSON.stringify({ [idName]: id, [secretName]: value }))
  )
  const answer = yield* attempt(command)
  if (answer.exitCode !== 0) {
    const stderr = answer.stderr.replaceAll(value, "<secret>")
    return yield* explain(command, { ...answer, stderr })
  }
})
