import type { Edge } from "../edge/Edge.ts"
import type { World } from "../World.ts"

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, one) => all + one, 0)

/**
 * Each event of each request that was recorded to the end is accepted, or counted as lost once. A
 * question that was refused before it left leaves no event and no loss.
 */
const checkRecordings = ({ chronicle }: World, { fates }: Edge): void => {
  for (const recording of fates.recordings) {
    if (!recording.isDone) continue
    const events = fates.events(recording)
    const isNone = events.every((fate) => fate === undefined)
    if (!recording.owesEvents && !isNone) {
      chronicle.violate("a question that is refused in time is no exchange", recording.name)
    }
    const owed = recording.owesEvents ? events : []
    const missing = owed.filter((fate) => fate?.isAccepted !== true).length
    const doubtful = events.filter((fate) => fate?.isUntold === true).length
    const doubts = sum(events.map((fate) => fate?.doubts ?? 0))
    const lost = fates.lost.get(recording.requestId) ?? 0
    const detail = `${recording.name}: ${missing} missing, ${lost} counted`
    if (lost < missing) chronicle.violate("every event that is lost is counted", detail)
    if (lost > missing + doubtful + doubts) {
      chronicle.violate("only events that are lost are counted", detail)
    }
  }
}

/** Each counted loss waits for a question, or a question that arrived has told of it. */
const checkTold = ({ chronicle }: World, { fates, isolates }: Edge): void => {
  const counted = sum(isolates.map(({ lost }) => lost))
  const untold = sum(isolates.map((isolate) => isolate.untold))
  const arrived = [...fates.all].filter(({ isAccepted }) => isAccepted)
  const told = sum(arrived.map(({ lostBefore }) => lostBefore))
  const detail = `${counted} counted, ${told} told, ${untold} untold`
  const isCertain = [...fates.all].every(({ doubts, isUntold }) => doubts === 0 && !isUntold)
  const areAlive = isolates.every(({ instance }) => !instance.isOver)
  if (areAlive && told + untold < counted) {
    chronicle.violate("every counted loss is told", detail)
  }
  if (isCertain && told + untold > counted) {
    chronicle.violate("only counted losses are told", detail)
  }
}

/** Every request ends in the queue or in a counted loss, unless its isolate died. */
export const checkEdge = (world: World, edge: Edge): void => {
  const { chronicle } = world
  if (edge.outboxSize > 0) {
    chronicle.violate("the outbox drains", `${edge.outboxSize} messages left`)
  }
  for (const { instance, name, underWay } of edge.isolates) {
    if (instance.isOver || underWay.size === 0) continue
    chronicle.violate("every recording ends", `${name}: ${underWay.size} under way`)
  }
  checkRecordings(world, edge)
  checkTold(world, edge)
}
