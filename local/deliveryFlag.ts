import * as Flag from "effect/cli/Flag"

/** How the processor gets its messages, as the Terraform variable of this name says. */
export const deliveryFlag = Flag.Literals("delivery", ["trigger", "schedule"]).pipe(
  Flag.withDescription(
    "trigger: the processor gets messages at once; schedule: it drains the queue every minute"
  )
)
