/** The schedule, the weekly e-mail, what leaves AWS, and the bundles that are kept there. */
import type { Design } from "../Design.ts"
import type { Meter } from "../Meter.ts"

/** Of SQS to a batch of two, as the local SQS answers it, and its headers. */
const sendAnswerBytes = 1024

/** Of some fifteen deployments, with their source maps. */
const bundlesGb = 0.05

export const sendingMeters = ({ deployment, prices }: Design): ReadonlyArray<Meter> => [
  {
    service: "EventBridge Scheduler",
    name: "invocations",
    price: prices.of.scheduledInvocations,
    usage: () => deployment.runsPerMonth
  },
  {
    service: "SES",
    name: "mails to one recipient",
    price: prices.of.mails,
    usage: () => deployment.reportsPerMonth
  },
  {
    service: "Data transfer",
    name: "out of AWS",
    price: prices.of.transferOut,
    usage: (questions) => (questions * sendAnswerBytes) / 1e9
  },
  ...(deployment.codeBuckets === 0
    ? []
    : [
        {
          service: "S3",
          name: "bundles of past deployments",
          price: prices.of.codeStorage,
          usage: () => deployment.codeBuckets * bundlesGb
        }
      ])
]
