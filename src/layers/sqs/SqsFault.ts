/** Names the faults of SQS, and says which of them end an event. */
import { fieldsOf, parseJson } from "../../schema/chat/Json.ts"

/** "later": out of reach, so the event is sent again or kept; "never": the event is refused. */
export type Treatment = "later" | "never"

/** The beginnings of the faults' names. The owner can mend the first three kinds of them. */
export const treatments: ReadonlyArray<readonly [RegExp, Treatment]> = [
  [/^(?:QueueDoesNotExist|NonExistentQueue|QueueDeletedRecently|InvalidAddress)/, "later"],
  [/^(?:AccessDenied|NotAuthorized|OptInRequired|InvalidSecurity|KMS)/i, "later"],
  [/^(?:UnrecognizedClient|\w*(?:Token|Signature|AccessKey)|RequestExpired)/, "later"],
  [/^(?:OverLimit|Throttl|RequestThrottled|TooManyRequests|ServiceUnavailable|Internal)/, "later"],
  [/^(?:InvalidMessageContents|InvalidParameter|MissingParameter)/, "never"],
  [/^(?:\w*Batch|RequestEntityTooLarge|Serialization|Validation)/, "never"]
]

/** `com.amazonaws.sqs#Name:http://…` or `AWS.SimpleQueueService.Name;Sender`, without the rest. */
const nameIn = (text: string): string =>
  /^(?:[^#;:]*#)?(?:AWS\.SimpleQueueService\.)?([\w.]{1,80})/.exec(text)?.[1] ?? ""

const treatmentIn = (name: string): Treatment | undefined =>
  treatments.find(([names]) => names.test(name))?.[1]

/** An unknown fault of a request says little about its events, which are kept. */
export const requestTreatment = (status: number, name: string): Treatment => {
  if (status >= 500) return "later"
  return treatmentIn(name) ?? (status === 413 ? "never" : "later")
}

/** An entry's unknown code leaves the word to the flag beside it. */
export const entryTreatment = (code: string, senderFault: boolean): Treatment =>
  senderFault ? (treatmentIn(nameIn(code)) ?? "never") : "later"

/** The name in the body, else in the header for older clients; empty when neither has one. */
export const faultName = ({ headers }: Response, body: string): string => {
  const type = fieldsOf(parseJson(body)).__type
  return nameIn(typeof type === "string" ? type : (headers.get("x-amzn-query-error") ?? ""))
}
