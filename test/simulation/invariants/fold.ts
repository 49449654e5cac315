import type { Message } from "../../../local/sqs/Message.ts"
import type { FeedbackEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { eventsOf, type Interaction, interactionKey } from "../../../src/schema/Interaction.ts"
import { contentOf } from "../contentOf.ts"
import { lastVote } from "../Expected.ts"
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
    if (event.eventType === "feedback") continue
    if (!contents.has(event.eventType)) contents.set(event.eventType, contentOf(event))
  }
  return [...contents.values()].sort()
}

/** An invocation writes the last vote that its batch says of a request. */
export const checkVoteFold = (
  { chronicle }: World,
  batch: ReadonlyArray<{ readonly message: Message; readonly parcel: Parcel }>,
  vote: FeedbackEvent
): void => {
  const said: Array<FeedbackEvent> = []
  for (const { message, parcel } of batch) {
    if (message.group !== vote.requestId) continue
    const { event } = parcel.accepted
    if (event === undefined) break
    if (event.eventType === "feedback") said.push(event)
  }
  if (lastVote(said)?.voteId === vote.voteId) return
  chronicle.violate("a batch's last vote is written", vote.voteId)
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
