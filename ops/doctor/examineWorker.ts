import * as Effect from "effect/Effect"

import { Check } from "../deploy/Check.ts"
import type { KnownKey } from "../deploy/KeyPlan.ts"
import type { Target } from "../deploy/Target.ts"
import { keySecrets, secretNames } from "../deploy/WorkerSecrets.ts"
import { examine } from "./examine.ts"
import { workerKeys } from "./WorkerKeys.ts"

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
export const examineWorker = Effect.fnUntraced(function* (target: Target) {
  const subject = `Worker ${target.worker}`
  const secrets = Effect.map(secretNames(target), (names) => [judgeSecrets(subject, names)])
  const keys = Effect.map(workerKeys(`${target.name}-worker`), (found) => [judgeKeys(found)])
  return [...(yield* examine(subject, secrets)), ...(yield* examine("access key", keys))]
})
