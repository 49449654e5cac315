const transientNames = new Set([
  "ThrottlingException",
  "Throttling",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "LimitExceededException",
  "TransactionConflictException",
  "InternalServerError",
  "ServiceUnavailable",
  "TimeoutError",
  "RequestTimeout",
  "NetworkingError",
  "AbortError"
])

/** Names an error by its name or its network code, because its message may hold content. */
export const nameOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return "UnknownError"
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name
}

const statusOf = (cause: object): number => {
  const metadata = "$metadata" in cause ? cause.$metadata : undefined
  const hasStatus =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
  return hasStatus && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : 0
}

/** True for throttling, server faults and network faults, which have no status. */
export const isTransient = (cause: unknown): boolean => {
  if (!(cause instanceof Error)) return false
  const status = statusOf(cause)
  return (
    status >= 500 ||
    transientNames.has(nameOf(cause)) ||
    ("$retryable" in cause && cause.$retryable !== undefined) ||
    (status === 0 && /^(E[A-Z_]+|UND_ERR_.*)$/.test(nameOf(cause)))
  )
}
