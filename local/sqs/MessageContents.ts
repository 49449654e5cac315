import { createHash } from "node:crypto"
import * as Result from "effect/Result"
import type { Draft, MessageAttribute } from "./Message.ts"
import { messageBytesMax } from "./QueueAttributes.ts"
import { invalidParameter, invalidValue, missingParameter, Rejection } from "./Rejection.ts"

type Attributes = Readonly<Record<string, MessageAttribute>>

export const contentDigest = (body: string): string =>
  createHash("sha256").update(body).digest("hex")

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex")

const isBinary = (attribute: MessageAttribute): boolean => attribute.DataType.startsWith("Binary")

const valueBytes = (attribute: MessageAttribute): Buffer =>
  isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? "", "base64")
    : Buffer.from(attribute.StringValue ?? "")

/** SQS's digest of attributes by name: length and bytes of each part, and the type of the value. */
export const md5OfAttributes = (attributes: Attributes): string | undefined => {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const hash = createHash("md5")
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const name of names) {
    const attribute = attributes[name]
    if (attribute === undefined) continue
    part(Buffer.from(name))
    part(Buffer.from(attribute.DataType))
    hash.update(Buffer.from([isBinary(attribute) ? 2 : 1]))
    part(valueBytes(attribute))
  }
  return hash.digest("hex")
}

/** Counts the body and every name, type and value of the attributes, as the limits do. */
export const sizeBytes = (body: string, attributes: Attributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(attribute.DataType) +
      valueBytes(attribute).length,
    Buffer.byteLength(body)
  )

/** Lone surrogates match too, because a Unicode pattern takes them for code points. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
const identifier = /^[A-Za-z0-9!-/:-@[-`{-~]{1,128}$/
const attributeName = /^(?!aws\.|amazon\.)(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i
const dataType = /^(String|Number|Binary)(\..{1,248})?$/

const attributeProblem = (name: string, attribute: MessageAttribute): Rejection | undefined => {
  const value = isBinary(attribute) ? attribute.BinaryValue : attribute.StringValue
  const isNumber = attribute.DataType.startsWith("Number")
  if (!attributeName.test(name)) {
    return invalidParameter(`The message attribute name '${name}' is invalid.`)
  }
  if (!dataType.test(attribute.DataType)) {
    return invalidParameter(`The type of message attribute '${name}' is invalid.`)
  }
  if (value === undefined || value === "") {
    return invalidParameter(`The message attribute '${name}' must contain a non-empty value.`)
  }
  if (isNumber && (value.trim() === "" || !Number.isFinite(Number(value)))) {
    return invalidParameter(`Can't cast the value of message attribute '${name}' to a number.`)
  }
  return !isBinary(attribute) && forbidden.test(value) ? badContents : undefined
}

const badContents = new Rejection({
  code: "InvalidMessageContents",
  message: "The message contains characters outside the allowed set."
})

const identifierProblem = (name: string, value: string | undefined): Rejection | undefined =>
  value === undefined || identifier.test(value)
    ? undefined
    : invalidValue(name, value, "Only 1 to 128 alphanumeric and punctuation characters.")

const problem = (draft: Draft, limitBytes: number): Rejection | undefined => {
  const attributes = Object.entries(draft.attributes)
  if (draft.body === "") return missingParameter("MessageBody")
  if (draft.group === "") return missingParameter("MessageGroupId")
  if (attributes.length > 10) {
    return invalidParameter("Number of message attributes exceeds the allowed maximum of 10.")
  }
  if (sizeBytes(draft.body, draft.attributes) > limitBytes) {
    const reason = `Message must be shorter than ${limitBytes} bytes.`
    return invalidParameter(`One or more parameters are invalid. Reason: ${reason}`)
  }
  if (forbidden.test(draft.body)) return badContents
  return (
    identifierProblem("MessageGroupId", draft.group) ??
    identifierProblem("MessageDeduplicationId", draft.deduplicationId) ??
    attributes.map(([name, value]) => attributeProblem(name, value)).find((p) => p !== undefined)
  )
}

/** Every draft must pass before it enters a queue. */
export const checkDraft = (
  draft: Draft,
  limitBytes: number = messageBytesMax
): Result.Result<Draft, Rejection> => {
  const found = problem(draft, limitBytes)
  return found === undefined ? Result.succeed(draft) : Result.fail(found)
}
