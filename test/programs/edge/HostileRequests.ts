/** Hostile requests, and some that the page would send. */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { hostileValues } from "../../schema/HostileValues.ts"

const Index = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: hostileValues.length + 5 }))

/** Values past the end of the list stand for a question that a visitor might ask. */
const valueAt = (at: number): unknown =>
  at < hostileValues.length ? hostileValues[at] : "Which databases does she know?"

type Entries = ReadonlyArray<readonly [string, number]>

/** Writes JSON by hand, so that a key may come twice. */
const bodyOf = (entries: Entries): string =>
  `{${entries
    .map(([name, at]) => `${JSON.stringify(name)}:${JSON.stringify(valueAt(at)) ?? "undefined"}`)
    .join(",")}}`

const damaged = (body: string, damage: string): BodyInit | null => {
  const bytes = new TextEncoder().encode(body.slice(0, 40_000))
  if (damage === "cut") return bytes.slice(0, Math.floor(bytes.length / 2))
  if (damage === "bytes") return Uint8Array.from([...bytes.slice(0, 12), 0xc3, 0x28, 0xff])
  if (damage === "deep") return `${'{"query":'.repeat(1500)}1${"}".repeat(1500)}`
  if (damage === "padded") return body.padEnd(20_000)
  if (damage === "empty") return null
  if (damage === "none") return bytes
  return new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += 997) controller.enqueue(bytes.slice(at, at + 997))
      if (damage === "breaks") controller.error(new Error("gone"))
      else controller.close()
    }
  })
}

const often = "application/json"

const HostileRequest = Schema.Struct({
  method: Schema.Literals(["POST", "POST ", "GET", "HEAD", "PUT", "DELETE", "OPTIONS"]),
  path: Schema.Literals(["/query", "/query?x=1", "/query ", "/health", "/", "//query", "/%ff"]),
  headers: Schema.Struct({
    "content-type": Schema.Literals([often, `${often}; charset=utf-16`, `${often} `, "text/plain"]),
    accept: Schema.Literals(["*/*", "text/event-stream", "text/event-stream;q=0", ""]),
    origin: Schema.Literals(["https://cv.example.com", "https://evil.example", "null", "nowhere"]),
    "x-request-id": Schema.Literals([
      "00000000-0000-4000-8000-0000000000ff",
      "__proto__",
      "0".repeat(4096)
    ]),
    "content-length": Schema.Literals(["0", "-1", "20", "99999999999"]),
    "user-agent": Schema.Literals(["", "Mozilla/5.0", "x".repeat(16_384)])
  }),
  entries: Schema.Array(
    Schema.Tuple([
      Schema.Literals(["query", "query ", "sessionId", "question", "__proto__", "toString"]),
      Index
    ])
  ),
  damage: Schema.Literals([
    "none",
    "none ",
    "cut",
    "bytes",
    "deep",
    "padded",
    "empty",
    "chunks",
    "breaks"
  ])
})

/** The blanks make usual values more frequent, and are removed again. */
export const hostileRequests = Arbitrary.schema(HostileRequest)

export const requestOf = (hostile: typeof HostileRequest.Type): Request => {
  const method = hostile.method.trim()
  const entries = hostile.entries.map(([name, at]) => [name.trim(), at] as const)
  const isBodiless = method === "GET" || method === "HEAD"
  return new Request(`https://cv.example.com${hostile.path.trim()}`, {
    method,
    headers: hostile.headers,
    ...(isBodiless ? {} : { duplex: "half", body: damaged(bodyOf(entries), hostile.damage.trim()) })
  })
}
