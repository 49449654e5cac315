/** A default configuration set goes with every mail, so the reporter needs its permission. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { AwsSettings } from "../../../ops/aws/AwsClient.ts"
import * as Clients from "../../../ops/aws/Clients.ts"
import { examineSender } from "../../../ops/doctor/examineSender.ts"
import { refuse, serveAws } from "../aws/AwsDouble.ts"
import { settings } from "../deploy/Operator.ts"
import { found } from "./Examination.ts"

const mayUse = (...resources: ReadonlyArray<string>) => ({
  statement: [{ actions: ["ses:SendRawEmail"], resources }]
})

const identities = "arn:aws:ses:eu-west-1:123456789012:identity/*"
const sets = "arn:aws:ses:eu-west-1:123456789012:configuration-set/*"

/** The sender's domain is verified, and may have a default configuration set. */
const examine = Effect.fnUntraced(function* (policy: unknown, ConfigurationSetName?: string) {
  const { settings: aws } = yield* serveAws(({ input }) =>
    input.name === "example.com"
      ? { VerifiedForSendingStatus: true, ...(ConfigurationSetName && { ConfigurationSetName }) }
      : refuse("NotFoundException")
  )
  const target = { region: "eu-west-1", settings } as never
  const checks = yield* examineSender(target, policy).pipe(
    Effect.provide(Clients.layer("eu-west-1")),
    Effect.provideService(AwsSettings, aws)
  )
  return found(checks)
})

describe("the sender's default configuration set", () => {
  it.effect("is refused to a role that may use identities alone", () =>
    Effect.gen(function* () {
      const said = yield* examine(mayUse(identities), "newsletters")
      assert.include(
        said,
        "SES sender example.com: its default configuration set newsletters is not allowed to the " +
          "reporter: SES refuses."
      )
    })
  )

  it.effect("is allowed by its own ARN, or with everything", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* examine(mayUse(identities, sets), "newsletters"), "")
      assert.strictEqual(yield* examine(mayUse("*"), "newsletters"), "")
    })
  )

  it.effect("is no matter where there is none", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* examine(mayUse(identities)), "")
    })
  )
})
