/** Tells ids that a machine made from ids that a person would know. */
import type { Redactor } from "../../schema/redaction/Redaction.ts"

const uuid = /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i

/** Longer than a phone number; clocks and databases count in so many digits. */
const longNumber = /^\d{16,19}$/

/** Words of the trade beside a number, as in "visit-1", name no person. */
const trade = new Set([
  ...["session", "sess", "sid", "id", "visit", "visitor", "user", "guest", "client", "anonymous"],
  ...["chat", "thread", "conversation", "conv", "dialog", "message", "msg", "request", "req"],
  ...["run", "ctx", "context", "page", "tab", "web", "widget", "bot", "test", "demo"]
])

/** As people write names: small, capital or with a capital; a number may follow. */
const word = /^(?:\p{Ll}{2,}|\p{Lu}\p{Ll}+|\p{Lu}{2,})\d{0,8}$/u
const words = /^(?:\p{Ll}+|\p{Lu}\p{Ll}+)(?:\p{Lu}\p{Ll}+){1,2}\d{0,8}$/u

/** A piece of a longer id, such as a UUID's beginning. */
const hex = /^(?=.*\d)[\da-f]+$/i

const isWord = (part: string): boolean =>
  word.test(part) && !trade.has(part.replace(/\d+$/, "").toLowerCase())

/**
 * Decides in doubt that an id names someone, because a hash in its place groups a conversation as
 * well. Names, e-mail addresses and everything that is redacted in texts are found.
 */
export const namesSomeone = (id: string, redact: Redactor): boolean => {
  if (uuid.test(id) || longNumber.test(id)) return false
  if (/[\s@]|[^\p{ASCII}]/u.test(id) || redact(id) !== id) return true
  const parts = id.split(/[^\p{L}\d]+/u)
  const suspects = parts.length === 1 ? parts : parts.filter((part) => !hex.test(part))
  return suspects.some((part) =>
    words.test(part) ? part.split(/(?=\p{Lu})/u).some(isWord) : isWord(part)
  )
}
