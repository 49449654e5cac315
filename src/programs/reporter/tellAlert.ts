/** Tells the channels what the watch found, beside its e-mail. */
import * as Effect from "effect/Effect"
import { type Notice, noticeVersion } from "../../schema/Notice.ts"
import type { Alert } from "../../schema/watch/Alert.ts"
import type { ClaimKey } from "../../services/ReportLedger.ts"
import { ownText, quoted } from "./render/VisitorText.ts"
import { noticeId, type Telling } from "./reportNotice.ts"
import { tellChannels } from "./tellChannels.ts"
import { wordsIn } from "./words/wordsIn.ts"

const subjectLengthMax = 150
const lineLengthMax = 600

/** The watch comes every hour, and tells as long as the cause lasts. */
const restSeconds = 50 * 60

const linesOf = (
  { lines, question }: Alert,
  { channelQuestions, language }: Telling
): ReadonlyArray<string> => {
  const [first, ...rest] = lines.map((line) => ownText(line, lineLengthMax))
  const { noText } = wordsIn(language)
  const words =
    question === undefined || channelQuestions === "hidden"
      ? []
      : [quoted(question, undefined, noText)]
  return [...(first === undefined ? [] : [first]), ...words, ...rest]
}

export const alertNotice = (alert: Alert, telling: Telling): Notice => {
  const { counts, key, kind, sinceMs, subject } = alert
  const { siteName } = telling
  return {
    version: noticeVersion,
    id: noticeId("alert", key, siteName),
    type: "watch.alert",
    timestamp: sinceMs,
    site: ownText(siteName, subjectLengthMax),
    subject: ownText(`${subject} - ${siteName}`, subjectLengthMax),
    lines: linesOf(alert, telling),
    figures: [],
    lists: [],
    alert: { kind, cause: key, since: sinceMs, counts }
  }
}

export const tellAlert = (
  alert: Alert,
  { key, owner }: { readonly key: ClaimKey; readonly owner: string },
  telling: Telling
) =>
  tellChannels({
    key,
    owner,
    told: Effect.sync(() => alertNotice(alert, telling)),
    restSeconds
  })
