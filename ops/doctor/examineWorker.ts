import * as Effect from "effect/Effect"
import { keysOf } from "../deploy/AccessKey.ts"
import { Check } from "../deploy/Check.ts"
import type { KnownKey } from "../deploy/KeyPlan.ts"
import type { Target } from "../deploy/Target.ts"
import { keySecrets, secretNames } from "../deploy/WorkerSecrets.ts"
import { atOnce, examine } from "./examine.ts"

const judgeKeys = (keys: ReadonlyArray<KnownKey>): Check => {
  const subject = "access key"
  const [only] = keys
  if (only === undefined || keys.length > 1) {
    const ids = keys.map(({ id }) => id).join(", ") || "none"
    return Check.Bad({
      subject,
      what: `the Worker's user has ${keys.length} instead of one: ${ids}.`,
      mend: "npm run deploy -- --rotate-key leaves it with one that works."
    })
  }
  if (only.isActive) return Check.Good({ subject, text: `${only.id} is the only one` })
  return Check.Bad({
    subject,
    what: `${only.id} is switched off, and the Worker cannot send.`,
    mend: "Switch it on in IAM's console, or make another: npm run deploy -- --rotate-key"
  })
}

const judgeSecrets = (subject: string, names: ReadonlyArray<string>): Check => {
  const missing = keySecrets.filter((name) => !names.includes(name))
  return missing.length === 0
    ? Check.Good({ subject, text: "has its secrets" })
    : Check.Bad({
        subject,
        what: `it does not exist, or lacks ${missing.join(" and ")}.`,
        mend: "npm run deploy -- --only edge"
      })
}

/** The Worker has a key, and its user has no other. */
export const examineWorker = (target: Target) => {
  const subject = `Worker ${target.worker}`
  const secrets = Effect.map(secretNames(target), (names) => [judgeSecrets(subject, names)])
  const keys = Effect.map(keysOf(`${target.name}-worker`), (found) => [judgeKeys(found)])
  return Effect.map(
    Effect.all([examine(subject, secrets), examine("access key", keys)], atOnce),
    (checks) => checks.flat()
  )
}
