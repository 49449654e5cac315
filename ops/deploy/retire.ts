/** The end of a rotation: the old keys go once the new one has been seen where they were. */
import * as Effect from "effect/Effect"
import type { KeyOutcome } from "./AccessKey.ts"
import { DeployFault } from "./DeployFault.ts"
import { keysOf, keyText, switchOff } from "./KeysOfUser.ts"

/** A Worker uses its previous key for so long, until its new version is everywhere. */
const replacedWithinMs = 60_000

const both = (made: string, ids: ReadonlyArray<string>, why: string) =>
  new DeployFault({
    what: `${why} ${ids.join(" and ")} stays beside the new key ${made}. Nothing was deleted.`,
    mend:
      "Ask your bot a question, and look an hour later: npm run doctor says which key is used. " +
      `Then npm run deploy -- --revoke-key --key ${ids.join(" ")} switches the old one off.`
  })

/**
 * Switches off the keys that the new one has replaced, unless one of them is still used. It deletes
 * none, because AWS tells the use of a key by an unknown Worker an hour late.
 */
export const retire = Effect.fnUntraced(function* (
  user: string,
  { afterwards, made }: KeyOutcome,
  isSeen: boolean
) {
  if (made === undefined || afterwards.length === 0) return "no other key to switch off"
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
  yield* switchOff(
    user,
    keys.filter(({ id, isActive }) => isActive && afterwards.includes(id))
  )
  return `${afterwards.join(" and ")} switched off; IAM's console switches it on again`
})
