/** Runs the local mail service with its inbox page as a separate process, which keeps its mail. */
import * as Flag from "effect/cli/Flag"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { serve } from "./Inbox.ts"

const flags = {
  port: portFlag,
  data: Flag.String("data").pipe(Flag.withDescription("folder of the accepted messages"))
}

runProcess("inbox", flags, ({ data, port }) => serve({ port, folder: data }))
