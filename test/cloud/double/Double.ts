/**
 * Stands in front of moto, passes requests on, and supplies what moto lacks:
 *
 * - DynamoDB takes one request at a time: moto checks a condition and writes in two steps, between
 *   which another thread may write.
 * - SQS keeps a queue's Policy and RedriveAllowPolicy, which moto forgets.
 * - S3 keeps the policy of a bucket, and does not apply it: moto reads no condition.
 * - CloudFormation expands SAM's templates, refuses an update without a change, and tells the
 *   description of a stack that a change set made. It gives each function a version, the alias `live`
 *   and its retries, of which moto makes none from a template. CodeDeploy stays absent, and with it
 *   every gradual deployment.
 * - Lambda leaves a queue to whoever polls it, because moto would run the function by Docker. A
 *   mapping is told as the template has it: it calls the alias, and is on until it is put off.
 *   A function has its template's architecture, and a mapping goes with its template.
 * - CloudWatch has an empty history of alarms, and tells those of one state alone when asked so.
 * - SES has an account, mails bounces and suppresses no address. The Free Tier has a list.
 * - SES shows the e-mails that moto took.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { serve } from "../../../local/LoopbackServer.ts"
import { accountSupplements } from "./account.ts"
import { bucketPolicies } from "./bucketPolicies.ts"
import { functionSettings } from "./functionSettings.ts"
import { mappings } from "./mappings.ts"
import { outgoing } from "./outgoing.ts"
import { passOn, type Supplement, targetOf } from "./Pass.ts"
import { queuePolicies } from "./queuePolicies.ts"
import { type Architectures, stacks } from "./stacks.ts"
import { noteWrites } from "./writes.ts"

const oneByOne = (): Supplement => {
  const turn = Semaphore.makeUnsafe(1)
  return (request, pass) =>
    targetOf(request).startsWith("DynamoDB_") ? turn.withPermit(pass(request)) : undefined
}

/** Serves moto's account on another port until the scope ends; notes the calls that write. */
export const front = Effect.fnUntraced(function* (moto: string, written: Array<string> = []) {
  const pass = passOn(moto)
  const architectures: Architectures = new Map()
  const supplements: ReadonlyArray<Supplement> = [
    noteWrites(written),
    oneByOne(),
    queuePolicies(),
    bucketPolicies(),
    stacks(moto, architectures),
    functionSettings(architectures),
    mappings(),
    outgoing(),
    ...accountSupplements
  ]
  return yield* serve({
    port: 0,
    handle: (request) => {
      for (const supplement of supplements) {
        const answer = supplement(request, pass)
        if (answer !== undefined) return answer
      }
      return pass(request)
    }
  })
})
