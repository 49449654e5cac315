import type { Design } from "./Design.ts"
import type { Meter } from "./Meter.ts"
import { edgeMeters } from "./meters/edge.ts"
import { functionMeters } from "./meters/functions.ts"
import { queueMeters } from "./meters/queue.ts"
import { sendingMeters } from "./meters/sending.ts"
import { tableMeters } from "./meters/table.ts"
import { watchingMeters } from "./meters/watching.ts"

/** Every line of a design's bill, in the order of a question's way. */
export const metersOf = (design: Design): ReadonlyArray<Meter> =>
  [edgeMeters, queueMeters, functionMeters, tableMeters, watchingMeters, sendingMeters].flatMap(
    (meters) => meters(design)
  )
