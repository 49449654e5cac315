/** The edge step where the owner deploys the Worker: only its variables are looked at. */
import * as Effect from "effect/Effect"
import { DeployFault } from "./DeployFault.ts"
import type { OwnWorker } from "./OwnWorker.ts"
import type { Target } from "./Target.ts"
import { secretNames } from "./WorkerSecrets.ts"

export const queueVariable = "CV_ANALYTICS_QUEUE_URL"

const another = ({ config, variables, worker }: Target, queueUrl: string) =>
  new DeployFault({
    what:
      `Your Worker ${worker} does not send to this queue: ${config} ` +
      (variables[queueVariable] === undefined
        ? `has no ${queueVariable}.`
        : `has another ${queueVariable}, ${variables[queueVariable]}`),
    mend:
      `Put this into its "vars", deploy your Worker, then run the command again:\n` +
      `  "${queueVariable}": "${queueUrl}"`
  })

/** Fails unless the owner's Worker sends to this queue, as far as its definition tells. */
export const checkOwnWorker = Effect.fnUntraced(function* (
  target: Target,
  { url }: OwnWorker,
  queueUrl: string
) {
  if (target.variables[queueVariable] === queueUrl) return `${url} sends to this queue`
  const names = yield* secretNames(target)
  if (!names.includes(queueVariable)) return yield* another(target, queueUrl)
  return `${url} has a secret for ${queueVariable}, which nobody can read`
})
