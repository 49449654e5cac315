/** Terraform's own comparison of the account with the definitions: a plan that is only read. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { attempt, runTool } from "../deploy/Commands.ts"
import { DeployFault, understand } from "../deploy/DeployFault.ts"
import { explain } from "../deploy/explain.ts"
import type { Target } from "../deploy/Target.ts"
import { initialize, terraform, variableArguments } from "../deploy/Terraform.ts"

const Values = Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown))

/** A mark is true for a whole value, or tells which parts of it are meant. */
const Change = Schema.Struct({
  actions: Schema.Array(Schema.String),
  /** The values in the account. */
  before: Schema.optionalKey(Values),
  /** The defined values. */
  after: Schema.optionalKey(Values),
  /** Marks values that a deployment assigns. */
  after_unknown: Schema.optionalKey(Schema.Unknown),
  before_sensitive: Schema.optionalKey(Schema.Unknown),
  after_sensitive: Schema.optionalKey(Schema.Unknown)
})
export type Change = typeof Change.Type

const ResourceChange = Schema.Struct({
  address: Schema.String,
  mode: Schema.String,
  type: Schema.String,
  change: Change
})
export type ResourceChange = typeof ResourceChange.Type

const Plan = Schema.Struct({
  /** Each resource and what a deployment would do to it, `no-op` included. */
  resource_changes: Schema.optionalKey(Schema.Array(ResourceChange)),
  /** The account's changes since Terraform last wrote its state. */
  resource_drift: Schema.optionalKey(Schema.Array(ResourceChange))
})
export type Plan = typeof Plan.Type

const Format = Schema.fromJsonString(
  Schema.StructWithRest(
    Schema.Struct({
      format_version: Schema.String,
      terraform_version: Schema.optionalKey(Schema.String)
    }),
    [Schema.Record(Schema.String, Schema.Unknown)]
  )
)

const recent = "Is Terraform 1.10 or newer? terraform version"

/** A minor version adds to the format; a major one changes it. */
const isUnderstood = (version: string): boolean => /^1\./.test(version)

const otherFormat = (version: string, terraform: string) =>
  new DeployFault({
    what: `Terraform ${terraform} writes a plan in format ${version}; this version reads format 1.`,
    mend: "Update cv-analytics, or use Terraform 1, then run the command again."
  })

const decode = Effect.fnUntraced(function* (json: string) {
  const plan = yield* understand(Format, "terraform show", recent)(json)
  const { format_version: version, terraform_version: made = "" } = plan
  if (!isUnderstood(version)) return yield* otherFormat(version, made)
  return yield* understand(Plan, "terraform show", recent)(plan)
})

/** The folder closes with the scope, because a plan holds the values of secrets too. */
const temporaryFile = FileSystem.FileSystem.use((fs) =>
  fs.makeTempDirectoryScoped({ prefix: "cv-analytics-plan-" })
).pipe(
  Effect.map((folder) => `${folder}/examined.tfplan`),
  Effect.mapError(
    ({ message }) =>
      new DeployFault({ what: message, mend: "Make room for a temporary folder, or set TMPDIR." })
  )
)

/** Runs beside a deployment: it takes no lock, and has a file of its own for its plan. */
export const readPlan = Effect.fn("Terraform.compare")(function* (target: Target) {
  const file = yield* temporaryFile
  yield* runTool(initialize)
  const command = terraform(
    target,
    "plan",
    "-lock=false",
    "-input=false",
    "-detailed-exitcode",
    `-out=${file}`,
    ...variableArguments(target)
  )
  const answer = yield* attempt(command)
  // 2 = there are changes
  if (answer.exitCode !== 0 && answer.exitCode !== 2) return yield* explain(command, answer)
  return yield* decode(yield* runTool(terraform(target, "show", "-json", file)))
}, Effect.scoped)
