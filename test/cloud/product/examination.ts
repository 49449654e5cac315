/** `npm run doctor`: it finds a new deployment right, and names each tampering. */
import { match, strictEqual } from "node:assert/strict"
import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam"
import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand
} from "@aws-sdk/client-lambda"
import {
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand
} from "@aws-sdk/client-sns"
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import { claim } from "../../examples/Finding.ts"
import type { Clients } from "../Clients.ts"
import { type Cloud, call } from "../Cloud.ts"
import type { Product } from "./Product.ts"

interface Tampering {
  readonly sentence: string
  /** The line of doctor's that names it. */
  readonly named: RegExp
  readonly tamper: (clients: Clients, cloud: Pick<Cloud, "desired">) => Promise<unknown>
}

const policy = (statement: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: "*", ...statement }] })

const outputOf = ({ desired }: Pick<Cloud, "desired">, name: string) =>
  String(desired.outputs[name])

const topicOf = ({ desired }: Pick<Cloud, "desired">): string =>
  String(desired.resources["aws_sns_topic_policy.alarms"]?.arn)

const removeSubscribers = async (topics: Clients["topics"], TopicArn: string) => {
  const listed = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }))
  for (const { SubscriptionArn } of listed.Subscriptions ?? []) {
    await topics.send(new UnsubscribeCommand({ SubscriptionArn }))
  }
}

const replaceSubscriber = async (topics: Clients["topics"], TopicArn: string) => {
  await removeSubscribers(topics, TopicArn)
  const stranger = { Protocol: "email", Endpoint: "stranger@example.org" }
  return topics.send(new SubscribeCommand({ TopicArn, ...stranger }))
}

const reporter = { FunctionName: "cv-analytics-reporter" }

/** Changes the live version, as anybody can who may change functions. */
const resize = async (functions: Clients["functions"], MemorySize: number) => {
  await functions.send(new UpdateFunctionConfigurationCommand({ ...reporter, MemorySize }))
  const { Version: FunctionVersion } = await functions.send(new PublishVersionCommand(reporter))
  return functions.send(new UpdateAliasCommand({ ...reporter, Name: "live", FunctionVersion }))
}

const tamperings: ReadonlyArray<Tampering> = [
  {
    sentence: "a stranger may assume the reporter's role",
    named: /BAD +role cv-analytics-reporter/,
    tamper: ({ identities }) =>
      identities.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: "cv-analytics-reporter",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { AWS: "arn:aws:iam::999999999999:root" }
              }
            ]
          })
        })
      )
  },
  {
    sentence: "everybody may use the queue",
    named: /BAD +policy of queue cv-analytics\.fifo/,
    tamper: ({ queues }, cloud) =>
      queues.send(
        new SetQueueAttributesCommand({
          QueueUrl: outputOf(cloud, "queue_url"),
          Attributes: { Policy: policy({ Effect: "Allow", Principal: "*", Action: "sqs:*" }) }
        })
      )
  },
  {
    sentence: "the alarms' topic denies every message",
    named: /BAD +policy of topic cv-analytics-alarms/,
    tamper: ({ topics }, cloud) =>
      topics.send(
        new SetTopicAttributesCommand({
          TopicArn: topicOf(cloud),
          AttributeName: "Policy",
          AttributeValue: policy({ Effect: "Deny", Principal: "*", Action: "sns:Publish" })
        })
      )
  },
  {
    sentence: "a stranger gets the alarms in place of the owner",
    named: /BAD +.*subscriber.*alarms/,
    tamper: ({ topics }, cloud) => replaceSubscriber(topics, topicOf(cloud))
  },
  {
    sentence: "no queue may send its dead letters",
    named: /BAD +redrive permission of queue cv-analytics-dead-letters\.fifo/,
    tamper: ({ queues }, cloud) =>
      queues.send(
        new SetQueueAttributesCommand({
          QueueUrl: outputOf(cloud, "dead_letters_url"),
          Attributes: { RedriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }) }
        })
      )
  },
  {
    sentence: "the live reporter has another size of memory",
    named: /BAD +.*cv-analytics-reporter[\s\S]*?memory/,
    tamper: ({ functions }) => resize(functions, 1792)
  }
]

/** The findings that are wrong. */
const wrongIn = (text: string): string =>
  text
    .split(/^(?= {2}\S)/m)
    .filter((part) => part.startsWith("  BAD "))
    .join("")

export const examination = Effect.fnUntraced(function* (product: Product) {
  const { checkout, clients } = product
  const { MemorySize } = yield* call(() =>
    clients.functions.send(new GetFunctionConfigurationCommand({ ...reporter, Qualifier: "live" }))
  )
  const clean = (sentence: string) =>
    claim(
      sentence,
      Effect.gen(function* () {
        const said = yield* checkout.run("doctor")
        strictEqual(wrongIn(said.text), "")
        match(said.text, /, none wrong\./)
        strictEqual(said.exitCode, 0)
      })
    )
  const findings = [yield* clean("doctor finds nothing wrong")]
  for (const { named, sentence, tamper } of tamperings) {
    const told = Effect.gen(function* () {
      yield* call(() => tamper(clients, product))
      const said = yield* checkout.run("doctor")
      match(wrongIn(said.text), named)
      strictEqual(said.exitCode, 1)
    })
    findings.push(yield* claim(`doctor says that ${sentence}`, told))
  }
  // no plan knows the live version or a stranger's subscription, so no deployment puts them right
  yield* call(async () => {
    await resize(clients.functions, Number(MemorySize))
    await removeSubscribers(clients.topics, topicOf(product))
  })
  yield* checkout.succeed("deploy --only infra --skip-smoke")
  return [...findings, yield* clean("deploy mends what Terraform has made")]
})
