/**
 * `npm run check:console` opens the console in a real browser, over an export and over the running
 * system, on a telephone and on a desk, light and dark. It checks every view, who is let in, what
 * leaves the machine and how it ends, and keeps pictures for a person to judge.
 */
import { request as httpRequest } from "node:http"
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type { Browser, BrowserContextOptions } from "playwright-core"
import { eventually } from "../e2e/eventually.ts"
import { occupy } from "../e2e/portBlock.ts"
import { descendantsOf, mentioning, remaining } from "../e2e/processes.ts"
import * as Script from "../e2e/Script.ts"
import { ask } from "../e2e/Visitor.ts"
import { hostileTexts } from "../ops/console/givenData.ts"
import { runBrowserCommand } from "./browserCommand.ts"
import { exportFiles, type RunningConsole, startConsole, startSystem } from "./console/consoles.ts"
import { beyondLoopback, socketsOf } from "./console/listening.ts"
import { Owner } from "./console/Owner.ts"
import { contextOf, screens } from "./Screen.ts"

const pictures = fileURLToPath(new URL("../../out/console/", import.meta.url))

/** The script that a hostile question wants to run would change the title. */
const [script = ""] = hostileTexts

type Visit = (owner: Owner) => Promise<void>

/** Each view, and what is to be seen on it. */
const views: Readonly<Record<string, Visit>> = {
  now: async (owner) => {
    await owner.see("Live", "#connection")
    await owner.see(script, ".questions a")
    await owner.see("⟨U+202E⟩evil⟨U+202C⟩", ".questions a")
  },
  filters: async (owner) => {
    await owner.page.getByLabel("Answer").selectOption("none")
    await owner.page.getByRole("button", { name: "Show" }).click()
    await owner.see("not answered", ".badge")
    owner.expect((await owner.page.locator(".badge.good").count()) === 0, "a filter lets others by")
    await owner.page.goBack()
    await owner.see("answered", ".badge.good")
    await owner.go("/now?verdict=failed")
  },
  week: async (owner) => {
    await owner.go("/week?week=2026-W46")
    await owner.see("without a good answer", ".headline")
    await owner.see("Questions by day and hour", "h2")
  },
  group: async (owner) => {
    await owner.go("/week?week=2026-W46")
    await owner.go(await owner.linkIn('.groups > li > a[href^="/group"]'))
    await owner.see("as its list counts them", ".told")
    owner.expect(
      (await owner.page.locator(".questions li").count()) > 0,
      "a group without questions"
    )
  },
  conversation: async (owner) => {
    await owner.go("/now?verdict=partial")
    await owner.go(await owner.linkIn(".questions > li:nth-child(9) > a"))
    await owner.see("Turn", ".turns")
    owner.expect((await owner.page.locator(".answered").count()) > 0, "no answer is shown")
  },
  gaps: async (owner) => {
    await owner.go("/gaps?week=2026-W46")
    await owner.see("Questions without a good answer", "h2")
    await owner.page.locator("summary").click()
    owner.expect((await owner.page.locator(".groups > li").count()) > 10, "the list is cut")
  },
  search: async (owner) => {
    await owner.go("/search")
    await owner.page.getByLabel("Words of a question").fill("typescript")
    await owner.page.keyboard.press("Enter")
    await owner.see("TypeScript", ".questions a")
  },
  health: async (owner) => {
    await owner.go("/health")
    await owner.see("Losses", "h2")
  }
}

/** Every fault of one thing that was looked at. */
type Faults = ReadonlyArray<string>

const visit = (browser: Browser, address: string, options: BrowserContextOptions, play: Visit) =>
  Effect.acquireUseRelease(
    Effect.promise(() => Owner.with(address, browser, options)),
    (owner) =>
      Effect.promise(async (): Promise<Faults> => {
        await play(owner).catch((error) => owner.faults.push(String(error)))
        return owner.faults
      }),
    (owner) => Effect.promise(() => owner.leave())
  )

const desk = contextOf({ width: 700, scheme: "light" })

/** The status of a request with these headers, which `fetch` would not send. */
const statusOf = (address: string, path: string, headers: Readonly<Record<string, string>>) =>
  Effect.callback<number>((resume) => {
    const { hostname, port } = new URL(address)
    const sent = httpRequest({ hostname, port, path, headers, agent: false }, (response) => {
      response.resume()
      response.on("end", () => resume(Effect.succeed(response.statusCode ?? 0)))
    })
    sent.on("error", (cause) => resume(Effect.die(cause)))
    sent.end()
  })

const strangers = Effect.fnUntraced(function* ({ address }: RunningConsole) {
  const { host, port, searchParams } = new URL(address)
  const cookie = `cv-console-${port}=${searchParams.get("token")}`
  const asked = {
    "its owner": [200, "/now", { host, cookie }],
    "a wrong token": [403, "/?token=wrong", { host }],
    "no token": [403, "/now", { host }],
    "another Host": [403, "/now", { host: `evil.example:${port}`, cookie }],
    "another Origin": [403, "/now", { host, cookie, origin: "https://evil.example" }]
  } as const
  const faults: Array<string> = []
  for (const [who, [expected, path, headers]] of Object.entries(asked)) {
    const status = yield* statusOf(address, path, headers)
    if (status !== expected) faults.push(`${who} is answered ${status}`)
  }
  return faults
})

const sockets = ({ processId }: Script.Script): Faults => {
  const found = socketsOf(processId)
  return [
    ...(found.some(({ isListening }) => isListening) ? [] : ["nothing listens"]),
    ...beyondLoopback(found).map((socket) => `beyond this machine: ${JSON.stringify(socket)}`)
  ]
}

/** Interrupts a console with a live page, and takes its port. */
const ending = (browser: Browser, console: RunningConsole) =>
  Effect.acquireUseRelease(
    Effect.promise(() => Owner.with(console.address, browser, desk)),
    (owner) =>
      Effect.gen(function* () {
        yield* Effect.promise(() => owner.see("Live", "#connection"))
        yield* console.interrupt
        const { code } = yield* console.ended
        const port = Number(new URL(console.address).port)
        const free = yield* Effect.scoped(occupy(port)).pipe(Effect.option)
        return [
          ...(code === 130 ? [] : [`Ctrl-C ends it with ${code}`]),
          ...(free._tag === "Some" ? [] : [`port ${port} is still taken`])
        ]
      }),
    (owner) => Effect.promise(() => owner.leave())
  )

type Report = (name: string, faults: Faults) => Effect.Effect<void>

const everyView = Effect.fnUntraced(function* (
  browser: Browser,
  { address }: RunningConsole,
  report: Report
) {
  for (const screen of screens) {
    for (const [name, play] of Object.entries(views)) {
      const place = `${name}-${screen.width}-${screen.scheme}`
      const faults = yield* visit(browser, address, contextOf(screen), async (owner) => {
        await play(owner)
        await owner.look(`${pictures}${place}.png`)
      })
      yield* report(`export: ${place}`, faults)
    }
  }
  const blind = { ...desk, javaScriptEnabled: false }
  const faults = yield* visit(browser, address, blind, async (owner) => {
    await owner.see("Not live", "#connection")
    await owner.go(await owner.linkIn("nav a:nth-child(2)"))
    await owner.see("Week", "h1")
  })
  yield* report("export: without script", faults)
})

const overExport = Effect.fnUntraced(function* (browser: Browser, report: Report) {
  const files = yield* exportFiles
  const first = yield* startConsole("--from", files.whole, "--with-text")
  yield* everyView(browser, first, report)
  yield* report("export: strangers", yield* strangers(first))
  yield* report("export: sockets", sockets(first))

  const second = yield* startConsole("--from", files.cut, "--with-text")
  const both = yield* Effect.forEach([first, second], ({ address }) =>
    visit(browser, address, desk, (owner) => owner.see("answered", ".badge"))
  )
  yield* report("export: two consoles", both.flat())
  const cut = yield* visit(browser, second.address, desk, async (owner) => {
    await owner.go("/health")
    await owner.see("the file is cut in line")
  })
  yield* report("export: cut in the middle", cut)

  const { port } = new URL(first.address)
  const third = yield* Script.start("ops/main.ts", [
    ...["console", "--from", files.whole],
    ...["--port", port]
  ])
  const { code } = yield* third.ended
  const said = third.output()
  yield* report("export: port taken", [
    ...(code === 1 ? [] : [`ends with ${code}`]),
    ...(said.includes(`port ${port} is taken`) && said.includes("--port") ? [] : [said])
  ])

  const hidden = yield* startConsole("--from", files.withoutTexts)
  const without = yield* visit(browser, hidden.address, desk, async (owner) => {
    await owner.see("made without texts")
    await owner.look(`${pictures}without-texts-700-light.png`)
  })
  yield* report("export: without texts", without)
  yield* report("export: Ctrl-C", yield* ending(browser, first))
})

/** A question is answered by the system, and stands on the open page without a reload. */
const live = (browser: Browser, address: string, workerUrl: string) =>
  visit(browser, address, desk, async (owner) => {
    await owner.see("Live", "#connection")
    const question = "Which programming languages do you know?"
    await Effect.runPromise(ask(workerUrl, question))
    await owner.see(question, "#live li")
    await owner.look(`${pictures}live-700-light.png`)
    await Effect.runPromise(ask(workerUrl, script))
    await owner.see(script, "#live li")
    await owner.go(await owner.linkIn(".questions > li:nth-child(2) > a"))
    await owner.see(question, ".asked")
    await owner.go("/week")
    await owner.see("2 questions", ".headline")
    await owner.go("/health")
    await owner.see("process", "main")
    await owner.look(`${pictures}local-health-700-light.png`)
  })

const overSystem = Effect.fnUntraced(function* (browser: Browser, report: Report) {
  const system = yield* startSystem
  yield* report("system: a live question", yield* live(browser, system.address, system.workerUrl))
  yield* report("system: strangers", yield* strangers(system))
  yield* report("system: sockets", sockets(system))
  const processes = descendantsOf(system.processId)
  yield* report("system: Ctrl-C", yield* ending(browser, system))
  const left = yield* eventually(
    Effect.suspend(() => {
      const found = [...remaining(processes), ...mentioning(system.folder)]
      return found.length === 0 ? Effect.succeed(found) : Effect.fail(found)
    })
  ).pipe(Effect.catch(Effect.succeed))
  yield* report(
    "system: no process is left",
    left.map(({ command }) => command)
  )
})

const check = Effect.fnUntraced(function* (browser: Browser) {
  let [passed, failed] = [0, 0]
  const report: Report = Effect.fnUntraced(function* (name, faults) {
    if (faults.length > 0) failed += 1
    else passed += 1
    yield* Console.log(`${faults.length === 0 ? "ok    " : "FAILED"}  ${name}`)
    for (const fault of faults) yield* Console.log(`        ${fault}`)
  })
  yield* overExport(browser, report)
  yield* overSystem(browser, report)
  yield* Console.log(`\npictures in ${pictures}\n${passed} passed, ${failed} failed`)
  return failed
})

runBrowserCommand("check:console", "checks", (browser) =>
  check(browser).pipe(Effect.provide(NodeServices.layer), Effect.orDie)
)
