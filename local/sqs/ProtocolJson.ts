import * as Result from "effect/Result"
import type { Call, Protocol } from "./Exchange.ts"
import { Rejection } from "./Rejection.ts"

const contentType = "application/x-amz-json-1.0"

/** AWS JSON 1.0: the action is in the target, the queue in the body or in the path. */
export const decode = (
  target: string,
  body: string,
  queueUrl: string | undefined
): Result.Result<Call, Rejection> => {
  const parsed = Result.try((): unknown => (body === "" ? {} : JSON.parse(body)))
  if (Result.isFailure(parsed) || typeof parsed.success !== "object" || parsed.success === null) {
    const message = "The request body is not a JSON object."
    return Result.fail(new Rejection({ code: "SerializationException", message }))
  }
  const input = queueUrl === undefined ? parsed.success : { QueueUrl: queueUrl, ...parsed.success }
  return Result.succeed({ action: target.slice(target.indexOf(".") + 1), input })
}

/**
 * SDKs take the class of an error from `__type`; the header carries the code of the older protocol.
 */
export const protocolJson: Protocol = {
  success: (_, output, requestId) => ({
    status: 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId },
    body: JSON.stringify(output)
  }),
  failure: (rejection, requestId) => ({
    status: rejection.status,
    headers: {
      "content-type": contentType,
      "x-amzn-requestid": requestId,
      "x-amzn-query-error": `${rejection.queryCode};${rejection.fault}`
    },
    body: JSON.stringify({
      __type: `com.amazonaws.sqs#${rejection.code}`,
      message: rejection.message
    })
  })
}
