import { DeployFault } from "./DeployFault.ts"
import type { KeyPlan, KnownKey } from "./KeyPlan.ts"
import { keyText } from "./KeysOfUser.ts"

const off = (ids: ReadonlyArray<string>) =>
  new DeployFault({
    what: `The Worker's access key ${ids.join(" and ")} is switched off.`,
    mend: "Make another: npm run deploy -- --rotate-key, or switch it on in IAM's console."
  })

const minutes = (leftMs: number): string => {
  const count = Math.ceil(leftMs / 60_000)
  return count === 1 ? "a minute" : `${count} minutes`
}

/** A key that was made less than five minutes ago may belong to a rotation that still runs. */
const tooEarly = (id: string, leftMs: number) =>
  new DeployFault({
    what: `The access key ${id} is not five minutes old: its rotation may still be running.`,
    mend: `Run the command again in ${minutes(leftMs)}.`
  })

const leaked = "If a key has leaked, npm run deploy -- --revoke-key stops it at once."

const unreported = (id: string, leftMs: number) =>
  new DeployFault({
    what:
      `The Worker's user has two access keys, and AWS has not told yet whether ${id} is used. ` +
      "It tells that about an hour late.",
    mend: `Run the command again in ${minutes(leftMs)}. ${leaked}`
  })

const unclear = (keys: ReadonlyArray<KnownKey>) =>
  new DeployFault({
    what: [
      "The Worker's user has two access keys, and both were used: no command deletes either.",
      ...keys.map(keyText)
    ].join("\n  "),
    mend:
      "Switch off the one that no Worker needs: npm run deploy -- --revoke-key --key <id>, then " +
      "run the command again."
  })

/** The reason for which no key can be made now, and the way on. */
export const keyRefusal = (plan: Exclude<KeyPlan, { _tag: "Keep" | "Make" }>): DeployFault => {
  switch (plan._tag) {
    case "Off":
      return off(plan.ids)
    case "Wait":
      return tooEarly(plan.id, plan.leftMs)
    case "Unreported":
      return unreported(plan.id, plan.leftMs)
    case "Unclear":
      return unclear(plan.keys)
  }
}
