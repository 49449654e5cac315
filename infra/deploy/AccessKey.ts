/** The Worker's access key: made here, handed to the Worker, and nowhere else. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Aws, ask } from "./Aws.ts"
import { DeployFault } from "./DeployFault.ts"
import type { Target } from "./Target.ts"
import { handOver, keySecrets, secretNames } from "./WorkerSecrets.ts"

const Keys = Schema.Struct({
  AccessKeyMetadata: Schema.Array(
    Schema.Struct({
      AccessKeyId: Schema.String,
      Status: Schema.String,
      CreateDate: Schema.String
    })
  )
})

const LastUsed = Schema.Struct({
  AccessKeyLastUsed: Schema.Struct({ LastUsedDate: Schema.optionalKey(Schema.String) })
})

const Created = Schema.Struct({
  AccessKey: Schema.Struct({
    AccessKeyId: Schema.String,
    SecretAccessKey: Schema.RedactedFromValue(Schema.String)
  })
})

/** Of what there is: a key's use comes to be known an hour or so after it. */
export interface KnownKey {
  readonly id: string
  readonly used: boolean
}

/** Oldest first. */
export const keysOf = Effect.fnUntraced(function* (user: string) {
  const { AccessKeyMetadata: found } = yield* ask(
    "iam",
    "list-access-keys",
    { UserName: user },
    Keys
  )
  const byAge = found.toSorted((one, other) => one.CreateDate.localeCompare(other.CreateDate))
  return yield* Effect.forEach(byAge, ({ AccessKeyId: id }) =>
    ask("iam", "get-access-key-last-used", { AccessKeyId: id }, LastUsed).pipe(
      Effect.map(
        ({ AccessKeyLastUsed: { LastUsedDate } }): KnownKey => ({
          id,
          used: LastUsedDate !== undefined
        })
      )
    )
  )
})

export type KeyPlan = Data.TaggedEnum<{
  Keep: { readonly id: string }
  /** `first` goes to make room, for a user has two keys at most; `afterwards` when it works. */
  Make: { readonly first: ReadonlyArray<string>; readonly afterwards: ReadonlyArray<string> }
  /** Which of the two the Worker has cannot be read anywhere. */
  Unclear: { readonly ids: ReadonlyArray<string> }
}>
export const KeyPlan = Data.taggedEnum<KeyPlan>()

/** The one that nothing has used, else the older: a key that was used later replaced it. */
const spareOf = (keys: ReadonlyArray<KnownKey>): ReadonlyArray<string> => {
  const spare = keys.find(({ used }) => !used) ?? keys[0]
  return spare === undefined ? [] : [spare.id]
}

/** A key whose secret no Worker holds is of no use to anybody, but it may be another's Worker. */
export const planKey = (
  keys: ReadonlyArray<KnownKey>,
  workerHasOne: boolean,
  rotate: boolean
): KeyPlan => {
  const ids = keys.map(({ id }) => id)
  if (rotate) {
    const first = keys.length < 2 ? [] : spareOf(keys)
    return KeyPlan.Make({ first, afterwards: ids.filter((id) => !first.includes(id)) })
  }
  const [only] = ids
  if (workerHasOne && ids.length === 1 && only !== undefined) return KeyPlan.Keep({ id: only })
  if (ids.length < 2) {
    const unused = keys.filter(({ used }) => !used).map(({ id }) => id)
    return KeyPlan.Make({ first: workerHasOne ? [] : unused, afterwards: [] })
  }
  const unused = keys.filter(({ used }) => !used).map(({ id }) => id)
  return workerHasOne || unused.length === 0
    ? KeyPlan.Unclear({ ids })
    : KeyPlan.Make({ first: unused, afterwards: [] })
}

const remove = (user: string, id: string) =>
  Effect.flatMap(Aws, ({ call }) =>
    call("iam", "delete-access-key", { UserName: user, AccessKeyId: id })
  )

export const removeKeys = (user: string, ids: ReadonlyArray<string>) =>
  Effect.forEach(ids, (id) => remove(user, id), { discard: true })

const stillThere = (user: string, id: string, { mend, what }: DeployFault) =>
  new DeployFault({
    what: `${what}\nThe new access key ${id} could not be deleted again, and is of no use.`,
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

/** A key is not known everywhere at once, and a Worker that has it earlier would lose events. */
const untilKnown = Effect.sleep("15 seconds")

/**
 * Not interrupted half-way: either the Worker has the new key, or there is none. The secret is in
 * this process's memory and on wrangler's standard input, and nowhere else.
 */
const makeAndHandOver = (target: Target, user: string) =>
  ask("iam", "create-access-key", { UserName: user }, Created).pipe(
    Effect.flatMap(({ AccessKey: { AccessKeyId: id, SecretAccessKey: secret } }) =>
      untilKnown.pipe(
        Effect.andThen(handOver(target, { id, secret })),
        Effect.catch((fault) => takenBack(user, id, fault)),
        Effect.as(id)
      )
    ),
    Effect.uninterruptible
  )

const unclear = (ids: ReadonlyArray<string>) =>
  new DeployFault({
    what: `The Worker's user has two access keys (${ids.join(", ")}): a rotation was broken off.`,
    mend: "npm run deploy -- --rotate-key makes a third and deletes them when it works."
  })

export interface KeyOutcome {
  readonly text: string
  /** Keys to delete when the new one has shown that it works. */
  readonly afterwards: ReadonlyArray<string>
}

/** Sees to it that the Worker has a key; a working one is left alone unless it is to be rotated. */
export const ensureKey = Effect.fnUntraced(function* (
  target: Target,
  user: string,
  rotate: boolean
) {
  const keys = yield* keysOf(user)
  const names = yield* secretNames(target)
  const workerHasOne = keySecrets.every((name) => names.includes(name))
  const plan = planKey(keys, workerHasOne, rotate)
  if (plan._tag === "Keep") return { text: `${plan.id} stays`, afterwards: [] }
  if (plan._tag === "Unclear") return yield* unclear(plan.ids)
  yield* removeKeys(user, plan.first)
  const id = yield* makeAndHandOver(target, user)
  return { text: `${id} made, and given to the Worker`, afterwards: plan.afterwards }
})
