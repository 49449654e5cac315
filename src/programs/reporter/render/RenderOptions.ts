import type { EmailAddress } from "../../../schema/EmailMessage.ts"
import type { ReportQuestions } from "../settings.ts"

/** Why a mail is sent that is not the week's own. */
export type Occasion = "resend" | "test"

export interface RenderOptions {
  readonly siteName: string
  /** `hidden` leaves out every question's text, and keeps the totals. */
  readonly questions?: ReportQuestions
  readonly occasion?: Occasion | undefined
  /** The sender, who takes an address off the list. */
  readonly from?: EmailAddress
  readonly version?: string
}
