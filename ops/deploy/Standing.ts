/** The resources of a deployment, as the account tells them and not Terraform's state. */
import { GetRoleCommand, GetUserCommand } from "@aws-sdk/client-iam"
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { isAbsent } from "../aws/AwsFault.ts"
import { allPages } from "../aws/allPages.ts"
import { Iam, Tagging } from "../aws/Clients.ts"
import { readAllResources } from "../cost/Resources.ts"
import { DeployFault, unreadableDefinitions } from "./DeployFault.ts"
import { type Target, variablesOf } from "./Target.ts"

export interface Standing {
  readonly arn: string
  /** Terraform or SAM. */
  readonly madeBy: string
}

/** Everything in the region that bears the deployment's tag. */
const tagged = ({ name }: Target) =>
  allPages((PaginationToken) =>
    Tagging.use((send) =>
      send(
        new GetResourcesCommand({
          TagFilters: [{ Key: "Application", Values: [name] }],
          PaginationToken
        })
      )
    ).pipe(
      Effect.map(({ PaginationToken: next, ResourceTagMappingList: found = [] }) => [
        found.map(
          ({ ResourceARN: arn = "", Tags = [] }): Standing => ({
            arn,
            madeBy: Tags.find(({ Key }) => Key === "ManagedBy")?.Value ?? "terraform"
          })
        ),
        next
      ])
    )
  )

const ifThere = <A extends string | undefined, E extends { readonly code: string }, R>(
  arn: Effect.Effect<A, E, R>
) =>
  arn.pipe(
    Effect.map((found): ReadonlyArray<Standing> => [{ arn: found ?? "", madeBy: "terraform" }]),
    Effect.catchIf(isAbsent, () => Effect.succeed([]))
  )

/** The search for tags leaves out roles and users, whose names the definitions have. */
const identities = Effect.fnUntraced(function* (target: Target) {
  const iam = yield* Iam
  const defined = yield* Effect.mapError(
    readAllResources(variablesOf(target)),
    unreadableDefinitions
  )
  const found = yield* Effect.forEach(
    defined,
    ({ fields, type }) => {
      const name = String(fields.name)
      if (type === "aws_iam_role") {
        return ifThere(
          Effect.map(iam(new GetRoleCommand({ RoleName: name })), ({ Role }) => Role?.Arn)
        )
      }
      return type === "aws_iam_user"
        ? ifThere(Effect.map(iam(new GetUserCommand({ UserName: name })), ({ User }) => User?.Arn))
        : Effect.succeed([])
    },
    { concurrency: 5 }
  )
  return found.flat()
})

export const readStanding = Effect.fnUntraced(function* (target: Target) {
  const found = yield* Effect.all([tagged(target), identities(target)], { concurrency: 2 })
  return found.flat().toSorted((one, other) => (one.arn < other.arn ? -1 : 1))
})

export const lines = (standing: ReadonlyArray<Standing>): string =>
  standing.map(({ arn }) => `  ${arn}`).join("\n")

export const standingText = (standing: ReadonlyArray<Standing>): string =>
  standing.length === 0 ? "Nothing of it stands in AWS." : `Stands in AWS:\n${lines(standing)}`

/** The table and the dead letters, which a deployment uses again. */
const isData = ({ name }: Target, { arn }: Standing): boolean =>
  arn.endsWith(`:table/${name}`) || arn.endsWith(`:${name}-dead-letters.fifo`)

class NotYetGone extends Data.TaggedError("NotYetGone")<{
  readonly standing: ReadonlyArray<Standing>
}> {}

/** AWS's search lags behind a deletion. */
const patience = Schedule.spaced("20 seconds").pipe(Schedule.jittered, Schedule.upTo({ times: 6 }))

const stillStanding = (standing: ReadonlyArray<Standing>) =>
  new DeployFault({
    what: `AWS still lists what should be gone:\n${lines(standing)}`,
    mend: "AWS's list lags: run the command again in some minutes. Delete by hand what stays."
  })

/** Waits until only the kept data stands. */
export const awaitGone = (target: Target, deleteData: boolean) =>
  readStanding(target).pipe(
    Effect.flatMap((standing) => {
      const kept = (each: Standing) => !deleteData && isData(target, each)
      const wrong = standing.filter((each) => !kept(each))
      return wrong.length > 0
        ? new NotYetGone({ standing: wrong })
        : Effect.succeed({ left: standing.filter(kept), text: "nothing else stands" })
    }),
    Effect.retry({ schedule: patience, while: (error) => error._tag === "NotYetGone" }),
    Effect.catchTag("NotYetGone", ({ standing }) => stillStanding(standing))
  )

export const leftText = (left: ReadonlyArray<Standing>): string =>
  left.length === 0 ? "Nothing of it is left in AWS." : `Left in AWS:\n${lines(left)}`
