/** The columns that a history may have, the names that other tools give them, and `--map`. */
import * as Schema from "effect/Schema"
import { isFields, type JsonFields } from "../../src/schema/chat/Json.ts"

/** The names in order of preference; case, spaces and punctuation do not count. */
const known = {
  question:
    "question prompt query userMessage userQuestion userQuery userInput userPrompt userText " +
    "customerMessage visitorMessage frage pregunta domanda pergunta vraag input inputs " +
    "inputText requestText requestBody request message human utterance messages user q",
  answer:
    "answer response reply completion botMessage botResponse botReply botAnswer " +
    "assistantMessage assistantResponse aiMessage aiResponse modelResponse antwort " +
    "reponse respuesta risposta resposta antwoord output outputs outputText responseText " +
    "responseBody generation assistant ai bot a",
  timestamp:
    "timestamp dateTime createdAt created createTime createdTime creationTime " +
    "requestCreatedAt startTime startedAt askedAt sentAt loggedAt messageTime eventTime ts " +
    "zeitstempel zeitpunkt horodatage when time uhrzeit hora date datum fecha day",
  sessionId:
    "sessionId session conversationId conversation threadId thread chatId chat visitorId " +
    "userId endUserId fromEndUserId requestUserId user",
  requestId: "requestId",
  status: "status",
  country: "country countryCode",
  matchType: "matchType",
  matchScore: "matchScore",
  processingTimeMs: "processingTimeMs latencyMs delayMs durationMs responseTimeMs elapsedMs",
  seconds: "providerResponseLatency latencySeconds durationSeconds elapsedSeconds",
  outcome: "outcome",
  model: "model modelName modelId modelSlug llm",
  inputTokens: "inputTokens promptTokens tokensIn messageTokens requestTokens inputUsage",
  outputTokens: "outputTokens completionTokens tokensOut answerTokens responseTokens outputUsage",
  cachedInputTokens: "cachedInputTokens",
  cacheWriteTokens: "cacheWriteTokens",
  hourCacheWriteTokens: "hourCacheWriteTokens",
  reasoningTokens: "reasoningTokens",
  rating: "rating feedback vote thumbs",
  reason: "reason",
  comment: "comment feedbackText feedbackComment",
  own: "own isOwn ownVisit internal isInternal",
  agent: "agent isBot bot crawler",
  userAgent: "userAgent",
  browser: "browser",
  device: "device",
  referrerHost: "referrerHost",
  lostBefore: "lostBefore"
} as const
export type Name = keyof typeof known
const names = Object.keys(known) as ReadonlyArray<Name>

/** The parts of a row before they are checked. */
export type Told = { readonly [N in Name | "clock" | "turn"]?: unknown }

/** The column of each name; the parts of a path lead into an object, and none means no column. */
export type Columns = { readonly [N in Name | "clock"]?: ReadonlyArray<string> }

/** `Created At`, `created_at` and `createdAt` are one name. */
export const plainName = (name: string): string =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "")

const synonyms = names.map((name) => [name, known[name].split(" ").map(plainName)] as const)

/** Only our own export tells a request's id and status as we do. */
const isOwn = (found: ReadonlyArray<string>): boolean => found.includes("requestId")
const own: ReadonlyArray<Name> = ["requestId", "status"]

/** Gives each column to the first name that it serves. */
export const columnsIn = (found: ReadonlyArray<string>, mapped: Columns): Columns => {
  const taken = new Set(Object.values(mapped).map((path) => path[0]))
  const free = new Map(
    found
      .filter((column) => !taken.has(column))
      .toReversed()
      .map((column) => [plainName(column), column])
  )
  const columns: { [N in Name | "clock"]?: ReadonlyArray<string> } = { ...mapped }
  for (const [name, candidates] of synonyms) {
    if (columns[name] !== undefined || (own.includes(name) && !isOwn(found))) continue
    const plain = candidates.find((candidate) => free.has(candidate))
    if (plain === undefined) continue
    columns[name] = [free.get(plain) ?? ""]
    free.delete(plain)
  }
  // a column of days and one of times make a time together
  const [time = ""] = columns.timestamp ?? []
  const day = ["date", "datum", "fecha", "day"].find((candidate) => free.has(candidate))
  return day !== undefined && ["time", "uhrzeit", "hora"].includes(plainName(time))
    ? { ...columns, timestamp: [free.get(day) ?? ""], clock: [time] }
    : columns
}

export const valueAt = (record: JsonFields, path: ReadonlyArray<string> | undefined): unknown =>
  path === undefined || path.length === 0
    ? undefined
    : path.reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), record)

const pairs = /\s*([A-Za-z]+)\s*=\s*(?:"([^"]*)"|([^,]*?))\s*(?:,|$)/y

const isName = (name: string): name is Name => Object.hasOwn(known, name)

/** Says what is wrong with a `--map`, or that it is whole. */
const faultIn = (text: string): string | true => {
  for (pairs.lastIndex = 0; pairs.lastIndex < text.length; ) {
    const found = pairs.exec(text)
    if (found === null) return 'pairs such as question=Prompt,timestamp="Created At"'
    if (!isName(found[1] ?? "")) return `one of ${names.join(", ")} before each =`
  }
  return true
}

export const ColumnMap = Schema.String.check(Schema.makeFilter(faultIn))

/** The columns that a `--map` names; a dot leads into an object, unless a column has this name. */
export const mappedBy = (text: string, found: ReadonlyArray<string>): Columns => {
  const mapped: { [N in Name]?: ReadonlyArray<string> } = {}
  for (pairs.lastIndex = 0; pairs.lastIndex < text.length; ) {
    const [, name = "", quoted, plain] = pairs.exec(text) ?? []
    const column = quoted ?? plain ?? ""
    const path = found.includes(column) ? [column] : column.split(".")
    if (isName(name)) mapped[name] = column === "" ? [] : path
  }
  return mapped
}
