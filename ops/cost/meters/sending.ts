/** The schedule, the weekly e-mail, traffic out of AWS, and the bundles of past deployments. */
import type { Design } from "../Design.ts"
import { type Meter, meter } from "../Meter.ts"

/** The answer of SQS to a batch of two, as the local SQS gives it, with its headers. */
const sendAnswerBytes = 1024

/** Some fifteen deployments with their source maps. */
const bundlesGb = 0.05

export const sendingMeters = ({ deployment, prices }: Design): ReadonlyArray<Meter> => {
  const { codeBuckets, drainsPerMonth, reportsPerMonth, runsPerMonth, watchesPerMonth } = deployment
  const firings = runsPerMonth + watchesPerMonth + drainsPerMonth
  const { codeStorage, mails, scheduledInvocations, transferOut } = prices.of
  const outGb = sendAnswerBytes / 1e9
  return [
    meter("EventBridge Scheduler", "invocations", scheduledInvocations, () => firings),
    meter("SES", "mails to one recipient", mails, () => reportsPerMonth),
    meter("Data transfer", "out of AWS", transferOut, (questions) => questions * outGb),
    ...(codeBuckets === 0
      ? []
      : [meter("S3", "bundles of past deployments", codeStorage, () => codeBuckets * bundlesGb)])
  ]
}
