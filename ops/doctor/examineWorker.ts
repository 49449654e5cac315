import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Check } from "../deploy/Check.ts"
import type { KnownKey } from "../deploy/KeyPlan.ts"
import { keysOf, keyText } from "../deploy/KeysOfUser.ts"
import { keySecrets } from "../deploy/keySecrets.ts"
import { queueVariable } from "../deploy/ownEdge.ts"
import { type Target, userOf } from "../deploy/Target.ts"
import { secretNames } from "../deploy/WorkerSecrets.ts"
import { atOnce, examine } from "./examine.ts"

const dayMs = 86_400_000

/** A key may only send to one queue, so a year is short enough. */
const oldestDays = 365

const judgeAge = (subject: string, { id, madeAtMs }: KnownKey, text: string, now: number) => {
  const days = Math.floor((now - madeAtMs) / dayMs)
  return days <= oldestDays
    ? Check.Good({ subject, text: `${text}, made ${days} days ago` })
    : Check.Bad({
        subject,
        what: `${id} is ${days} days old.`,
        mend: "npm run deploy -- --rotate-key replaces it."
      })
}

const judgeKeys = (keys: ReadonlyArray<KnownKey>, now: number): Check => {
  const subject = "access key"
  const [only, another] = keys.filter(({ isActive }) => isActive)
  const off = keys.filter(({ isActive }) => !isActive).map(({ id }) => id)
  if (another !== undefined || keys.length === 0) {
    const lines = keys.length === 0 ? " none." : `\n${keys.map(keyText).join("\n")}`
    return Check.Bad({
      subject,
      what: `the Worker's user has ${keys.length} instead of one:${lines}`,
      mend:
        "npm run deploy -- --rotate-key leaves it with one that works. " +
        "If two Workers have one each, switch off the one that is not needed: --revoke-key --key."
    })
  }
  if (only !== undefined) {
    const others = off.length === 0 ? "" : `; ${off.join(", ")} is switched off`
    return judgeAge(subject, only, `${only.id} is the only one that works${others}`, now)
  }
  return Check.Bad({
    subject,
    what: `${off.join(" and ")} is switched off, and the Worker cannot send.`,
    mend: "Make another: npm run deploy -- --rotate-key, or switch it on in IAM's console."
  })
}

const secretsText = ({ own }: Target): string =>
  own === undefined || own.ask !== undefined
    ? "has its secrets"
    : "has its secrets; a question by hand shows whether it records"

const judgeSecrets = (target: Target, subject: string, names: ReadonlyArray<string>): Check => {
  const missing = keySecrets.filter((name) => !names.includes(name))
  return missing.length === 0
    ? Check.Good({ subject, text: secretsText(target) })
    : Check.Bad({
        subject,
        what: `it does not exist, or lacks ${missing.join(" and ")}.`,
        mend: "npm run deploy -- --only edge"
      })
}

/** The definition is all that can be read; a secret of that name takes the variable's place. */
const judgeQueue = (
  { config, name, region, variables }: Target,
  subject: string,
  names: ReadonlyArray<string>
): Check => {
  const url = variables[queueVariable]
  const isOurs = url?.endsWith(`/${name}.fifo`) && url.includes(`.${region}.`)
  if (isOurs || (url === undefined && names.includes(queueVariable))) {
    return Check.Good({ subject, text: `its ${queueVariable} is that of this deployment` })
  }
  return Check.Bad({
    subject,
    what: `${config} has ${url === undefined ? "no" : "another"} ${queueVariable}.`,
    mend: "npm run deploy -- --only edge says which it has to be."
  })
}

/** The Worker has a key, and its user has no other that works. */
export const examineWorker = (target: Target) => {
  const subject = `Worker ${target.worker}`
  const ofWorker = Effect.map(secretNames(target), (names) => [
    judgeSecrets(target, subject, names),
    ...(target.own === undefined ? [] : [judgeQueue(target, `${subject}'s queue`, names)])
  ])
  const keys = Effect.zipWith(keysOf(userOf(target)), Clock.currentTimeMillis, (found, now) => [
    judgeKeys(found, now)
  ])
  return Effect.map(
    Effect.all([examine(subject, ofWorker), examine("access key", keys)], atOnce),
    (checks) => checks.flat()
  )
}
