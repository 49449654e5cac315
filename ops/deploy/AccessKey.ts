/** The Worker's access key: only this process and the Worker ever have its secret. */
import {
  type AccessKeyMetadata,
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand
} from "@aws-sdk/client-iam"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { isAbsent } from "../aws/AwsFault.ts"
import { Iam } from "../aws/Clients.ts"
import { DeployFault, type Fault } from "./DeployFault.ts"
import { type KnownKey, planKey } from "./KeyPlan.ts"
import type { Target } from "./Target.ts"
import { handOver, keySecrets, secretNames } from "./WorkerSecrets.ts"

const listKeys = (user: string) =>
  Iam.use((send) => send(new ListAccessKeysCommand({ UserName: user }))).pipe(
    Effect.map(({ AccessKeyMetadata: keys = [] }) => keys)
  )

const withUse = Effect.fnUntraced(function* ({
  AccessKeyId: id = "",
  CreateDate,
  Status
}: AccessKeyMetadata) {
  const { AccessKeyLastUsed: last } = yield* Iam.use((send) =>
    send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }))
  )
  const key: KnownKey = {
    id,
    isActive: Status === "Active",
    madeAtMs: CreateDate?.getTime() ?? 0,
    usedAtMs: last?.LastUsedDate?.getTime()
  }
  return key
})

/** The oldest comes first. */
export const keysOf = Effect.fnUntraced(function* (user: string) {
  const keys = yield* Effect.forEach(yield* listKeys(user), withUse, { concurrency: "unbounded" })
  return keys.toSorted((one, other) => one.madeAtMs - other.madeAtMs)
})

/** Succeeds when the key is gone already. */
const remove = (user: string, id: string) =>
  Iam.use((send) => send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }))).pipe(
    Effect.catchIf(isAbsent, () => Effect.void)
  )

export const removeKeys = (user: string, ids: ReadonlyArray<string>) =>
  Effect.forEach(ids, (id) => remove(user, id), { discard: true })

const stillThere = (user: string, id: string, { mend, what }: Fault) =>
  new DeployFault({
    what: `${what}\nThe new access key ${id} could not be deleted again. Nothing uses it.`,
    mend: `${mend}\nDelete it in IAM's console, under the security credentials of ${user}.`
  })

const takenBack = (user: string, id: string, fault: Fault) =>
  remove(user, id).pipe(
    Effect.mapError(() => stillThere(user, id, fault)),
    Effect.andThen(
      Effect.fail(
        new DeployFault({
          what: `${fault.what}\nThe new access key ${id} was deleted again; no other was touched.`,
          mend: fault.mend
        })
      )
    )
  )

/** AWS takes seconds to accept a new key everywhere; a Worker that used it earlier loses events. */
const untilKnown = Effect.sleep("15 seconds")

const notAlone = new DeployFault({
  what: "Another deployment is working on the Worker's access key at the moment.",
  mend: "Wait until it is done, then run the command again."
})

/** Two deployments at once could leave a key behind, or give the Worker a deleted one. */
const expectAlone = Effect.fnUntraced(function* (
  user: string,
  before: ReadonlyArray<string>,
  made: string
) {
  const ids = (yield* listKeys(user)).map(({ AccessKeyId = "" }) => AccessKeyId)
  const isKnown = (id: string): boolean => id === made || before.includes(id)
  if (!ids.includes(made) || !ids.every(isKnown)) return yield* notAlone
})

const unreadable = new DeployFault({
  what: "This version cannot read the access key that IAM made.",
  mend: "npm ci, then npm run deploy -- --rotate-key"
})

const make = (user: string) =>
  Iam.use((send) => send(new CreateAccessKeyCommand({ UserName: user }))).pipe(
    Effect.flatMap(({ AccessKey: { AccessKeyId: id, SecretAccessKey: secret } = {} }) =>
      id === undefined || secret === undefined
        ? unreadable
        : Effect.succeed({ id, secret: Redacted.make(secret) })
    )
  )

/**
 * Runs to its end even when interrupted: either the Worker has the new key, or it is deleted. The
 * secret stays in this process's memory and on wrangler's standard input.
 */
const makeAndHandOver = (target: Target, user: string, before: ReadonlyArray<string>) =>
  make(user).pipe(
    Effect.flatMap((key) =>
      untilKnown.pipe(
        Effect.andThen(expectAlone(user, before, key.id)),
        Effect.andThen(handOver(target, key)),
        Effect.catch((fault) => takenBack(user, key.id, fault)),
        Effect.as(key.id)
      )
    ),
    Effect.uninterruptible
  )

const off = (id: string) =>
  new DeployFault({
    what: `The Worker's access key ${id} is switched off.`,
    mend: "Switch it on in IAM's console, or make another: npm run deploy -- --rotate-key"
  })

const minutes = (count: number): string => (count === 1 ? "a minute" : `${count} minutes`)

/** A key that was made less than five minutes ago may belong to a rotation that still runs. */
export const tooEarly = (id: string, leftMs: number) =>
  new DeployFault({
    what: `The access key ${id} is not five minutes old: its rotation may still be running.`,
    mend: `Run the command again in ${minutes(Math.ceil(leftMs / 60_000))}.`
  })

const unclear = (ids: ReadonlyArray<string>) =>
  new DeployFault({
    what:
      `The Worker's user has two access keys (${ids.join(", ")}): ` +
      "a rotation was interrupted, or is still running.",
    mend: "npm run deploy -- --rotate-key replaces both by a new one that works."
  })

/**
 * Gives the Worker a key if it lacks one, or a new one when `rotate` is true. `afterwards` are the
 * keys to delete once the new one has worked.
 */
export const ensureKey = Effect.fnUntraced(function* (
  target: Target,
  user: string,
  rotate: boolean
) {
  const keys = yield* keysOf(user)
  const names = yield* secretNames(target)
  const nowMs = yield* Clock.currentTimeMillis
  const workerHasOne = keySecrets.every((name) => names.includes(name))
  const plan = planKey({ keys, workerHasOne, rotate, nowMs })
  if (plan._tag === "Keep") return { text: `${plan.id} stays`, afterwards: [] }
  if (plan._tag === "Off") return yield* off(plan.id)
  if (plan._tag === "Wait") return yield* tooEarly(plan.id, plan.leftMs)
  if (plan._tag === "Unclear") return yield* unclear(plan.ids)
  yield* removeKeys(user, plan.first)
  const before = keys.map(({ id }) => id)
  const made = yield* makeAndHandOver(target, user, before)
  return { text: `${made} made, and given to the Worker`, afterwards: plan.afterwards }
})
