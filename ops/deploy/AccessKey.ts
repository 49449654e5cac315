/** The Worker's access key: only this process and the Worker ever have its secret. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Aws, ask } from "./Aws.ts"
import { DeployFault } from "./DeployFault.ts"
import { type KnownKey, planKey } from "./KeyPlan.ts"
import type { Target } from "./Target.ts"
import { handOver, keySecrets, secretNames } from "./WorkerSecrets.ts"

const Keys = Schema.Struct({
  AccessKeyMetadata: Schema.Array(
    Schema.Struct({
      AccessKeyId: Schema.String,
      Status: Schema.String,
      CreateDate: Schema.DateTimeUtcFromString
    })
  )
})

const LastUsed = Schema.Struct({
  AccessKeyLastUsed: Schema.Struct({
    LastUsedDate: Schema.optionalKey(Schema.DateTimeUtcFromString)
  })
})

const Created = Schema.Struct({
  AccessKey: Schema.Struct({
    AccessKeyId: Schema.String,
    SecretAccessKey: Schema.RedactedFromValue(Schema.String)
  })
})

const listKeys = (user: string) =>
  Effect.map(
    ask("iam", "list-access-keys", { UserName: user }, Keys),
    ({ AccessKeyMetadata }) => AccessKeyMetadata
  )

/** The oldest comes first. */
export const keysOf = Effect.fnUntraced(function* (user: string) {
  const keys = yield* Effect.forEach(
    yield* listKeys(user),
    Effect.fnUntraced(function* ({ AccessKeyId: id, CreateDate, Status }) {
      const { AccessKeyLastUsed: last } = yield* ask(
        "iam",
        "get-access-key-last-used",
        { AccessKeyId: id },
        LastUsed
      )
      const key: KnownKey = {
        id,
        isActive: Status === "Active",
        madeAtMs: DateTime.toEpochMillis(CreateDate),
        usedAtMs: last.LastUsedDate && DateTime.toEpochMillis(last.LastUsedDate)
      }
      return key
    })
  )
  return keys.toSorted((one, other) => one.madeAtMs - other.madeAtMs)
})

/** Succeeds when the key is gone already. */
const remove = (user: string, id: string) =>
  Aws.use(({ call }) => call("iam", "delete-access-key", { UserName: user, AccessKeyId: id })).pipe(
    Effect.catchIf(
      ({ code }) => code === "NoSuchEntity",
      () => Effect.void
    )
  )

export const removeKeys = (user: string, ids: ReadonlyArray<string>) =>
  Effect.forEach(ids, (id) => remove(user, id), { discard: true })

const stillThere = (user: string, id: string, { mend, what }: DeployFault) =>
  new DeployFault({
    what: `${what}\nThe new access key ${id} could not be deleted again. Nothing uses it.`,
    mend: `${mend}\naws iam delete-access-key --user-name ${user} --access-key-id ${id}`
  })

const takenBack = (user: string, id: string, fault: DeployFault) =>
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
  const ids = (yield* listKeys(user)).map(({ AccessKeyId }) => AccessKeyId)
  const isKnown = (id: string): boolean => id === made || before.includes(id)
  if (!ids.includes(made) || !ids.every(isKnown)) return yield* notAlone
})

/**
 * Runs to its end even when interrupted: either the Worker has the new key, or it is deleted. The
 * secret stays in this process's memory and on wrangler's standard input.
 */
const makeAndHandOver = (target: Target, user: string, before: ReadonlyArray<string>) =>
  ask("iam", "create-access-key", { UserName: user }, Created).pipe(
    Effect.flatMap(({ AccessKey: { AccessKeyId: id, SecretAccessKey: secret } }) =>
      untilKnown.pipe(
        Effect.andThen(expectAlone(user, before, id)),
        Effect.andThen(handOver(target, { id, secret })),
        Effect.catch((fault) => takenBack(user, id, fault)),
        Effect.as(id)
      )
    ),
    Effect.uninterruptible
  )

const off = (id: string) =>
  new DeployFault({
    what: `The Worker's access key ${id} is switched off.`,
    mend: "Switch it on in IAM's console, or make another: npm run deploy -- --rotate-key"
  })

const tooEarly = (id: string) =>
  new DeployFault({
    what: `The access key ${id} is not five minutes old: its rotation may still be running.`,
    mend: "Wait until it is five minutes old, then run the command again."
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
  const plan = planKey({
    keys,
    workerHasOne: keySecrets.every((name) => names.includes(name)),
    rotate,
    nowMs: yield* Clock.currentTimeMillis
  })
  if (plan._tag === "Keep") return { text: `${plan.id} stays`, afterwards: [] }
  if (plan._tag === "Off") return yield* off(plan.id)
  if (plan._tag === "Wait") return yield* tooEarly(plan.id)
  if (plan._tag === "Unclear") return yield* unclear(plan.ids)
  yield* removeKeys(user, plan.first)
  const before = keys.map(({ id }) => id)
  const made = yield* makeAndHandOver(target, user, before)
  return { text: `${made} made, and given to the Worker`, afterwards: plan.afterwards }
})
