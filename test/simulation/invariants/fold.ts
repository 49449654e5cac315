import type { Message } from "../../../local/sqs/Message.ts"
import { eventsOf, type Interaction, interactionKey } from "../../../src/schema/Interaction.ts"
import { contentOf } from "../contentOf.ts"
import type { Parcel } from "../Parcel.ts"
import type { World } from "../World.ts"

/** The first of each kind that the batch holds of a request, up to a message that is undecodable. */
const firstOfKinds = (
  batch: ReadonlyArray<{ readonly message: Message; readonly parcel: Parcel }>,
  requestId: string
): ReadonlyArray<string> => {
  const contents = new Map<string, string>()
  for (const { message, parcel } of batch) {
    if (message.group !== requestId) continue
    const { event } = parcel.accepted
    if (event === undefined) break
    if (!contents.has(event.eventType)) contents.set(event.eventType, contentOf(event))
  }
  return [...contents.values()].sort()
}

/** An invocation records all that its batch says of a request, the first content of each kind. */
export const checkFold = (
  { chronicle }: World,
  batch: ReadonlyArray<{ readonly message: Message; readonly parcel: Parcel }>,
  interaction: Interaction
): void => {
  const wanted = firstOfKinds(batch, interactionKey(interaction).requestId).join()
  const recorded = eventsOf(interaction).map(contentOf).sort().join()
  if (recorded === wanted) return
  chronicle.violate("a batch is folded up to what failed", `${recorded} instead of ${wanted}`)
}
