import type { AskedGroup } from "../../../ops/gaps/AskedGroup.ts"
import type { Gap } from "../../../ops/gaps/Gap.ts"
import { requestIdOf } from "../../schema/EventExamples.ts"

/** Monday 16 November 2026, 09:30 UTC. */
export const day = Date.UTC(2026, 10, 16, 9, 30)
export const hourMs = 3_600_000

export const wordingOf = (text: string, last = day, first = last) => ({ text, first, last })

export const gapWith = (changes: Partial<Gap> = {}): Gap => ({
  version: 1,
  id: "2026-W47-1",
  state: "open",
  since: day,
  wordings: [wordingOf("Do you ski?")],
  ...changes
})

/** A group that is missed once, at the last time that its first wording was asked. */
export const groupWith = (
  texts: ReadonlyArray<string>,
  changes: Partial<AskedGroup> = {}
): AskedGroup => ({
  id: undefined,
  question: texts[0] ?? "",
  asked: texts.length,
  missed: 1,
  lastMiss: { requestId: requestIdOf(1), timestamp: day, kind: "none" },
  wordings: texts.map((text) => wordingOf(text)),
  ...changes
})
