/** Each function may do in AWS what its program does there, and nothing else. */
import { assert, describe, it } from "@effect/vitest"
import { indexes } from "../../src/layers/InteractionItem.ts"
import { calls, commandsOf, layersOf } from "./Program.ts"
import { actionsOf, statementsOf, template } from "./Template.ts"

interface Adapter {
  readonly layer: string
  /** Where its commands are written, when not in the layer itself. */
  readonly commands?: string
  readonly port: string
  readonly service: "dynamodb" | "ses" | "sqs"
  /** What each verb of the port sends; held to the adapter's source below. */
  readonly verbs: Readonly<Record<string, ReadonlyArray<string>>>
}

const adapters: ReadonlyArray<Adapter> = [
  {
    layer: "InteractionStoreDynamoDb",
    commands: "InteractionCommands",
    port: "InteractionStore",
    service: "dynamodb",
    verbs: { record: ["PutItem", "UpdateItem"], get: ["GetItem"], summaries: ["Query"] }
  },
  {
    layer: "ReportLedgerDynamoDb",
    port: "ReportLedger",
    service: "dynamodb",
    verbs: {
      claim: ["UpdateItem"],
      freeze: ["UpdateItem"],
      confirm: ["UpdateItem"],
      reports: ["GetItem"],
      release: ["UpdateItem"]
    }
  },
  {
    layer: "DeadLetterGaugeSqs",
    port: "DeadLetterGauge",
    service: "sqs",
    verbs: { count: ["GetQueueAttributes"] }
  },
  { layer: "MailerSes", port: "Mailer", service: "ses", verbs: { send: ["SendRawEmail"] } }
]

const functions = {
  processor: statementsOf(template.Resources.ProcessorFunction),
  reporter: statementsOf(template.Resources.ReporterFunction)
}
const programs = ["processor", "reporter"] as const

const needed = (program: (typeof programs)[number]): ReadonlySet<string> =>
  new Set(
    adapters
      .filter(({ layer }) => layersOf(program).includes(layer))
      .flatMap(({ port, service, verbs }) =>
        Object.entries(verbs)
          .filter(([verb]) => calls(program, port, verb))
          .flatMap(([, commands]) => commands.map((command) => `${service}:${command}`))
      )
  )

describe("permissions", () => {
  for (const { commands, layer, verbs } of adapters) {
    it(`${layer} sends the commands of its verbs`, () => {
      const sent = [layer, commands ?? layer].flatMap((source) => [...commandsOf(source)])
      assert.sameMembers([...new Set(sent)], [...new Set(Object.values(verbs).flat())])
    })
  }

  for (const program of programs) {
    it(`every adapter of the ${program} that sends commands is known here`, () => {
      const senders = layersOf(program).filter((layer) => commandsOf(layer).size > 0)
      assert.isNotEmpty(senders)
      assert.includeMembers(
        adapters.map(({ layer }) => layer),
        senders
      )
    })

    it(`the ${program} may do what it does, and nothing else`, () => {
      assert.sameMembers(functions[program].flatMap(actionsOf), [...needed(program)])
    })

    it(`the ${program} reads the week index only, and writes the table only`, () => {
      for (const statement of functions[program]) {
        for (const action of actionsOf(statement)) {
          if (!action.startsWith("dynamodb:")) continue
          const end = action === "dynamodb:Query" ? `/index/${indexes.week}` : `/\${TableName}`
          assert.isTrue(statement.Resource.endsWith(end), `${action} on ${statement.Resource}`)
        }
      }
    })

    it(`the ${program} looks at no queue but that of the dead letters`, () => {
      for (const statement of functions[program]) {
        const actions = actionsOf(statement).filter((action) => action.startsWith("sqs:"))
        if (actions.length > 0) assert.strictEqual(statement.Resource, "DeadLettersArn")
      }
    })
  }
})
