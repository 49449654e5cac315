/**
 * The tokens of answers in classes that exclude each other. A price is linear in them, so the cost
 * of a sum is the sum of the costs, answer by answer.
 */
import type { Tokens } from "../Answer.ts"
import { addFields, plus } from "./Counts.ts"

const nothing = {
  /** The answers that told both their input and their output; all others count nowhere here. */
  answers: 0,
  /** Input that no cache read or kept. */
  uncached: 0,
  cacheReads: 0,
  /** Kept for minutes; those that are kept for an hour have another price. */
  cacheWrites: 0,
  hourCacheWrites: 0,
  output: 0,
  /** A part of the output. */
  reasoning: 0
}
export type TokenUse = typeof nothing

const fields = Object.keys(nothing) as ReadonlyArray<keyof TokenUse>

export const noUse = (): TokenUse => ({ ...nothing })

/**
 * Reads the counts of one answer. The cache's parts belong to the input, but some chatbots count
 * them beside it, as Anthropic does: they do where the parts are more than the whole.
 */
export const useOf = ({
  cachedInput: cacheReads = 0,
  cacheWrites: told = 0,
  hourCacheWrites = 0,
  input,
  output,
  reasoning = 0
}: Tokens): TokenUse | undefined => {
  if (input === undefined || output === undefined) return undefined
  const writes = Math.max(told, hourCacheWrites)
  const cache = plus(cacheReads, writes)
  const uncached = cache > input ? input : input - cache
  return {
    answers: 1,
    uncached,
    cacheReads,
    cacheWrites: writes - hourCacheWrites,
    hourCacheWrites,
    output,
    reasoning: Math.min(reasoning, output)
  }
}

/** Adds the part to the target in place. */
export const addUse = (target: TokenUse, part: TokenUse): void => addFields(target, part, fields)

export const writesOf = ({ cacheWrites, hourCacheWrites }: TokenUse): number =>
  plus(cacheWrites, hourCacheWrites)

export const inputOf = (use: TokenUse): number =>
  plus(plus(use.uncached, use.cacheReads), writesOf(use))
