import type { Mishap } from "./Coverage.ts"

/** The names by which an AWS client tells a fault that may pass. */
const awsNames: Readonly<Record<Mishap, string>> = {
  throttled: "ProvisionedThroughputExceededException",
  "failed before it took effect": "InternalServerError",
  "failed after it took effect": "InternalServerError",
  "never arrived": "TimeoutError",
  "took effect late": "TimeoutError",
  "crash before it": "NetworkingError",
  "crash after it": "NetworkingError"
}

export const awsError = (mishap: Mishap): Error =>
  Object.assign(new Error(mishap), { name: awsNames[mishap] })
