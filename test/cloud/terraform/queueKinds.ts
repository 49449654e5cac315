import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand
} from "@aws-sdk/client-sqs"
import { attributeNames, queueAttributes } from "../../../infra/definitions/QueueDefinition.ts"
import type { Clients } from "../Clients.ts"
import type { Values } from "./Desired.ts"
import { document, type Kind, orNone, text } from "./Kind.ts"

const attributesOf = (values: Values): Record<string, string> => ({
  ...queueAttributes(values as Parameters<typeof queueAttributes>[0]),
  DelaySeconds: String(values.delay_seconds ?? 0),
  ...(values.redrive_policy !== undefined && { RedrivePolicy: String(values.redrive_policy) })
})

/** Attributes that hold JSON are compared as what they mean. */
const plain = (attributes: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      value.startsWith("{") ? document(value) : value
    ])
  )

const read = async ({ queues }: Clients, QueueUrl: string) => {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
  const found = await orNone(queues.send(command))
  return found && plain(found.Attributes ?? {})
}

const urlOf = async ({ queues }: Clients, values: Values) => {
  const QueueName = text(values, "name")
  return (await orNone(queues.send(new GetQueueUrlCommand({ QueueName }))))?.QueueUrl
}

const set = ({ queues }: Clients, QueueUrl: string, Attributes: Record<string, string>) =>
  queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))

const queue: Kind = {
  names: { ...attributeNames, fifo_queue: "FifoQueue" },
  wanted: (values) => plain(attributesOf(values)),
  find: async (clients, values) => {
    const url = await urlOf(clients, values)
    return url === undefined ? undefined : read(clients, url)
  },
  make: ({ queues }, values, tags) =>
    queues.send(
      new CreateQueueCommand({
        QueueName: text(values, "name"),
        Attributes: attributesOf(values),
        tags: { ...tags }
      })
    ),
  change: async (clients, values) => {
    const { FifoQueue: _, ...changeable } = attributesOf(values)
    return set(clients, (await urlOf(clients, values)) ?? "", changeable)
  },
  remove: async (clients, values) =>
    clients.queues.send(new DeleteQueueCommand({ QueueUrl: (await urlOf(clients, values)) ?? "" }))
}

/** A policy that is an attribute of a queue, under another name in each API. */
const attribute = (name: string, field: string): Kind => ({
  wanted: (values) => ({ [name]: document(values[field]) }),
  find: async (clients, values) => {
    const found = await read(clients, text(values, "queue_url"))
    return found?.[name] === undefined ? undefined : { [name]: found[name] }
  },
  make: (clients, values) =>
    set(clients, text(values, "queue_url"), { [name]: text(values, field) }),
  // it goes with its queue
  remove: async () => undefined
})

export const queueKinds = {
  aws_sqs_queue: queue,
  aws_sqs_queue_policy: attribute("Policy", "policy"),
  aws_sqs_queue_redrive_allow_policy: attribute("RedriveAllowPolicy", "redrive_allow_policy")
}
