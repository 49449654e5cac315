import * as Effect from "effect/Effect"
import { keysOf } from "../AccessKey.ts"
import { Check } from "../Check.ts"
import type { Target } from "../Target.ts"
import { keySecrets, secretNames } from "../WorkerSecrets.ts"
import { examine } from "./examine.ts"

/** The Worker has a key, and its user no other. */
export const examineWorker = (target: Target) =>
  Effect.gen(function* () {
    const subject = `Worker ${target.worker}`
    const secrets = yield* examine(
      subject,
      Effect.map(secretNames(target), (names) => {
        const missing = keySecrets.filter((name) => !names.includes(name))
        return [
          missing.length === 0
            ? Check.Good({ subject, text: "has its secrets" })
            : Check.Bad({
                subject,
                what: `it is not there, or has no ${missing.join(" and no ")}.`,
                mend: "npm run deploy -- --only edge"
              })
        ]
      })
    )
    const keys = yield* examine(
      "access key",
      Effect.map(keysOf(`${target.name}-worker`), (found) => [
        found.length === 1
          ? Check.Good({ subject: "access key", text: `${found[0]?.id} is the only one` })
          : Check.Bad({
              subject: "access key",
              what: `the Worker's user has ${found.length} instead of one.`,
              mend: "npm run deploy -- --rotate-key leaves it with one that works."
            })
      ])
    )
    return [...secrets, ...keys]
  })
