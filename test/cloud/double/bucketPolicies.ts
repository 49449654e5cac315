import * as Effect from "effect/Effect"
import { plain } from "../../../local/LoopbackServer.ts"
import { type Supplement, serviceOf, textOf } from "./Pass.ts"

const absent =
  "<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>"

/** Keeps the policies of buckets beside moto, which reads no condition and so denies everything. */
export const bucketPolicies = (): Supplement => {
  const kept = new Map<string, string>()
  return (request) => {
    const { pathname, searchParams } = new URL(request.url, request.endpoint)
    if (serviceOf(request) !== "s3") return undefined
    const bucket = pathname.replace(/\/$/, "")
    // a policy goes with its bucket too
    if (request.method === "DELETE") kept.delete(bucket)
    if (!searchParams.has("policy")) return undefined
    if (request.method === "PUT") kept.set(bucket, textOf(request))
    const policy = kept.get(bucket)
    if (request.method !== "GET") return Effect.succeed(plain(204, ""))
    return Effect.succeed(policy === undefined ? plain(404, absent) : plain(200, policy))
  }
}
