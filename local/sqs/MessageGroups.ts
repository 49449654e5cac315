import { Line } from "./Line.ts"
import { isInFlight, type Message } from "./Message.ts"
import { PriorityQueue } from "./PriorityQueue.ts"

interface MessageGroup {
  readonly id: string
  readonly line: Line<Message>
  readonly inFlight: Set<Message>
  /** A place in a schedule with an older turn is void. */
  turn: number
}

interface GroupTurn {
  readonly group: MessageGroup
  readonly turn: number
}

const isVoid = ({ group, turn }: GroupTurn): boolean => turn !== group.turn

/**
 * The groups of one queue, each in one of two schedules: ready, the oldest head first, or waiting
 * for the time at which its delay and every message in flight have run out. A group is never ready
 * while one message is in flight.
 */
export class MessageGroups {
  readonly #groups = new Map<string, MessageGroup>()
  readonly #ready = new PriorityQueue<GroupTurn>()
  readonly #waiting = new PriorityQueue<GroupTurn>()
  #delayMillis: number

  constructor(delayMillis: number) {
    this.#delayMillis = delayMillis
  }

  of(message: Message): MessageGroup | undefined {
    return this.#groups.get(message.group)
  }

  /** A message behind others changes nothing in its group's schedule. */
  add(now: number, message: Message): void {
    const known = this.#groups.get(message.group)
    const group = known ?? { id: message.group, line: new Line(), inFlight: new Set(), turn: 0 }
    group.line.push(message)
    if (isInFlight(message, now)) group.inFlight.add(message)
    if (known === undefined) this.#groups.set(group.id, group)
    if (known === undefined || isInFlight(message, now)) this.schedule(now, group)
  }

  /** Must follow every change of a group's messages. */
  schedule(now: number, group: MessageGroup): void {
    group.turn++
    const head = group.line.first()
    if (head === undefined) {
      this.#groups.delete(group.id)
      return
    }
    let readyAt = head.sentAt + this.#delayMillis
    for (const message of group.inFlight) {
      if (message.gone || !isInFlight(message, now)) group.inFlight.delete(message)
      else readyAt = Math.max(readyAt, message.visibleAt)
    }
    const groupTurn = { group, turn: group.turn }
    if (readyAt <= now) this.#ready.push(head.sequence, groupTurn)
    else this.#waiting.push(readyAt, groupTurn)
  }

  /** The caller schedules the group again when it is done with it. */
  takeReady(now: number): MessageGroup | undefined {
    this.#promote(now)
    return this.#ready.pop()?.item.group
  }

  nextReadyAt(now: number): number {
    this.#promote(now)
    if (this.#ready.peek() !== undefined) return now
    const first = this.#waiting.peek()
    return first === undefined ? Number.POSITIVE_INFINITY : first.key
  }

  /** The delay of a FIFO queue is retroactive: it also holds for messages already in the queue. */
  delay(now: number, delayMillis: number): void {
    this.#delayMillis = delayMillis
    for (const group of this.#groups.values()) this.schedule(now, group)
  }

  #promote(now: number): void {
    for (let top = this.#waiting.peek(); top !== undefined; top = this.#waiting.peek()) {
      if (!isVoid(top.item) && top.key > now) break
      this.#waiting.pop()
      if (!isVoid(top.item)) this.schedule(now, top.item.group)
    }
    for (let top = this.#ready.peek(); top !== undefined && isVoid(top.item); ) {
      this.#ready.pop()
      top = this.#ready.peek()
    }
  }
}
