import { writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { importCommand } from "../../../ops/import/importCommand.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { operateWith } from "../operateWith.ts"

const imported = operateWith(importCommand)

const dayMs = 86_400_000
/** A time within the kept ones, whose parts have two digits in any order. */
const at = Math.floor((Date.now() - 20 * dayMs) / 1000) * 1000
const iso = (plusMs = 0) => new Date(at + plusMs).toISOString()
const seconds = at / 1000
const day = new Date(at).toLocaleDateString("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC"
})

const [asked, answered, unknown] = ["Where do you live?", "In Leeds.", "I don't know."]
const table = (separator: string, ...head: ReadonlyArray<string>) =>
  [head, [asked, answered, iso()], ["Do you drive?", unknown, iso(60_000)]]
    .map((cells) => cells.join(separator))
    .join("\n")

const message = (role: string, content: unknown) => ({ role, content })
const conversation = [
  message("system", "Be kind."),
  message("user", asked),
  message("assistant", answered),
  message("user", [{ type: "text", text: "Do you drive?" }]),
  message("assistant", unknown)
]
const lines = (...rows: ReadonlyArray<unknown>) => rows.map((row) => JSON.stringify(row)).join("\n")
const cell = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`

const chatGptNode = (id: string, parent: string | null, role: string, text: string) => ({
  [id]: {
    id,
    parent,
    message: {
      author: { role },
      create_time: seconds,
      content: { content_type: "text", parts: [text] }
    }
  }
})
const chatGpt = {
  title: asked,
  create_time: seconds,
  conversation_id: "c1",
  current_node: "e",
  mapping: {
    root: { id: "root", message: null, parent: null },
    ...chatGptNode("a", "root", "user", asked),
    ...chatGptNode("b", "a", "assistant", "A draft that was asked for again."),
    ...chatGptNode("c", "a", "assistant", answered),
    ...chatGptNode("d", "c", "user", "Do you drive?"),
    ...chatGptNode("e", "d", "assistant", unknown)
  }
}

const openAi = (question: string, answer: string) => ({
  request: { model: "gpt-5", messages: [message("user", question)] },
  response: {
    object: "chat.completion",
    model: "gpt-5",
    choices: [{ index: 0, message: message("assistant", answer), finish_reason: "stop" }],
    usage: { prompt_tokens: 7, completion_tokens: 3 }
  },
  created_at: iso()
})

const trace = (input: unknown, output: unknown, more: object = {}) => ({
  id: "t",
  timestamp: iso(),
  name: "chat",
  sessionId: "s1",
  input,
  output,
  ...more
})
const traces = [
  trace({ messages: [message("user", asked)] }, message("assistant", answered)),
  trace("Do you drive?", unknown)
]

const observation = (type: string, question: string, answer: string) => ({
  id: "o",
  traceId: "t",
  type,
  startTime: iso(),
  endTime: iso(1000),
  model: "m",
  input: [message("user", question)],
  output: answer
})

const dify = (query: string, answer: string, rating: string | null) => ({
  id: "m",
  conversation_id: "c",
  query,
  answer,
  feedback: rating && { rating },
  created_at: seconds
})

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")
const accents = `question,answer,timestamp\nOù habitez-vous?,${answered},${iso()}\n`
const both = "Questions: 1 answered fully, 1 without a good answer."

interface Kind {
  readonly name: string
  readonly content: string | Uint8Array
  readonly words?: ReadonlyArray<string>
  /** The format and the form in the first line, and what the rest holds. */
  readonly says: ReadonlyArray<string>
}

const names = ["question", "answer", "timestamp"] as const
const ofTable = "questions and answers"
const two = `, 2 questions of ${day}.`

const kinds: ReadonlyArray<Kind> = [
  {
    name: "tabs",
    content: table("\t", ...names),
    says: [`${ofTable} (tab-separated text)${two}`, both]
  },
  {
    name: "semicolons",
    content: table(";", ...names),
    says: [`${ofTable} (CSV with semicolons)`, both]
  },
  { name: "bars", content: table("|", ...names), says: ["(CSV with vertical bars)", both] },
  { name: "sep=", content: `sep=;\n${table(";", ...names)}`, says: ["(CSV with ;)", both] },
  {
    name: "other names and capitals",
    content: table(",", "User Message", "BOT_REPLY", "Created At"),
    says: [both, "question=User Message, answer=BOT_REPLY, timestamp=Created At"]
  },
  {
    name: "names that nobody else has",
    content: table(",", "Eins", "Zwei", "Created (at)"),
    words: ["--map", 'question=Eins,answer=Zwei,timestamp="Created (at)"'],
    says: [ofTable]
  },
  { name: "names in German", content: table(";", "Frage", "Antwort", "Zeitpunkt"), says: [both] },
  {
    name: "a day and a time apart",
    content: `Date,Time,Question,Answer\n${iso().slice(0, 10)},09:30,${asked},${answered}\n`,
    says: [`1 question of ${day}`, "Times without a zone are read in UTC."]
  },
  { name: "UTF-16", content: utf16(table(",", ...names)), says: ["(CSV, UTF-16)", both] },
  {
    name: "UTF-16 without a mark, high byte first",
    content: utf16(table(",", ...names))
      .subarray(2)
      .swap16(),
    says: ["(CSV, UTF-16)", both]
  },
  { name: "Windows-1252", content: Buffer.from(accents, "latin1"), says: ["(CSV, Windows-1252)"] },
  { name: "UTF-8 with a mark", content: `\uFEFF${accents}`, says: ["(CSV), 1 question"] },
  {
    name: "two kinds of line ends",
    content: table(",", ...names).replace("\n", "\r\n"),
    says: [both]
  },
  {
    name: "JSON lines, nested",
    content: lines({ in: { text: asked }, out: answered, when: iso() }),
    words: ["--map", "question=in.text,answer=out"],
    says: ["(JSON lines), 1 question"]
  },
  {
    name: "a list of JSON",
    content: JSON.stringify(
      [
        { prompt: asked, completion: answered, created: seconds },
        { prompt: "Do you drive?", completion: unknown, created: seconds }
      ],
      null,
      2
    ),
    says: [`${ofTable} (JSON)${two}`, both]
  },
  {
    name: "ChatGPT",
    content: JSON.stringify([chatGpt]),
    says: [`ChatGPT conversations (JSON)${two}`, both]
  },
  {
    name: "conversations of OpenAI",
    content: lines({ created_at: seconds, messages: conversation }),
    says: [`conversations of messages (JSON)${two}`, both]
  },
  {
    name: "conversations without a time",
    content: lines({ messages: conversation }, { messages: conversation }),
    words: ["--time", iso()],
    says: ["conversations of messages (JSON lines), 4 questions"]
  },
  {
    name: "conversations as ShareGPT has them",
    content: JSON.stringify([
      {
        id: "a",
        timestamp: iso(),
        conversations: [
          { from: "human", value: asked },
          { from: "gpt", value: answered }
        ]
      }
    ]),
    says: ["conversations of messages (JSON), 1 question"]
  },
  {
    name: "requests to OpenAI with their answers",
    content: lines(openAi(asked, answered), openAi("Do you drive?", unknown)),
    says: [both, "question=request, answer=response, timestamp=created_at"]
  },
  {
    name: "Langfuse traces",
    content: lines(...traces),
    says: [`Langfuse traces (JSON lines)${two}`, both]
  },
  {
    name: "Langfuse traces as its interface answers",
    content: JSON.stringify({ data: traces, meta: { page: 1, totalItems: 2 } }),
    says: [`Langfuse traces (JSON)${two}`, both]
  },
  {
    name: "Langfuse traces as CSV",
    content: [
      "id,timestamp,name,userId,sessionId,input,output,latency",
      `t1,${iso()},chat,,s1,${cell({ messages: [message("user", asked)] })},${cell(message("assistant", answered))},1.5`,
      `t2,${iso()},chat,,s1,${cell("Do you drive?")},${cell(unknown)},0.5`
    ].join("\n"),
    says: [`Langfuse traces (CSV)${two}`, both]
  },
  {
    name: "Langfuse observations",
    content: lines(
      observation("SPAN", "a step", "no answer"),
      observation("GENERATION", asked, answered),
      observation("GENERATION", "Do you drive?", unknown)
    ),
    says: [`Langfuse observations (JSON lines)${two}`, both]
  },
  {
    name: "Helicone as JSON",
    content: JSON.stringify(
      [openAi(asked, answered), openAi("Do you drive?", unknown)].map((row, n) => ({
        request_id: `r${n}`,
        request_created_at: iso(),
        request_body: row.request,
        response_body: row.response,
        request_user_id: null,
        delay_ms: 900
      }))
    ),
    says: [`Helicone requests (JSON)${two}`, both]
  },
  {
    name: "Helicone as CSV",
    content: [
      "request_id,request_created_at,request_body,response_body,delay_ms,model",
      `r1,${iso()},${cell(openAi(asked, "").request)},${cell(openAi("", answered).response)},900,gpt-5`
    ].join("\n"),
    says: ["Helicone requests (CSV), 1 question", "1 answered fully"]
  },
  {
    name: "Dify",
    content: JSON.stringify({
      limit: 20,
      has_more: false,
      data: [dify(asked, answered, "like"), dify("Do you drive?", unknown, null)]
    }),
    says: [`Dify messages (JSON)${two}`, "2 rows would be put on cv-analytics.fifo as 5 events."]
  },
  {
    name: "messages, one a row",
    content: [
      "session_id,role,content,created_at",
      `a,user,${asked},${iso()}`,
      `b,user,Do you drive?,${iso()}`,
      `a,assistant,${answered},${iso()}`,
      `b,assistant,${unknown},${iso()}`,
      `b,user,Anybody there?,${iso()}`
    ].join("\n"),
    says: ["messages, one a row (CSV), 3 questions", "1 not answered at all"]
  }
]

layer(NodeServices.layer, { excludeTestServices: true })("what people have", (it) => {
  for (const [n, { content, name, says, words = [] }] of kinds.entries()) {
    it.effect(`is recognised by its content: ${name}`, () =>
      Effect.gen(function* () {
        // the name tells nothing
        const file = `${yield* temporaryFolder}/history-${n}.txt`
        writeFileSync(file, content)
        const { done, error, out } = yield* imported(file, "--dry-run", ...words)
        assert.isTrue(done, error)
        for (const text of says) assert.include(out, text)
      })
    )
  }

  const order = (first: string, second: string) => {
    const [year, month] = iso().split("-")
    const rows = [first, second].map((date) => `Why?,So.,${date}\n`).join("")
    return `question,answer,timestamp\n${rows}`
      .replaceAll("YYYY", String(Number(year) - 1))
      .replaceAll("MM", month ?? "")
  }

  it.effect("asks for the order of day and month where no row shows it", () =>
    Effect.gen(function* () {
      const file = `${yield* temporaryFolder}/dates.csv`
      writeFileSync(file, order("03/04/YYYY 14:05", "05/06/YYYY 2:05 PM"))
      const { error } = yield* imported(file, "--dry-run")
      assert.include(error, "has dates such as 03/04/2026 in 2 rows, and no row shows their order")
      const given = yield* imported(file, "--dry-run", "--time-format", "mdy")
      assert.include(given.out, "Dates have the month before the day, as --time-format says.")
      assert.include(given.out, "from 4 Mar ")
    })
  )

  it.effect("takes the order that all other rows show, and says so", () =>
    Effect.gen(function* () {
      const file = `${yield* temporaryFolder}/dates.csv`
      writeFileSync(file, order("03/04/YYYY", "23/04/YYYY"))
      const { out } = yield* imported(file, "--dry-run")
      assert.include(out, "from 3 Apr to 23 Apr")
      assert.include(out, "; 2 older than 90 days stay out.")
      assert.include(out, "Dates have the day before the month, as 1 row shows.")
    })
  )
})
