/** Wraps the DynamoDB engine in a Node process, so that it is supervised like every other. */
import * as Flag from "effect/cli/Flag"
import { portFlag, runProcess } from "../process/runProcess.ts"
import { start } from "./DynamoDbEngine.ts"

const flags = {
  port: portFlag,
  data: Flag.String("data").pipe(Flag.withDescription("folder that keeps the tables"))
}

runProcess("dynamodb", flags, ({ data, port }) => start({ port, folder: data }))
