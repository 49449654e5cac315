/** The e-mails of the golden weeks, as the reporter would send them. */
import { compose } from "../../../src/programs/reporter/compose.ts"
import type { EmailMessage } from "../../../src/schema/EmailMessage.ts"
import { options } from "./ReporterWorld.ts"
import { hostileSite, hostileWeek } from "./render/hostileWeek.ts"
import { hugeWeek } from "./render/hugeWeek.ts"
import { oneQuestion, quietWeek, typicalWeek } from "./render/reports.ts"

export const goldenMessages: Readonly<Record<string, EmailMessage>> = {
  typical: compose(typicalWeek, options),
  quiet: compose(quietWeek, options),
  "one-question": compose(oneQuestion, options),
  huge: compose(hugeWeek, options),
  hostile: compose(hostileWeek, { ...options, siteName: hostileSite, version: hostileSite }),
  hidden: compose(typicalWeek, { ...options, questions: "hidden" }),
  german: compose(typicalWeek, { ...options, language: "de" }),
  french: compose(typicalWeek, { ...options, language: "fr" })
}
