import type { KnownAnswer } from "../Answer.ts"
import type { ChatPart } from "./ChatPart.ts"
import { SpokenText } from "./SpokenText.ts"
import { optional, tokensOf, type Usage } from "./Usage.ts"

const spoken = (whole: string): string => {
  const text = new SpokenText()
  text.add(whole)
  text.end()
  return text.text
}

/** Puts together the words of a chatbot from its messages. */
export class AnswerReading {
  /** The chatbot says that it failed, perhaps after some words. */
  failed = false
  #said = new SpokenText()
  readonly #raw = new SpokenText()
  #whole = ""
  #known: KnownAnswer
  #usage: Usage = {}
  #isUnderstood = false
  #callsTool = false

  constructor(known: KnownAnswer = {}) {
    this.#known = known
  }

  get text(): string {
    return this.#said.text || this.#whole || this.#raw.text
  }

  get known(): KnownAnswer {
    return {
      ...(this.isUnderstood ? {} : { matchType: "unknown" as const }),
      ...this.#known,
      ...optional("tokens", tokensOf(this.#usage))
    }
  }

  /** True if a message held an answer, even an empty one; the call of a tool holds none. */
  private get isUnderstood(): boolean {
    return this.text !== "" || (this.#isUnderstood && !this.#callsTool)
  }

  add(part: ChatPart | undefined): void {
    if (part === undefined) return
    const { callsTool, failed, matchScore, matchType, model, replaces, says, usage, whole } = part
    if (failed === true) this.failed = true
    if (callsTool === true) this.#callsTool = true
    if ((says ?? whole ?? replaces) !== undefined) this.#isUnderstood = true
    if (replaces !== undefined) this.#said = new SpokenText()
    this.#said.add(says ?? replaces ?? "")
    // an empty repeat takes no words back
    if (whole !== undefined && whole !== "") this.#whole = spoken(whole)
    if (usage !== undefined) this.#usage = { ...this.#usage, ...usage }
    this.#known = {
      ...this.#known,
      ...optional("model", typeof model === "string" && model !== "" ? model : undefined),
      ...optional("matchType", matchType),
      ...optional("matchScore", matchScore)
    }
  }

  /** Adds words that no message holds; they count only where no message holds any. */
  addRaw(text: string): void {
    this.#isUnderstood = true
    this.#raw.add(text)
  }

  end(): void {
    this.#said.end()
    this.#raw.end()
  }
}
