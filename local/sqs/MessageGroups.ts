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
 * The groups of one queue in two schedules: ready, with the oldest head first, or waiting until the
 * delay and all messages in flight have timed out. A group with a message in flight is never ready.
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

  /** Schedules a new group; a message behind others leaves its group's schedule as it is. */
  add(now: number, message: Message): void {
    const known = this.#groups.get(message.group)
    const group = known ?? { id: message.group, line: new Line(), inFlight: new Set(), turn: 0 }
    group.line.push(message)
    if (isInFlight(message, now)) group.inFlight.add(message)
    if (known === undefined) this.#groups.set(group.id, group)
    if (known === undefined || isInFlight(message, now)) this.schedule(now, group)
  }

  /** Call it after every change of a group's messages. */
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

  /** Afterwards the caller schedules the group again. */
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

  /** Changes the delay, also of messages that are in the queue already, as AWS does. */
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
