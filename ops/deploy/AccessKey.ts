/** The Worker's access key: only this process and the Worker ever have its secret. */
import { CreateAccessKeyCommand } from "@aws-sdk/client-iam"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Iam } from "../aws/Clients.ts"
import { DeployFault, type Fault } from "./DeployFault.ts"
import { planKey } from "./KeyPlan.ts"
import { keysOf, listKeys, removeKey } from "./KeysOfUser.ts"
import { keyRefusal } from "./keyRefusal.ts"
import type { Target, WorkerPlace } from "./Target.ts"
import { tellHolders } from "./tellHolders.ts"
import { type AccessKey, handOver, hasKey, sampleWithKey, secretNames } from "./WorkerSecrets.ts"

const stillThere = (user: string, id: string, { mend, what }: Fault) =>
  new DeployFault({
    what: `${what}\nThe new access key ${id} could not be deleted again. Nothing uses it.`,
    mend: `${mend}\nDelete it in IAM's console, under the security credentials of ${user}.`
  })

const takenBack = (user: string, id: string, fault: Fault) =>
  removeKey(user, id).pipe(
    Effect.mapError(() => stillThere(user, id, fault)),
    Effect.andThen(
      Effect.fail(
        new DeployFault({
          what: `${fault.what}\nThe new access key ${id} was deleted again.`,
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

const halfGiven = (id: string, given: WorkerPlace, { mend, what }: Fault) =>
  new DeployFault({
    what: `${what}\nThe Worker ${given.worker} has the new access key ${id}. None was deleted.`,
    mend
  })

/** The first Worker that has the key keeps it, even when another cannot be given it. */
const giveTo = Effect.fnUntraced(function* (
  [first, ...others]: readonly [WorkerPlace, ...ReadonlyArray<WorkerPlace>],
  user: string,
  key: AccessKey
) {
  yield* Effect.catch(handOver(first, key), (fault) => takenBack(user, key.id, fault))
  yield* Effect.forEach(
    others,
    (place) => Effect.mapError(handOver(place, key), (fault) => halfGiven(key.id, first, fault)),
    { discard: true }
  )
})

/**
 * Runs to its end even when interrupted: either the Worker has the new key, or it is deleted. The
 * secret stays in this process's memory and on wrangler's standard input.
 */
const makeAndHandOver = (
  places: readonly [WorkerPlace, ...ReadonlyArray<WorkerPlace>],
  user: string,
  before: ReadonlyArray<string>
) =>
  make(user).pipe(
    Effect.flatMap((key) =>
      untilKnown.pipe(
        Effect.andThen(expectAlone(user, before, key.id)),
        Effect.catch((fault) => takenBack(user, key.id, fault)),
        Effect.andThen(giveTo(places, user, key)),
        Effect.as(key.id)
      )
    ),
    Effect.uninterruptible
  )

/** A Worker that never sent may have had the key which made room. */
const withoutRoom = (deleted: ReadonlyArray<string>, fault: Fault) =>
  deleted.length === 0
    ? fault
    : new DeployFault({
        what:
          `${fault.what}\nIAM allows two keys, so ${deleted.join(" and ")}, switched off or ` +
          "never used, was deleted before.",
        mend: `${fault.mend}\nAfterwards: npm run deploy -- --rotate-key`
      })

const staying = (ids: ReadonlyArray<string>): string =>
  `${ids.join(" and ")} ${ids.length === 1 ? "stays" : "stay"}`

const othersText = (ids: ReadonlyArray<string>): string =>
  ids.length === 0 ? "" : `; ${staying(ids)}, because another Worker may have it`

export interface KeyOutcome {
  readonly text: string
  /** The keys to switch off once the new one is seen to work. */
  readonly afterwards: ReadonlyArray<string>
  /** Undefined = no key was made. */
  readonly made?: { readonly id: string; readonly givenAtMs: number }
}

/** Gives the Worker a key if it lacks one, or a new one when `rotate` is true. */
export const ensureKey = Effect.fnUntraced(function* (
  target: Target,
  user: string,
  rotate: boolean
) {
  const keys = yield* keysOf(user)
  const holds = hasKey(yield* secretNames(target))
  const sample = rotate ? yield* sampleWithKey(target) : undefined
  if (rotate) yield* tellHolders(target, holds, sample, keys)
  const workerHasOne = holds || sample !== undefined
  const plan = planKey({ keys, workerHasOne, rotate, nowMs: yield* Clock.currentTimeMillis })
  if (plan._tag === "Keep") {
    const kept: KeyOutcome = { text: staying(plan.ids), afterwards: [] }
    return kept
  }
  if (plan._tag !== "Make") return yield* keyRefusal(plan)
  yield* Effect.forEach(plan.first, (id) => removeKey(user, id), { discard: true })
  const places = [target, ...(sample === undefined ? [] : [sample])] as const
  const id = yield* makeAndHandOver(
    places,
    user,
    keys.map((key) => key.id)
  ).pipe(Effect.mapError((fault) => withoutRoom(plan.first, fault)))
  const outcome: KeyOutcome = {
    text: `${id} made, and given to the Worker${othersText(plan.others)}`,
    afterwards: plan.afterwards,
    made: { id, givenAtMs: yield* Clock.currentTimeMillis }
  }
  return outcome
})
