/** The flags that name an installation, and what refuses a wrong combination of them. */
import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

export const optionalText = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.optional)

export const optionalValue = <A>(
  name: string,
  description: string,
  schema: Schema.ConstraintCodec<A, string>
) =>
  Flag.String(name).pipe(Flag.withDescription(description), Flag.withSchema(schema), Flag.optional)

export const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

export const jsonFlag = toggle("json", "print one JSON object")

/** How far above the port where questions are asked `npm start` puts the others. */
export const localPorts = { mail: 1, queues: 2, table: 3, metrics: 5 } as const

const portMax = 65_535 - Math.max(...Object.values(localPorts))

/** What names an installation: its place, and what its table and queues are called. */
export const installationFlags = {
  local: toggle("local", "of the system that npm start runs on this machine"),
  port: Flag.Int("port").pipe(
    Flag.withDescription("with --local: the port that npm start was given (8787 without it)"),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: portMax }))),
    Flag.optional
  ),
  region: optionalText("region", "AWS region; else AWS_REGION or the profile's"),
  endpoint: optionalText("endpoint", "URL of another AWS; AWS itself without it and --local"),
  table: optionalText(
    "table",
    "name of the table and start of the queues'; else that of infra/terraform"
  ),
  json: jsonFlag
}

export interface PlaceFlags {
  readonly local: boolean
  readonly port: Option.Option<number>
  readonly region: Option.Option<string>
  readonly endpoint: Option.Option<string>
}

export interface InstallationFlags extends PlaceFlags {
  readonly table: Option.Option<string>
  readonly json: boolean
}

/** Ends a command as wrong before it has done anything. */
export const refuse = (message: string) => Effect.fail(new CliError.ValidationError({ message }))

const isHttp = (text: string): boolean =>
  /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : "")

/** What the flags cannot mean together. */
export const checkPlace = ({ endpoint, local, port }: PlaceFlags) => {
  if (local && Option.isSome(endpoint)) return refuse("--local and --endpoint exclude each other")
  if (!local && Option.isSome(port)) return refuse("--port is for --local")
  return Option.isSome(endpoint) && !isHttp(endpoint.value)
    ? refuse("--endpoint must be a URL, for example http://127.0.0.1:8789")
    : Effect.void
}
