import type { EmailAddress } from "../../../schema/EmailMessage.ts"
import type { ReportLanguage } from "../ReportLanguage.ts"
import type { ReportQuestions } from "../ReportQuestions.ts"

/** The reason for a mail beside the weekly one. */
export type Occasion = "resend" | "test"

export interface RenderOptions {
  readonly siteName: string
  /** English by default. */
  readonly language?: ReportLanguage
  /** `hidden` keeps the totals and leaves out the questions. */
  readonly questions?: ReportQuestions
  /** `whole` shows every line of the report's lists, where a mail has to be short. */
  readonly lists?: "short" | "whole"
  readonly occasion?: Occasion | undefined
  /** The sender, who can take an address off the list. */
  readonly from?: EmailAddress
  readonly version?: string
}
