/** Any other `x-request-id` is ignored. */
export const clientRequestIds = /^[\x21-\x7e]{1,128}$/

/** The client's own name for the request: a label in logs and data, and never a key. */
export const clientRequestIdOf = ({ headers }: Pick<Request, "headers">): string | undefined =>
  clientRequestIds.exec(headers.get("x-request-id") ?? "")?.[0]
