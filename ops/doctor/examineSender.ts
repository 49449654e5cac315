/** Examines that SES sends the report for the reporter's role. */
import { GetEmailIdentityCommand } from "@aws-sdk/client-sesv2"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { isAbsent } from "../aws/AwsFault.ts"
import { Ses } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { checkSes, identitiesOf } from "../deploy/checkSes.ts"
import type { Target } from "../deploy/Target.ts"
import { examine } from "./examine.ts"

/** The names of the configuration sets that SES adds to every mail of a sender's identities. */
const defaultSets = (address: string) =>
  Effect.forEach(
    identitiesOf(address),
    (name) =>
      Ses.use((send) => send(new GetEmailIdentityCommand({ EmailIdentity: name }))).pipe(
        Effect.map(({ ConfigurationSetName: set }) => (set === undefined ? [] : [{ name, set }])),
        Effect.catchIf(isAbsent, () => Effect.succeed([]))
      ),
    { concurrency: "unbounded" }
  ).pipe(Effect.map((found) => found.flat()))

const decodeStatements = Schema.decodeUnknownOption(
  Schema.Struct({
    statement: Schema.Array(
      Schema.Struct({
        actions: Schema.Array(Schema.String),
        resources: Schema.optionalKey(Schema.Array(Schema.String))
      })
    )
  })
)

/** Tells whether the policy covers a configuration set, whose ARN is not an identity's. */
const allowsSets = (policy: unknown): boolean => {
  const { statement } = Option.getOrElse(decodeStatements(policy), () => ({ statement: [] }))
  return statement
    .filter(({ actions }) => actions.some((action) => action.startsWith("ses:Send")))
    .flatMap(({ resources = [] }) => resources)
    .some((resource) => resource === "*" || resource.includes(":configuration-set/"))
}

const refused = (name: string, set: string, region: string): Check =>
  Check.Bad({
    subject: `SES sender ${name}`,
    what: `its default configuration set ${set} is not allowed to the reporter: SES refuses.`,
    mend:
      `Take it off at https://${region}.console.aws.amazon.com/ses/home?region=${region}` +
      "#/identities, or allow that set to the reporter in infra/terraform/permissions.tf."
  })

/** `policy` is the definition of what the reporter may do. */
export const examineSender = ({ region, settings }: Target, policy: unknown) =>
  examine(
    `SES sender ${settings.reportFrom}`,
    Effect.map(defaultSets(settings.reportFrom), (sets) =>
      allowsSets(policy) ? [] : sets.map(({ name, set }) => refused(name, set, region))
    )
  )

export const examineSes = (target: Target) => examine("SES", checkSes(target))
