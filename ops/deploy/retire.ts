/** The end of a rotation: the old keys go once the new one has been seen where they were. */
import * as Effect from "effect/Effect"
import type { KeyOutcome } from "./AccessKey.ts"
import { DeployFault } from "./DeployFault.ts"
import { keysOf, keyText, removeKey } from "./KeysOfUser.ts"

/** A Worker uses its previous key for so long, until its new version is everywhere. */
const replacedWithinMs = 60_000

const both = (made: string, ids: ReadonlyArray<string>, why: string) =>
  new DeployFault({
    what: `${why} ${ids.join(" and ")} stays beside the new key ${made}. Nothing was deleted.`,
    mend:
      "Ask your bot a question, and look an hour later: npm run doctor says which key is used. " +
      `Then npm run deploy -- --revoke-key --key ${ids.join(" ")} switches the old one off.`
  })

/** Deletes the keys that the new one has replaced, unless one of them is still used. */
export const retire = Effect.fnUntraced(function* (
  user: string,
  { afterwards, made }: KeyOutcome,
  isSeen: boolean
) {
  if (made === undefined || afterwards.length === 0) return "no other key to delete"
  const keys = yield* keysOf(user)
  const isUsed = keys.some(({ id, usedAtMs }) => id === made.id && usedAtMs !== undefined)
  if (!isSeen && !isUsed) {
    return yield* both(made.id, afterwards, "No question has come through with the new key yet.")
  }
  const elsewhere = keys.filter(
    ({ id, usedAtMs = 0 }) =>
      afterwards.includes(id) && usedAtMs > made.givenAtMs + replacedWithinMs
  )
  if (elsewhere.length > 0) {
    const uses = elsewhere.map(keyText).join("; ")
    return yield* both(made.id, afterwards, `Another Worker uses the old key (${uses}).`)
  }
  yield* Effect.forEach(afterwards, (id) => removeKey(user, id), { discard: true })
  return `${afterwards.join(" and ")} deleted`
})
