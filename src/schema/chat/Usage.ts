/** The tokens that an answer took, in the words of every provider. */
import type { Tokens } from "../Answer.ts"
import { fieldsOf } from "./Json.ts"

/** The counts that one message tells; a later message replaces them field by field. */
export interface Usage {
  readonly input?: number
  readonly output?: number
  readonly cachedInput?: number
  readonly cacheWrites?: number
  readonly hourCacheWrites?: number
  readonly reasoning?: number
  /** Anthropic and Bedrock count what the cache holds beside the input, not in it. */
  readonly isCacheApart?: true
}

const count = (...candidates: ReadonlyArray<unknown>): number | undefined =>
  candidates.find((value): value is number => Number.isSafeInteger(value) && Number(value) >= 0)

export const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }

const outputOf = (usage: ReturnType<typeof fieldsOf>): number | undefined => {
  // Gemini counts thoughts beside the answer
  const thoughts = count(usage.thoughtsTokenCount)
  const candidates = count(usage.candidatesTokenCount)
  if (thoughts !== undefined) return (candidates ?? 0) + thoughts
  return count(
    candidates,
    usage.completion_tokens,
    usage.output_tokens,
    usage.outputTokens,
    usage.completionTokens,
    fieldsOf(usage.outputTokens).total,
    usage.eval_count,
    usage.generation_token_count
  )
}

const reasoningOf = (usage: ReturnType<typeof fieldsOf>): number | undefined => {
  const outputs = fieldsOf(
    usage.completion_tokens_details ??
      usage.output_tokens_details ??
      usage.outputTokenDetails ??
      usage.output_token_details ??
      usage.outputTokens
  )
  return count(
    outputs.reasoning_tokens,
    outputs.reasoningTokens,
    outputs.reasoning,
    usage.reasoningTokens,
    usage.thoughtsTokenCount
  )
}

/** Accepts any JSON, and leaves out values that cannot be counts of tokens. */
export const usageOf = (value: unknown): Usage | undefined => {
  // a stream brings hundreds of messages, of which one counts
  if (typeof value !== "object" || value === null) return undefined
  const usage = fieldsOf(value)
  const inputs = fieldsOf(
    usage.prompt_tokens_details ??
      usage.input_tokens_details ??
      usage.inputTokenDetails ??
      usage.input_token_details ??
      usage.inputTokens
  )
  const apartReads = count(usage.cache_read_input_tokens, usage.cacheReadInputTokens)
  const apartWrites = count(usage.cache_creation_input_tokens, usage.cacheWriteInputTokens)
  const isApart = usage.prompt_tokens === undefined && (apartReads ?? apartWrites) !== undefined
  const read = {
    ...optional(
      "input",
      count(
        usage.prompt_tokens,
        usage.input_tokens,
        usage.inputTokens,
        usage.promptTokens,
        usage.promptTokenCount,
        inputs.total,
        usage.prompt_eval_count,
        usage.prompt_token_count,
        usage.inputTextTokenCount
      )
    ),
    ...optional("output", outputOf(usage)),
    ...optional(
      "cachedInput",
      count(
        inputs.cached_tokens,
        inputs.cacheReadTokens,
        inputs.cache_read,
        inputs.cacheRead,
        apartReads,
        usage.cachedInputTokens,
        usage.cachedContentTokenCount,
        usage.prompt_cache_hit_tokens
      )
    ),
    ...optional(
      "cacheWrites",
      count(inputs.cacheWriteTokens, inputs.cache_creation, inputs.cacheWrite, apartWrites)
    ),
    ...optional(
      "hourCacheWrites",
      count(
        fieldsOf(usage.cache_creation).ephemeral_1h_input_tokens,
        inputs.ephemeral_1h_input_tokens
      )
    ),
    ...optional("reasoning", reasoningOf(usage)),
    ...(isApart ? { isCacheApart: true as const } : {})
  }
  return Object.keys(read).length === 0 ? undefined : read
}

/**
 * Counts as our contract does: the input includes the reads and writes of the cache. A count that
 * no message told is absent.
 */
export const tokensOf = (usage: Usage): Tokens | undefined => {
  const { cachedInput, cacheWrites, hourCacheWrites, input, isCacheApart, output, reasoning } =
    usage
  if (input === undefined && output === undefined) return undefined
  const apart = isCacheApart === true ? (cachedInput ?? 0) + (cacheWrites ?? 0) : 0
  return {
    ...optional("input", input === undefined ? undefined : input + apart),
    ...optional("output", output),
    ...optional("cachedInput", cachedInput),
    ...optional("cacheWrites", cacheWrites),
    ...optional("hourCacheWrites", hourCacheWrites === 0 ? undefined : hourCacheWrites),
    ...optional("reasoning", reasoning)
  }
}
