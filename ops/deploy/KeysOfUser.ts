/** The access keys of the Worker's user, as IAM knows them. */
import {
  type AccessKeyMetadata,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand
} from "@aws-sdk/client-iam"
import * as Effect from "effect/Effect"
import { isAbsent } from "../aws/AwsFault.ts"
import { allPages } from "../aws/allPages.ts"
import { Iam } from "../aws/Clients.ts"
import type { KnownKey } from "./KeyPlan.ts"

export const listKeys = (user: string) =>
  allPages((Marker) =>
    Iam.use((send) => send(new ListAccessKeysCommand({ UserName: user, Marker }))).pipe(
      Effect.map(({ AccessKeyMetadata: keys, Marker: next }) => [keys, next])
    )
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
export const removeKey = (user: string, id: string) =>
  Iam.use((send) => send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }))).pipe(
    Effect.catchIf(isAbsent, () => Effect.void)
  )

/** AWS refuses the keys from then on. */
export const switchOff = (user: string, keys: ReadonlyArray<KnownKey>) =>
  Effect.forEach(
    keys,
    ({ id }) =>
      Iam.use((send) =>
        send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: id, Status: "Inactive" }))
      ),
    { discard: true }
  )

/** The keys with which the user can send; a user that does not exist has none. */
export const workingKeys = (user: string) =>
  keysOf(user).pipe(
    Effect.map((keys) => keys.filter(({ isActive }) => isActive)),
    Effect.catchIf(isAbsent, () => Effect.succeed<ReadonlyArray<KnownKey>>([]))
  )

const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace("T", " ")

/** One line tells all that IAM knows about a key. */
export const keyText = ({ id, isActive, madeAtMs, usedAtMs }: KnownKey): string =>
  [
    `${id}: made ${minuteOf(madeAtMs)}`,
    usedAtMs === undefined ? "no use known" : `last used ${minuteOf(usedAtMs)}`,
    ...(isActive ? [] : ["switched off"])
  ].join(", ")
