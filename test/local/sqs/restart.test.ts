import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Sqs from "@aws-sdk/client-sqs"
import { afterEach, assert, describe, it } from "@effect/vitest"

const program = fileURLToPath(new URL("../../../local/sqs/main.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "sqs-"))
const children: Array<ChildProcess> = []

/** The real process; answers when it says that it listens. */
const start = async (port = 0) => {
  const child = spawn(process.execPath, [program, "--port", String(port), "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  children.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    let out = ""
    child.stdout.on("data", (chunk) => {
      out += chunk
      if (out.includes("\n")) resolve(out)
    })
    child.once("exit", (code) => reject(new Error(`exit ${code}: ${out}`)))
  })
  const endpoint: string = JSON.parse(line).listening
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = new Sqs.SQSClient({ region: "eu-west-1", endpoint, credentials, maxAttempts: 1 })
  return { child, endpoint, client }
}

const stop = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code))
    child.kill(signal)
  })

const send = (client: Sqs.SQSClient, QueueUrl: string, n: number, group = "A") =>
  client.send(
    new Sqs.SendMessageCommand({
      QueueUrl,
      MessageBody: `body ${n}`,
      MessageGroupId: group,
      MessageDeduplicationId: `d${n}`
    })
  )

const receive = async (client: Sqs.SQSClient, QueueUrl: string, MaxNumberOfMessages = 10) => {
  const ask = { QueueUrl, MaxNumberOfMessages, MessageSystemAttributeNames: ["All" as const] }
  return (await client.send(new Sqs.ReceiveMessageCommand(ask))).Messages ?? []
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  rmSync(folder, { recursive: true, force: true })
})

describe("a restart", () => {
  it("after kill -9 finds messages, counts, deletes, deduplication and visibility", async () => {
    const first = await start()
    const created = await first.client.send(
      new Sqs.CreateQueueCommand({
        QueueName: "q.fifo",
        Attributes: { FifoQueue: "true", VisibilityTimeout: "3600" }
      })
    )
    const url = created.QueueUrl!
    const sent = []
    for (const n of [1, 2, 3]) sent.push(await send(first.client, url, n))
    await send(first.client, url, 4, "B")
    const [one] = await receive(first.client, url, 1)
    await first.client.send(
      new Sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: one!.ReceiptHandle })
    )
    const [two] = await receive(first.client, url, 1)
    await stop(first.child, "SIGKILL")

    const second = await start(Number(new URL(first.endpoint).port))
    const repeat = await send(second.client, url, 1)
    assert.strictEqual(repeat.MessageId, sent[0]!.MessageId)
    const bodies = (found: ReadonlyArray<Sqs.Message>) => found.map(({ Body }) => Body)
    assert.deepStrictEqual(bodies(await receive(second.client, url)), ["body 4"])
    const { ReceiptHandle } = two!
    await second.client.send(
      new Sqs.ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })
    )
    const back = await receive(second.client, url)
    assert.deepStrictEqual(bodies(back), ["body 2", "body 3"])
    assert.strictEqual(back[0]!.MessageId, two!.MessageId)
    assert.strictEqual(back[0]!.Attributes!.ApproximateReceiveCount, "2")
    const fresh = await send(second.client, url, 5)
    assert.isTrue(fresh.SequenceNumber! > sent[2]!.SequenceNumber!)
    await stop(second.child, "SIGTERM")
  })

  it("after kill -9 under load finds every acknowledged message", async () => {
    const first = await start()
    const create = { QueueName: "load.fifo", Attributes: { FifoQueue: "true" } }
    const url = (await first.client.send(new Sqs.CreateQueueCommand(create))).QueueUrl!
    const acknowledged = new Set<string>()
    const lanes = [...Array(8).keys()].map(async (lane) => {
      for (let n = 0; ; n++) {
        const { MessageId } = await send(first.client, url, lane * 100_000 + n, `g${lane}`)
        acknowledged.add(MessageId!)
      }
    })
    const stopped = Promise.allSettled(lanes)
    while (acknowledged.size < 200) await new Promise((resolve) => setImmediate(resolve))
    await stop(first.child, "SIGKILL")
    await stopped

    const second = await start()
    const found = new Set<string>()
    const here = `${second.endpoint}/000000000000/load.fifo`
    for (let batch = await receive(second.client, here); batch.length > 0; ) {
      for (const { MessageId, ReceiptHandle } of batch) {
        found.add(MessageId!)
        await second.client.send(new Sqs.DeleteMessageCommand({ QueueUrl: here, ReceiptHandle }))
      }
      batch = await receive(second.client, here)
    }
    assert.deepStrictEqual(
      [...acknowledged].filter((id) => !found.has(id)),
      []
    )
    await stop(second.child, "SIGTERM")
  })
})
