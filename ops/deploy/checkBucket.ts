/** The name of the bundles' bucket is free, or the bucket is this account's own. */
import { HeadBucketCommand } from "@aws-sdk/client-s3"
import * as Effect from "effect/Effect"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import { isAbsent } from "../aws/AwsFault.ts"
import { S3 } from "../aws/Clients.ts"
import { Check } from "./Check.ts"
import { unreadableDefinitions } from "./DeployFault.ts"
import { type Target, variablesOf } from "./Target.ts"

const subject = "bundles' bucket"

/** The name as Terraform makes it of its variables and the account. */
const nameIn = Effect.fnUntraced(function* (target: Target, account: string) {
  const { resources } = yield* readTerraform(variablesOf(target), {
    only: ["bucket.tf", "functions.tf", "variables.tf"],
    deployed: (path) =>
      path.join(".") === "data.aws_caller_identity.current.account_id" ? account : undefined
  })
  return String(Object(resources["aws_s3_bucket.code"]).bucket)
}, Effect.mapError(unreadableDefinitions))

const taken = (name: string) =>
  Check.Bad({
    subject,
    what:
      `another account, or another region, has a bucket ${name}, or these credentials may not ` +
      "look at it.",
    mend:
      "Bucket names are the whole world's. Name another in deploy.json: " +
      '"terraform": { "code_bucket": "<name>" }.'
  })

/** The answer to HEAD has a status and no words, so the SDK has no name for the refusal. */
const isForbidden = ({ code }: { readonly code: string }): boolean =>
  /^(?:Unknown|403|Forbidden|AccessDenied)$/.test(code)

export const checkBucket = Effect.fnUntraced(function* (target: Target, account: string) {
  const name = yield* nameIn(target, account)
  return yield* S3.use((send) =>
    send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: account }))
  ).pipe(
    Effect.as(Check.Good({ subject, text: `${name} is there` })),
    Effect.catchIf(isAbsent, () =>
      Effect.succeed(Check.Good({ subject, text: `${name} is free` }))
    ),
    Effect.catchIf(isForbidden, () => Effect.succeed(taken(name)))
  )
})
