export interface RenderOptions {
  readonly siteName: string
  /** `hidden` leaves out every question's text, and keeps the totals. */
  readonly questions?: "shown" | "hidden"
  /** The mail is sent once more, with the numbers that were frozen for the first. */
  readonly resend?: boolean
  readonly version?: string
}
