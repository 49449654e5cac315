/** Hostile exchanges: requests that may ask, handlers that misbehave, queues that fail. */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { Options, ToldAnswer } from "../../../src/programs/recorder/Package.d.ts"
import { tell } from "../../../src/programs/recorder/Registry.ts"
import { hostileValues } from "../../schema/HostileValues.ts"

const at = (list: { readonly length: number }) =>
  Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: list.length - 1 }))

const encoder = new TextEncoder()

/** Short, because the texts of the long ones are cut in the same way. */
const values: ReadonlyArray<unknown> = [
  ...["Which databases does she know?", "日本👩", "I don't know.", "x".repeat(50_000)],
  ...hostileValues.filter((value) => typeof value !== "string" || value.length < 1000)
]

const sse = (...data: ReadonlyArray<unknown>) =>
  data.map((one) => `data: ${typeof one === "string" ? one : JSON.stringify(one)}\n\n`).join("")

const usage = { prompt_tokens: 12.5, completion_tokens: -3, total_tokens: "9" }

const answers: ReadonlyArray<string | Uint8Array> = [
  "",
  "Ten crowns.",
  "I don't know.",
  '{"answer":"Ten crowns.","matchScore":7,"tokens":{"input":-1}}',
  JSON.stringify({ model: 7, choices: [{ message: { content: "Ten." } }], usage }),
  JSON.stringify({ choices: [{ message: { content: ["Ten", 7, null] } }], model: "m\uD800" }),
  '{"error":{"message":"overloaded"}}',
  '{"op":7,"frame":"AAEC"}',
  '{"half',
  sse({ choices: [{ delta: { content: "Ten" } }] }, { choices: [{ delta: { content: 10 } }] }),
  sse({ choices: [{ delta: { content: "Ten" } }] }, { error: { code: 529 } }, "[DONE]"),
  sse({ type: "text-delta", delta: "Ten" }, { type: "error", errorText: "no" }, "{half", ""),
  sse({ choices: [], usage, model: "__proto__" }, '{"usage":{"input_tokens":1e400}}', "null"),
  '0:"Ten"\n0:" crowns"\nd:{"usage":{"promptTokens":null,"completionTokens":1e21}}\n',
  `data: ${"[".repeat(5000)}\n\n`,
  `data: ${"x".repeat(300_000)}`,
  Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe]),
  encoder.encode("Köln 日本").slice(0, -1)
]

const told: ReadonlyArray<unknown> = [
  undefined,
  { text: "Told.", matchType: "partial", matchScore: 0.5, tokens: { input: 1, output: 2 } },
  { text: "I don't know." },
  { text: "", model: "", outcome: "failed" },
  { text: 7, matchType: "good", matchScore: Number.NaN, tokens: { input: 1.5, output: -1 } },
  { matchType: "__proto__", tokens: [], model: {}, outcome: true }
]

/** The blanks make usual values more frequent, and are removed again. */
const HostileExchange = Schema.Struct({
  method: Schema.Literals(["POST", "POST ", "POST  ", "PUT", "GET", "OPTIONS"]),
  type: Schema.Literals([
    ...(["application/json", "application/json ", "application/json  ", "text/plain"] as const),
    ...(["application/x-www-form-urlencoded", "multipart/form-data", "image/png"] as const)
  ]),
  form: Schema.Literals([
    ...(["message", "message ", "query", "messages", "parts", "tool", "unknown", "list"] as const),
    ...(["bare", "cut", "bytes", "none", "breaks", "deep"] as const)
  ]),
  value: at(values),
  session: at(values),
  reads: Schema.Literals(["before", "not", "while"]),
  status: Schema.Literals([
    ...(["200", "200 ", "200  ", "200   ", "201", "204", "302", "400", "401", "429"] as const),
    ...(["500", "503"] as const)
  ]),
  answerType: Schema.Literals([
    ...([
      "text/event-stream",
      "text/event-stream ",
      "application/json",
      "text/plain",
      "text/html"
    ] as const),
    ...(["application/x-ndjson", "x/y", ""] as const)
  ]),
  answer: at(answers),
  coming: Schema.Literals([
    ...(["whole", "whole ", "pieces", "pieces ", "bytes", "breaks", "throws", "rejects"] as const),
    ...(["nothing", "used"] as const)
  ]),
  told: at(told),
  option: Schema.Literals([
    ...([
      "none",
      "none ",
      "none  ",
      "at",
      "question",
      "bad question",
      "answer",
      "bad answer"
    ] as const),
    ...(["session", "bad session", "model", "bad model"] as const)
  ]),
  queue: Schema.Literals(["takes", "takes ", "takes  ", "is away", "refuses one", "has a bug"])
})
export type HostileExchange = typeof HostileExchange.Type

export const hostileExchanges = Arbitrary.schema(HostileExchange)

const bodyOf = ({ form, session, value: index }: HostileExchange): BodyInit | null => {
  const [value, sessionId] = [values[index], values[session]]
  const json = (body: unknown) => JSON.stringify(body) ?? ""
  const bodies: Readonly<Record<string, () => BodyInit | null>> = {
    message: () => json({ message: value, sessionId }),
    query: () => json({ query: value, session_id: sessionId, id: sessionId }),
    messages: () => json({ id: sessionId, messages: [{ role: "user", content: value }] }),
    parts: () => json({ message: { role: "user", parts: [{ type: "text", text: value }] } }),
    tool: () =>
      json({
        messages: [
          { role: "user", content: "Hi" },
          { role: "tool", content: value }
        ]
      }),
    unknown: () => json({ payload: value, [String(sessionId).slice(0, 99)]: 1 }),
    list: () => json([value, sessionId]),
    bare: () => json(value),
    cut: () => json({ message: value }).slice(0, -4),
    bytes: () => Uint8Array.from([0x7b, 0xc3, 0x28, 0xff]),
    none: () => null,
    deep: () => `${'{"message":'.repeat(3000)}1${"}".repeat(3000)}`,
    breaks: () =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(encoder.encode('{"message":'))
          controller.error(new Error("gone"))
        }
      })
  }
  return bodies[form.trim()]?.() ?? null
}

export const requestOf = (hostile: HostileExchange): Request => {
  const method = hostile.method.trim()
  return new Request("https://cv.example.com/api/chat", {
    method,
    headers: { "content-type": hostile.type.trim() },
    ...(method === "GET" ? {} : { duplex: "half", body: bodyOf(hostile) })
  })
}

/** The text that is certainly asked, where the request is of a form that everybody knows. */
export const certainQuestion = (hostile: HostileExchange): string | undefined => {
  const { form, method, option, type, value } = hostile
  const text = values[value]
  const isPlain = method.trim() === "POST" && type.trim() === "application/json"
  const isKnown = ["message", "query", "messages", "parts"].includes(form.trim())
  const isGuessed = !option.endsWith("question")
  return isPlain && isKnown && isGuessed && typeof text === "string" && text.length < 1000
    ? /[\p{L}\p{N}]{3}/u.exec(text)?.input
    : undefined
}

const isBodiless = (status: number) => status === 204 || status === 304

const streamed = ({ answer, coming }: HostileExchange): ReadableStream<Uint8Array> => {
  const body = answers[answer] ?? ""
  const bytes = typeof body === "string" ? encoder.encode(body) : body
  const size = coming === "bytes" && bytes.length < 300 ? 1 : Math.ceil(bytes.length / 7) || 1
  let sent = 0
  return new ReadableStream({
    pull: (controller) => {
      if (sent < bytes.length) {
        controller.enqueue(bytes.slice(sent, sent + size))
        sent += size
      } else if (coming === "breaks") controller.error(fault)
      else controller.close()
    }
  })
}

/** The handler's own fault, which the runtime gets as it is. */
export const fault = new Error("the handler's own")

/** The handler of this exchange, which does the same each time. */
export const handlerOf = (hostile: HostileExchange) => async (request: Request) => {
  const coming = hostile.coming.trim()
  if (hostile.reads === "before") await request.text().catch(() => undefined)
  if (hostile.reads === "while") void request.text().catch(() => undefined)
  tell(request, told[hostile.told] as ToldAnswer)
  if (coming === "throws" || coming === "rejects") throw fault
  if (coming === "nothing") return undefined as unknown as Response
  const status = Number(hostile.status)
  const body = answers[hostile.answer] ?? ""
  const whole = coming === "whole" || coming === "used"
  const response = new Response(
    isBodiless(status) ? null : whole ? (body as BodyInit) : streamed(hostile),
    { status, headers: { "content-type": hostile.answerType.trim(), "x-mine": "7" } }
  )
  if (coming === "used") await response.text()
  return response
}

/** Throws at once for `handlerOf`, where the other rejects. */
export const fetchOf = (hostile: HostileExchange) => {
  const fetch = handlerOf(hostile)
  return (request: Request): Response | Promise<Response> => {
    if (hostile.coming.trim() === "throws") throw fault
    return fetch(request)
  }
}

const broken = (): never => {
  throw new Error("the owner's own")
}

export const optionsOf = ({ option, session, value }: HostileExchange): Options => {
  const options: Readonly<Record<string, Options>> = {
    none: {},
    at: { at: ["/api/chat"] },
    question: { question: () => values[value] as string },
    "bad question": { question: broken },
    answer: { answer: async (response) => (await response.text()).slice(0, 9) },
    "bad answer": { answer: () => Promise.reject(new Error("the owner's own")) },
    session: { session: () => values[session] as string },
    "bad session": { session: broken },
    model: { model: () => values[value] as string },
    "bad model": { model: broken }
  }
  return options[option.trim()] ?? {}
}
