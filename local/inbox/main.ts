/**
 * The local mail service with its inbox page, as a process of its own that keeps what it accepted.
 */
import * as Flag from "effect/cli/Flag"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { serve } from "./Inbox.ts"

const flags = {
  port: portFlag,
  data: Flag.String("data").pipe(Flag.withDescription("folder of the accepted messages"))
}

runProcess("inbox", flags, ({ data, port }) => serve({ port, folder: data }))
