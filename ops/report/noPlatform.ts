import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"

/** The services of a report of which a file tells nothing. */
export const noPlatform = Layer.mergeAll(
  MeaningStatic.layer,
  Layer.succeed(DeadLetterGauge, { count: Effect.succeedNone }),
  Layer.succeed(PipelineMeter, { read: () => Effect.succeed({}) }),
  Layer.succeed(StorageGauge, { bytes: Effect.succeedNone })
)
