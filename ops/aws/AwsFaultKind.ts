/** The failures that all AWS services share; `Refused` is the service's own, by its code. */
export type AwsFaultKind =
  | "LoggedOut"
  | "NoCredentials"
  | "UnknownCredentials"
  | "Clock"
  | "NotReady"
  | "Denied"
  | "Quota"
  | "Throttled"
  | "Unreachable"
  | "Refused"

/** Protocols differ in their names for the same failure. */
const codes: Partial<Readonly<Record<AwsFaultKind, ReadonlyArray<string>>>> = {
  LoggedOut: [
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "TokenProviderError",
    "UnauthorizedException"
  ],
  UnknownCredentials: [
    "AuthFailure",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "InvalidToken",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException"
  ],
  Clock: ["RequestTimeTooSkewed", "RequestInTheFuture"],
  NotReady: ["NotSignedUp", "OptInRequired", "SubscriptionRequiredException"],
  Denied: [
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "UnauthorizedOperation"
  ],
  Quota: [
    "LimitExceeded",
    "LimitExceededException",
    "ServiceQuotaExceededException",
    "TooManyBuckets"
  ],
  Throttled: [
    "RequestLimitExceeded",
    "RequestThrottled",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException"
  ]
}

const kindsByCode = new Map(
  Object.entries(codes).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as AwsFaultKind] as const)
  )
)

/**
 * The kind that an error's code tells. The SDK has one code for all credentials that it cannot
 * load, and AWS has one for every wrong signature, so their words tell the rest.
 */
export const kindOf = (code: string, said: string): AwsFaultKind | undefined => {
  if (code === "CredentialsProviderError") {
    return /SSO|[Tt]oken|expired|login/.test(said) ? "LoggedOut" : "NoCredentials"
  }
  if (/Signature (?:expired|not yet current)/.test(said)) return "Clock"
  return kindsByCode.get(code)
}
