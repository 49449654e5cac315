/** A section to fill in, with all that helps to write it in a comment that no bot ever quotes. */
import type { SectionMatch } from "../../src/layers/knowledge/KnowledgeSearch.ts"
import { type Gap, nameOf, textsOf } from "./Gap.ts"

/** Stands where the owner shall write; a bot that quotes it has missed the question. */
export const toFillIn = "[to be filled in]"
/** Ends a text that a model wrote. */
const toCheck = "[to be checked: a model wrote this from the sections below]"

export const isUnfinished = (text: string): boolean =>
  text.includes(toFillIn) || text.includes("[to be checked: ")

const wordingsMax = 20

/** One line that can end no comment and begin no heading. */
const inComment = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replaceAll("--", "- -")
    .replaceAll(/[<>]/g, "'")
    .trim()

export interface Draft {
  readonly gap: Gap
  /** The best first. */
  readonly nearest: ReadonlyArray<SectionMatch>
  /** The first text of a model, if one was asked and knew an answer. */
  readonly text: string | undefined
}

const saidOf = ({ lastMiss }: Gap): string => {
  if (lastMiss === undefined) return "What the bot said is not known."
  if (lastMiss.kind === "failed") return "The bot failed."
  if (lastMiss.kind === "noAnswer") return "No answer came."
  return lastMiss.said === undefined
    ? "The bot had no answer; its words are not known."
    : `The bot said: "${inComment(lastMiss.said)}"`
}

export const draftText = ({ gap, nearest, text }: Draft): string => {
  const texts = textsOf(gap).slice(0, wordingsMax)
  const title = inComment(nameOf(gap)).replaceAll(/^#+\s*|\s*#+$/g, "")
  return [
    `## ${title}`,
    "",
    ...(text === undefined ? [toFillIn] : [text, "", toCheck]),
    "",
    `<!-- gap ${gap.id}`,
    "Asked as:",
    ...texts.map((one) => `- ${inComment(one)}`),
    ...(texts.length === 0 ? ["- (its wordings have expired)"] : []),
    saidOf(gap),
    nearest.length === 0 ? "No section is near." : "The nearest sections, with their scores:",
    ...nearest.map(
      ({ matchScore, section }) => `- ${matchScore.toFixed(2)} ${inComment(section.title)}`
    ),
    "-->",
    ""
  ].join("\n")
}
