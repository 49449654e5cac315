import * as Result from "effect/Result"
import type { LocalAnswer } from "../LoopbackServer.ts"
import { Rejection } from "./Rejection.ts"

/** One request, as AWS JSON 1.0 tells it. */
export interface SqsCall {
  readonly action: string
  readonly input: unknown
}

const contentType = "application/x-amz-json-1.0"

/** The action is in the target; the queue is in the body or in the path. */
export const decode = (
  target: string,
  body: string,
  queueUrl: string | undefined
): Result.Result<SqsCall, Rejection> => {
  const parsed = Result.try((): unknown => (body === "" ? {} : JSON.parse(body)))
  if (Result.isFailure(parsed) || typeof parsed.success !== "object" || parsed.success === null) {
    const message = "The request body is not a JSON object."
    return Result.fail(new Rejection({ code: "SerializationException", message }))
  }
  const input = queueUrl === undefined ? parsed.success : { QueueUrl: queueUrl, ...parsed.success }
  return Result.succeed({ action: target.slice(target.indexOf(".") + 1), input })
}

export const success = (output: object, requestId: string): LocalAnswer => ({
  status: 200,
  headers: { "content-type": contentType, "x-amzn-requestid": requestId },
  body: JSON.stringify(output)
})

/** SDKs take the class of an error from `__type`; the header has the code that old clients know. */
export const failure = (rejection: Rejection, requestId: string): LocalAnswer => ({
  status: rejection.status,
  headers: {
    "content-type": contentType,
    "x-amzn-requestid": requestId,
    "x-amzn-query-error": `${rejection.queryCode};Sender`
  },
  body: JSON.stringify({
    __type: `com.amazonaws.sqs#${rejection.code}`,
    message: rejection.message
  })
})
