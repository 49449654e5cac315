/** Everything that a report needs of one place: table, dead letters, metrics and mail service. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as DeadLetterGaugeSqs from "../../src/layers/DeadLetterGaugeSqs.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
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

/** Looks the queue up once the report counts it; without an answer the report shows unknown. */
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

/** Encodes a mail, and does not send it. */
const dryMailer = Layer.succeed(
  Mailer,
  Mailer.of({ send: (message) => Effect.as(encodeMime(message), { messageId: "" }) })
)

/** A command provides the layers that it needs; until then they stay closed. */
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
      Layer.merge(MeaningStatic.layer),
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
    clearly: clearly({ tableName, addressOf })
  }
})
