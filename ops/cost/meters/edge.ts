/**
 * Cloudflare's Free plan refuses requests beyond its number a day, and CPU time beyond its limit a
 * request. Owners who want those answered pay for the Paid plan.
 */
import type { Design } from "../Design.ts"
import { type Meter, meter, monthDays } from "../Meter.ts"

/** Questions come evenly over the month; a single busier day is refused its surplus, not billed. */
const needsPaidPlan = ({ answerMs, prices }: Design, questions: number): boolean => {
  const { workerCpuMs, workerRequestsPerDay } = prices.limits
  return questions > workerRequestsPerDay * monthDays || answerMs > workerCpuMs
}

export const edgeMeters = (design: Design): ReadonlyArray<Meter> => {
  const { answerMs, prices } = design
  const { workerCpu, workerPlan, workerRequests } = prices.of
  const service = "Cloudflare Workers"
  const freePlan = {
    ...workerRequests,
    free: prices.limits.workerRequestsPerDay * monthDays,
    usd: 0
  }
  const paid = (each: number) => (questions: number) =>
    needsPaidPlan(design, questions) ? questions * each : 0
  return [
    meter(service, "requests on the Free plan", freePlan, (questions) => questions),
    meter(service, "Paid plan", workerPlan, (questions) =>
      needsPaidPlan(design, questions) ? 1 : 0
    ),
    meter(service, "requests on the Paid plan", workerRequests, paid(1)),
    meter(service, "CPU time on the Paid plan", workerCpu, paid(answerMs))
  ]
}
