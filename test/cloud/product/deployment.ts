/** `npm run deploy`: everything, then no change, then a new template and a new key. */
import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { ListAccessKeysCommand } from "@aws-sdk/client-iam"
import { GetAliasCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda"
import * as Effect from "effect/Effect"
import { claim } from "../../examples/Finding.ts"
import { call } from "../Cloud.ts"
import { type Product, triggered, worker } from "./Product.ts"

const names = ["processor", "reporter"] as const

const versionsOf = ({ clients }: Product) =>
  call(() =>
    Promise.all(
      names.map(async (name) => {
        const alias = { FunctionName: `cv-analytics-${name}`, Name: "live" }
        return (await clients.functions.send(new GetAliasCommand(alias))).FunctionVersion
      })
    )
  )

/** The memory of the function that events reach. */
const memoryOf = ({ clients }: Product, name: (typeof names)[number]) =>
  call(async () => {
    const live = { FunctionName: `cv-analytics-${name}`, Qualifier: "live" }
    return (await clients.functions.send(new GetFunctionConfigurationCommand(live))).MemorySize
  })

const keysOf = ({ clients }: Product) =>
  call(async () => {
    const user = { UserName: "cv-analytics-worker" }
    const { AccessKeyMetadata = [] } = await clients.identities.send(
      new ListAccessKeysCommand(user)
    )
    return AccessKeyMetadata.flatMap(({ AccessKeyId, Status }) =>
      Status === "Active" ? [AccessKeyId] : []
    )
  })

const keyIn = ({ workers }: Product) =>
  workers.get(worker)?.secrets.get("CV_ANALYTICS_ACCESS_KEY_ID")

/** Gives the template another size of one function's memory. */
const resize = ({ checkout }: Product, from: number, to: number) =>
  Effect.sync(() => {
    const file = `${checkout.folder}/infra/sam/template.yaml`
    const template = readFileSync(file, "utf8")
    const changed = template.replace(`MemorySize: ${from}`, `MemorySize: ${to}`)
    notStrictEqual(changed, template)
    writeFileSync(file, changed)
  })

export const deployment = Effect.fnUntraced(function* (product: Product) {
  const { checkout, edge, written } = product
  const deploy = (words: string) => checkout.succeed(`deploy --at-once ${words}`)

  const first = yield* claim(
    "deploy makes everything, and stores the question that it asks the Worker",
    Effect.gen(function* () {
      yield* triggered(product)
      const text = yield* deploy(`--url ${edge}`)
      match(text, /^question: stored$/m)
      match(text, /^mail: sent to owner@example\.com$/m)
      deepStrictEqual(yield* keysOf(product), [keyIn(product)])
    }).pipe(Effect.scoped)
  )
  const second = yield* claim(
    "deploy again uploads and changes nothing in AWS",
    Effect.gen(function* () {
      const before = yield* versionsOf(product)
      written.length = 0
      match(yield* deploy("--skip-smoke"), /^functions: nothing to change$/m)
      // the plan of a stack, which is deleted because it has no change
      deepStrictEqual(written, ["CreateChangeSet", "DeleteChangeSet"])
      deepStrictEqual(yield* versionsOf(product), before)
    })
  )
  const memory = yield* claim(
    "a new memory size in the template reaches the live processor, and leaves the reporter",
    Effect.gen(function* () {
      const [, reporter] = yield* versionsOf(product)
      const from = Number(yield* memoryOf(product, "processor"))
      yield* resize(product, from, 2 * from)
      yield* deploy("--only processor --skip-smoke")
      strictEqual(yield* memoryOf(product, "processor"), 2 * from)
      strictEqual((yield* versionsOf(product))[1], reporter)
    })
  )
  const rotated = yield* claim(
    "a rotation gives the Worker a new key, sees it work, and switches the old one off",
    Effect.gen(function* () {
      yield* triggered(product)
      const before = keyIn(product)
      match(yield* deploy(`--rotate-key --url ${edge}`), /^question: stored$/m)
      notStrictEqual(keyIn(product), before)
      deepStrictEqual(yield* keysOf(product), [keyIn(product)])
    }).pipe(Effect.scoped)
  )
  return [first, second, memory, rotated]
})
