import type { JsonFields } from "../Json.ts"

const actions = /^(?:regenerate|regenerate-message|resume-stream|retry|variant|continue)$/

/** The visitor asks for another answer to the same question, or for the rest of it. */
export const isRegeneration = (json: JsonFields): boolean =>
  [json.trigger, json.action].some((each) => typeof each === "string" && actions.test(each)) ||
  [json.regenerate, json.isRegenerate, json.isContinued].includes(true)
