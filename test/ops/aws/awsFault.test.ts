/** Real messages of AWS, each with the sentence that the owner reads. */
import { GetObjectCommand } from "@aws-sdk/client-s3"
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import { isAbsent } from "../../../ops/aws/AwsFault.ts"
import * as Clients from "../../../ops/aws/Clients.ts"
import { type AwsAnswers, refuse, serveAws } from "./AwsDouble.ts"

const { Sts } = Clients

const asked = <A, E, R>(request: Effect.Effect<A, E, R>, settings: typeof AwsSettings.Service) =>
  request.pipe(
    Effect.provide(Clients.layer("eu-west-1")),
    Effect.provideService(AwsSettings, settings)
  )

const callerIdentity = Sts.use((send) => send(new GetCallerIdentityCommand({})))

const refusedAs = Effect.fnUntraced(function* (answers: AwsAnswers) {
  const { settings } = yield* serveAws(answers)
  return yield* Effect.flip(asked(callerIdentity, settings))
}, Effect.scoped)

const heard: ReadonlyArray<readonly [code: string, says: string, what: string]> = [
  [
    "ExpiredToken",
    "The security token included in the request is expired",
    "You are not logged in to AWS, or the login has expired."
  ],
  [
    "SignatureDoesNotMatch",
    "Signature expired: 20261122T200000Z is now earlier than 20261122T204500Z",
    "this machine's clock is wrong."
  ],
  [
    "SubscriptionRequiredException",
    "The AWS Access Key Id needs a subscription for the service",
    "This AWS account is not ready for the service."
  ],
  [
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
    "AWS does not know these credentials, at least not in this region."
  ],
  [
    "AccessDenied",
    "User: arn:aws:iam::123456789012:user/owner is not authorized to perform: " +
      "iam:CreateAccessKey on resource: user x because no identity-based policy allows it",
    "These credentials lack the permission iam:CreateAccessKey."
  ],
  ["AccessDenied", "Access Denied", "lack the permission STS GetCallerIdentity."],
  ["Throttling", "Rate exceeded", "the account asks too much at the moment."],
  ["LimitExceeded", "Cannot exceed quota for Users: 5000", "a quota of the account is used up."],
  ["ValidationError", "No such thing", "AWS refused STS GetCallerIdentity."]
]

describe("AWS", () => {
  for (const [code, says, what] of heard) {
    it.effect(`that answers ${code} is told: ${what}`, () =>
      Effect.gen(function* () {
        const fault = yield* refusedAs(() => refuse(code, says))
        assert.include(fault.what, what)
        assert.include(fault.what, says)
        assert.strictEqual(fault.code, code)
      })
    )
  }

  it.effect("that does not answer is told with its host", () =>
    Effect.gen(function* () {
      const settings = {
        endpoint: "http://127.0.0.1:9",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
        maxAttempts: 1
      }
      const fault = yield* Effect.flip(asked(callerIdentity, settings))
      assert.strictEqual(fault.kind, "Unreachable")
      assert.include(fault.what, "Nothing answers at 127.0.0.1:9.")
    })
  )

  const profiles: ReadonlyArray<readonly [says: string, kind: string]> = [
    ["Could not load credentials from any providers", "NoCredentials"],
    [
      "The SSO session token associated with profile=work was not found or is invalid. " +
        "To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      "LoggedOut"
    ]
  ]
  for (const [says, kind] of profiles) {
    it.effect(`is not asked where the SDK says: ${says.slice(0, 40)}...`, () =>
      Effect.gen(function* () {
        const credentials = async () =>
          Promise.reject(Object.assign(new Error(says), { name: "CredentialsProviderError" }))
        const fault = yield* Effect.flip(
          asked(callerIdentity, { endpoint: "http://127.0.0.1:9", credentials })
        )
        assert.strictEqual(fault.kind, kind)
        assert.include(fault.mend, kind === "LoggedOut" ? "aws sso login" : "AWS_PROFILE")
      })
    )
  }

  it.effect("has a name for what does not exist in each service", () =>
    Effect.gen(function* () {
      const { settings } = yield* serveAws(() => refuse("NoSuchKey"))
      const object = Clients.S3.use((send) =>
        send(new GetObjectCommand({ Bucket: "bundles", Key: "none" }))
      )
      assert.isTrue(isAbsent(yield* Effect.flip(asked(object, settings))))
      const codes = ["NoSuchEntityException", "NotFoundException", "QueueDoesNotExist", "NotFound"]
      assert.isTrue(codes.every((code) => isAbsent({ code })))
      assert.isFalse(isAbsent({ code: "AccessDenied" }))
    }).pipe(Effect.scoped)
  )
})
