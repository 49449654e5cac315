/** The schedule, the weekly e-mail, and what leaves AWS. */
import type { Design } from "../Design.ts"
import type { Meter } from "../Meter.ts"

/** Of SQS to a batch of two, as the local SQS answers it, and its headers. */
const sendAnswerBytes = 1024

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
  }
]
