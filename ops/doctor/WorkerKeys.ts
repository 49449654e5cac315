import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import type { KnownKey } from "../deploy/KeyPlan.ts"

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

/** The keys of the Worker's user. */
export const workerKeys = Effect.fnUntraced(function* (user: string) {
  const { AccessKeyMetadata } = yield* ask("iam", "list-access-keys", { UserName: user }, Keys)
  return yield* Effect.forEach(
    AccessKeyMetadata,
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
})
