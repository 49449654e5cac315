/** The system whose reports are made: table, dead letters and mail service of one place. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as DeadLetterGaugeSqs from "../../src/layers/DeadLetterGaugeSqs.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import * as PipelineMeterCloudWatch from "../../src/layers/PipelineMeterCloudWatch.ts"
import * as ReportLedgerDynamoDb from "../../src/layers/ReportLedgerDynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../src/layers/StorageGaugeDynamoDb.ts"
import { encodeMime } from "../../src/layers/ses/MimeMessage.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import type { InstallationFlags } from "../installation/installationFlags.ts"
import { connect } from "../installation/Queue.ts"
import { locate, type Place } from "../Place.ts"
import { clearly } from "../ServiceFault.ts"

/**
 * Finds the queue only when it is to be counted. Without an answer the report says that nobody
 * could tell, as the reporter's own does.
 */
const gaugeOf = (place: Place, address: string, queueName: string) => {
  const countIn = (queueUrl: string) =>
    Effect.flatMap(DeadLetterGauge, ({ count }) => count).pipe(
      Effect.provide(DeadLetterGaugeSqs.layer({ queueUrl, client: place }))
    )
  const count = connect(place, address).pipe(
    Effect.flatMap(({ open }) => open(queueName)),
    Effect.flatMap(({ url }) => countIn(url)),
    Effect.scoped,
    Effect.catch(({ message }) =>
      Effect.as(Effect.logWarning(`dead letters not counted: ${message}`), Option.none<number>())
    )
  )
  return Layer.succeed(DeadLetterGauge, DeadLetterGauge.of({ count }))
}

/** Accepts what can be written as a mail, and sends it nowhere. */
const dryMailer = Layer.succeed(
  Mailer,
  Mailer.of({ send: (message) => Effect.as(encodeMime(message), { messageId: "" }) })
)

/** Opens nothing yet: `numbers` and `mailer` are layers, for the command that needs them. */
export const systemOf = Effect.fnUntraced(function* (given: InstallationFlags) {
  const { addressOf, at, definitions, name } = yield* locate(given)
  const { TableName: tableName } = definitions.table
  return {
    name,
    numbers: Layer.mergeAll(
      InteractionStoreDynamoDb.layer({ tableName }),
      ReportLedgerDynamoDb.layer({ tableName }),
      StorageGaugeDynamoDb.layer({ tableName })
    ).pipe(
      Layer.provide(DynamoDb.layer(at("table"))),
      Layer.merge(gaugeOf(at("queues"), addressOf("queues"), definitions.deadLetters.name)),
      Layer.merge(
        PipelineMeterCloudWatch.layer({
          queueName: definitions.queue.name,
          client: at("metrics")
        })
      )
    ),
    mailer: (dryRun: boolean) =>
      dryRun ? dryMailer : MailerSes.layer.pipe(Layer.provide(MailerSes.Ses.layer(at("mail")))),
    /** Names table, mail service and place in the errors of both. */
    clearly: clearly({ tableName, addressOf })
  }
})
