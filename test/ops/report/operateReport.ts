import { reportCommand } from "../../../ops/report/reportCommand.ts"
import { operateWith } from "../operateWith.ts"

/** `ops report` in this process. */
export const operateReport = operateWith(reportCommand)
