/**
 * Goal: a gap goes round the whole loop: told, drafted, answered, closed, and back.
 * Method: the demo's bot, table and inbox are asked over the wire. Reporter and commands run in
 * this process, by a clock that is set to three weeks.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as ConfigProvider from "effect/ConfigProvider"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readKnowledge } from "../../infra/readKnowledge.ts"
import { clientConfig } from "../../local/dynamodb/DynamoDbEngine.ts"
import { localPorts } from "../../local/ports.ts"
import { toFillIn } from "../../ops/gaps/draftText.ts"
import { gapsCommand } from "../../ops/gaps/gapsCommand.ts"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import { handle } from "../../src/programs/edge/program.ts"
import { run } from "../../src/programs/reporter/program.ts"
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { MatchType } from "../../src/schema/Answer.ts"
import { EmailAddress } from "../../src/schema/EmailMessage.ts"
import { Correlated } from "../../src/schema/Interaction.ts"
import { periodOf, type WeekId, weeksBefore } from "../../src/schema/IsoWeek.ts"
import { serveHttp } from "../layers/HttpDouble.ts"
import { operateWith } from "../ops/operateWith.ts"
import { localServices } from "../ops/report/LocalServices.ts"
import { queryEvent, requestIdOf, responseEvent } from "../schema/EventExamples.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Etc/UTC")
const hourMs = 3_600_000
const [token, wordings] = [
  "the-owners-secret",
  ["Has she won any awards?", "Which awards has she won?"]
] as const

const sample = fileURLToPath(new URL("../../examples/cv-chatbot/knowledge/", import.meta.url))

const at = <A, E, R>(epochMillis: number, effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Clock.Clock, (clock) =>
    Effect.provideService(
      effect,
      Clock.Clock,
      Clock.Clock.of({
        sleep: (duration) => clock.sleep(duration),
        currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
        currentTimeNanos: clock.currentTimeNanos,
        monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: clock.monotonicTimeNanos,
        currentTimeMillisUnsafe: () => epochMillis,
        currentTimeMillis: Effect.succeed(epochMillis)
      })
    )
  )

/** The demo's bot as it answers now: each question reads the folder again, as a deployment would. */
const startBot = Effect.fnUntraced(function* (folder: string) {
  const visits: Array<unknown> = []
  const port = yield* serveHttp(({ headers, url = "" }, body, response) => {
    visits.push(headers["x-own-visit"])
    const request = new Request(`http://bot.example${url}`, {
      method: "POST",
      headers: { "content-type": String(headers["content-type"]) },
      body
    })
    const bot = AnswererKnowledgeBase.layer({ sections: readKnowledge(pathToFileURL(folder)) })
    const answering = handle(request, {
      requestId: requestIdOf(visits.length),
      clientRequestId: undefined,
      address: "192.0.2.1",
      canRecord: Effect.succeed(true),
      feedback: Effect.succeed(undefined),
      vote: Effect.sync(() => new Response(null, { status: 202 })),
      tell: () => undefined
    }).pipe(Effect.provide(bot), Effect.runPromise)
    answering.then(async (answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" })
      response.end(await answer.text())
    })
  })
  return { url: `http://127.0.0.1:${port}/query`, visits }
})

const started = Effect.gen(function* () {
  const services = yield* localServices
  const folder = `${yield* temporaryFolder}/`
  cpSync(sample, `${folder}knowledge/`, { recursive: true })
  const knowledge = `${folder}knowledge/`
  const bot = yield* startBot(knowledge)
  const [first = services.week, second = services.week] = weeksBefore(services.week, 2)
  const weeks = [first, second, services.week] as const
  const operate = operateWith(gapsCommand)

  /** Asks on the Wednesday, and stores question and answer as the processor would. */
  const ask = Effect.fnUntraced(function* (week: WeekId, question: string, n: number) {
    const response = yield* Effect.promise(() =>
      fetch(bot.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: question })
      }).then((answer) => answer.json() as Promise<{ answer: string; matchType: string }>)
    )
    const timestamp = periodOf(week, zone).startMs + 60 * hourMs + n
    const key = { requestId: RequestId.make(crypto.randomUUID()), timestamp }
    const sessionId = SessionId.make(`session-${n}`)
    yield* services.record(
      Correlated.make({
        query: queryEvent({ ...key, sessionId, query: question }),
        response: responseEvent({
          ...key,
          sessionId,
          queryTimestamp: timestamp,
          response: response.answer,
          matchType: MatchType.literals.find((one) => one === response.matchType) ?? "unknown"
        })
      }),
      { agent: "person" }
    )
  })

  const mail = MailerSes.layer.pipe(
    Layer.provide(
      MailerSes.Ses.layer(clientConfig(`http://127.0.0.1:${services.port + localPorts.mail}`))
    )
  )

  /** The text of the mail that goes out on the Monday after the week. */
  const report = Effect.fnUntraced(
    function* (week: WeekId) {
      const owner = EmailAddress.make("owner@example.com")
      yield* run(
        { weekId: week, owner: "schedule" },
        {
          siteName: "cv.example.com",
          language: "en",
          from: owner,
          to: [owner],
          zone,
          prices: [],
          questions: "shown",
          quietWeek: "send",
          channelQuestions: "hidden",
          version: "test"
        }
      ).pipe(Effect.provide(Layer.mergeAll(services.layer, mail, MeaningStatic.layer)))
      const all = yield* services.emails
      const text =
        all.map((one) => one.text ?? "").find((one) => one.includes(`week ${week}`)) ?? ""
      return text.replace(/\s+/g, " ")
    },
    (effect, week) => at(periodOf(week, zone).endMs + 7 * hourMs, effect)
  )

  /** A command of the owner, some hours after that mail. */
  const owner = (week: WeekId, hours: number, ...words: ReadonlyArray<string>) =>
    at(
      periodOf(week, zone).endMs + (7 + hours) * hourMs,
      operate(...words, "--knowledge", knowledge).pipe(
        Effect.provideService(
          ConfigProvider.ConfigProvider,
          ConfigProvider.fromUnknown({ CV_ANALYTICS_OWN_VISIT_TOKEN: token })
        )
      )
    )

  const gaps = (week: WeekId, hours: number, ...words: ReadonlyArray<string>) =>
    owner(week, hours, ...words, ...services.flags)

  const check = (week: WeekId, hours: number) =>
    owner(week, hours, "check", "--against", bot.url, "--pace", "6000")

  const take = (file: string) => rmSync(`${knowledge}${file}`)
  return { ask, bot, check, folder, gaps, knowledge, report, take, weeks }
})

it.live(
  "a gap is told, drafted, answered, closed, and back again",
  () =>
    Effect.gen(function* () {
      const { ask, bot, check, folder, gaps, knowledge, report, take, weeks } = yield* started
      const [first, second, third] = weeks
      const stateIs = Effect.fnUntraced(function* (week: WeekId, state: string) {
        const { done, error, out } = yield* gaps(week, 1, "list")
        assert.isTrue(done, error)
        assert.match(out, new RegExp(`^\\S+ +${state} +\\d+ +\\d+ +Has she won any awards`, "m"))
        return /^(\d{4}-W\d\d-\d+) /m.exec(out)?.[1] ?? ""
      })
      const askAll = (week: WeekId) =>
        Effect.forEach(["Which databases do you know?", ...wordings, ...wordings], (question, n) =>
          ask(week, question, n)
        )

      // a section is taken out
      const page = readFileSync(`${knowledge}education.md`, "utf8")
      const [before = "", awards = ""] = page.split("## Awards\n")
      writeFileSync(`${knowledge}education.md`, before)
      yield* askAll(first)
      assert.include(yield* report(first), "WITHOUT A GOOD ANSWER")
      const id = yield* stateIs(first, "open")

      // the owner drafts, and the bot still misses
      const drafted = yield* gaps(first, 2, "draft", id)
      assert.isTrue(drafted.done, drafted.error)
      const draft = readFileSync(`${folder}drafts/${id}.md`, "utf8")
      assert.include(draft, "## Has she won any awards?")
      for (const wording of wordings) assert.include(draft, `- ${wording}`)
      assert.match(draft, /The bot said: "I don't know/)
      const red = yield* check(first, 3)
      assert.isFalse(red.done)
      assert.match(red.out, /MISSED +\S+ +Which awards has she won\?/)

      // he fills it in
      writeFileSync(`${knowledge}awards.md`, draft.replace(toFillIn, awards.trim()))
      const green = yield* check(first, 4)
      assert.isTrue(green.done, green.error)
      assert.include(green.out, "2 answered, 0 wavering, 0 missed, 0 unknown")
      assert.isAbove(bot.visits.filter((one) => one === token).length, 2)
      assert.isTrue((yield* gaps(first, 5, "push")).done)

      // the next week asks again, and the mail says closed
      yield* askAll(second)
      const closed = yield* report(second)
      assert.match(closed, new RegExp(`GAPS THAT YOU ANSWERED .* 4 closed ${id} Has she won`))
      yield* stateIs(second, "closed")
      assert.isTrue((yield* gaps(second, 2, "push")).done)

      // it is taken out again
      take("awards.md")
      yield* askAll(third)
      const back = yield* report(third)
      assert.match(back, new RegExp(`GAPS THAT YOU ANSWERED .* 4 back ${id} Has she won`))
      yield* stateIs(third, "back")
    }).pipe(Effect.provide(NodeServices.layer)),
  60_000
)
