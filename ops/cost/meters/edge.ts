/**
 * Cloudflare's Free plan has a number of requests a day and of milliseconds a request, beyond
 * which it refuses; whoever wants them answered pays for the Paid plan.
 */
import type { Design } from "../Design.ts"
import { type Meter, monthDays } from "../Meter.ts"

/** Spread evenly over the month; a single busier day is refused its surplus, not billed. */
const needsPaidPlan = ({ answerMs, prices }: Design, questions: number): boolean => {
  const { workerCpuMs, workerRequestsPerDay } = prices.limits
  return questions > workerRequestsPerDay * monthDays || answerMs > workerCpuMs
}

export const edgeMeters = (design: Design): ReadonlyArray<Meter> => {
  const { answerMs, prices } = design
  const { workerCpu, workerPlan, workerRequests } = prices.of
  const service = "Cloudflare Workers"
  const isPaid = (questions: number) => needsPaidPlan(design, questions)
  return [
    {
      service,
      name: "requests on the Free plan",
      price: {
        ...workerRequests,
        free: prices.limits.workerRequestsPerDay * monthDays,
        usd: 0
      },
      usage: (questions) => questions
    },
    {
      service,
      name: "Paid plan",
      price: workerPlan,
      usage: (questions) => (isPaid(questions) ? 1 : 0)
    },
    {
      service,
      name: "requests on the Paid plan",
      price: workerRequests,
      usage: (questions) => (isPaid(questions) ? questions : 0)
    },
    {
      service,
      name: "CPU time on the Paid plan",
      price: workerCpu,
      usage: (questions) => (isPaid(questions) ? questions * answerMs : 0)
    }
  ]
}
