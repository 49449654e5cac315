/** The conversation of this tab, which survives a reload and ends with the tab. */
import type { Ending } from "./Ending.ts"

export interface Exchange {
  readonly question: string
  answer: string
  ending: Ending
  rating?: string
}

const key = "conversation"

/** More would only be scrolled through. */
const exchangesMax = 50

interface Kept {
  readonly id: string
  readonly exchanges: ReadonlyArray<Exchange>
}

const isExchange = (value: unknown): value is Exchange => {
  const { answer, ending, question } = Object(value)
  return [answer, question, Object(ending)._tag].every((text) => typeof text === "string")
}

/** Drops a conversation that another version of the page has kept. */
const keptIn = (text: string | null): Kept | undefined => {
  const { exchanges, id } = Object(JSON.parse(text ?? "null"))
  const isKept = typeof id === "string" && Array.isArray(exchanges) && exchanges.every(isExchange)
  return isKept ? { id, exchanges } : undefined
}

/** A browser may have no storage, or a full one; the conversation then ends with the page. */
const attempt = <A>(work: () => A): A | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

export class Conversation {
  /** The session of its questions, made at random. */
  readonly id: string
  readonly exchanges: Array<Exchange>

  constructor() {
    const kept = attempt(() => keptIn(sessionStorage.getItem(key)))
    this.id = kept?.id ?? crypto.randomUUID()
    this.exchanges = [...(kept?.exchanges ?? [])]
  }

  /** The answer counts as broken off until it has come. */
  ask(question: string): Exchange {
    const ending: Ending = { _tag: "Stopped", detail: "The page was left before the answer." }
    const exchange = { question, answer: "", ending }
    this.exchanges.push(exchange)
    this.keep()
    return exchange
  }

  keep(): void {
    const { exchanges, id } = this
    const text = JSON.stringify({ id, exchanges: exchanges.slice(-exchangesMax) })
    attempt(() => sessionStorage.setItem(key, text))
  }

  forget(): void {
    attempt(() => sessionStorage.removeItem(key))
  }
}
