/** Reads a fault of the SES client: what SES said, and whether the e-mail may be out. */
import { SESServiceException } from "@aws-sdk/client-ses"
import { MailerUnavailable, MailRejected } from "../../services/Mailer.ts"
import { isTransient, nameOf } from "../aws/AwsFault.ts"

const sentenceLengthMax = 400

/** SES names the addresses that it refuses, and the log must not. */
const masked = (sentence: string): string =>
  sentence.replace(/[^\s@<>"'`,;:()]+@/g, "***@").slice(0, sentenceLengthMax)

const detailOf = (cause: unknown): string =>
  cause instanceof SESServiceException
    ? `${nameOf(cause)}: ${masked(cause.message)}`
    : nameOf(cause)

/** SES never saw the e-mail, because no connection was made. */
const unconnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"])

/** An error that SES itself told means that it has not accepted the e-mail. */
export const toMailError = (cause: unknown): MailerUnavailable | MailRejected => {
  const detail = detailOf(cause)
  if (!isTransient(cause)) return new MailRejected({ detail })
  const isRefused = cause instanceof SESServiceException || unconnected.has(nameOf(cause))
  return new MailerUnavailable({ detail, accepted: isRefused ? "no" : "unknown" })
}
