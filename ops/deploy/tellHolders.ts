import * as Console from "effect/Console"
import type { KnownKey } from "./KeyPlan.ts"
import { keyText } from "./KeysOfUser.ts"
import type { Target, WorkerPlace } from "./Target.ts"

const holding = ({ config, worker }: WorkerPlace, holds: boolean): string =>
  `  ${worker} (${config}) has ${holds ? "an access key" : "none"}.`

/** The owner gets to know all that can be known; Cloudflare does not tell which key is where. */
export const tellHolders = (
  target: Target,
  holds: boolean,
  sample: WorkerPlace | undefined,
  keys: ReadonlyArray<KnownKey>
) =>
  Console.error(
    [
      holding(target, holds),
      ...(sample === undefined ? [] : [holding(sample, true)]),
      "  Any other Worker stops recording when its key goes. AWS tells a use about an hour late:",
      ...keys.map((key) => `    ${keyText(key)}`)
    ].join("\n")
  )
