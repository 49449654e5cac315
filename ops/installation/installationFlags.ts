import type * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { jsonFlag, optionalText, optionalValue, toggle } from "../../cli/flags.ts"
import { refuse } from "../../cli/runCommandLine.ts"
import { portDefault, portFlag } from "../../local/ports.ts"

export const AwsRegion = Schema.String.check(
  Schema.isPattern(/^[a-z]{2,}(?:-[a-z]+)+-\d$/, { expected: "a region such as eu-west-1" })
)

/** The place of an installation, and the names of its table and queues. */
export const installationFlags = {
  local: toggle("local", "the system that npm start runs on this machine, in place of AWS"),
  port: portFlag(`with --local: the port of npm start (default: ${portDefault})`).pipe(
    Flag.optional
  ),
  region: optionalValue("region", "AWS region (default: AWS_REGION, or the profile's)", AwsRegion),
  endpoint: optionalText("endpoint", "URL that stands in for AWS, for example of an emulator"),
  table: optionalText("table", "name of the table, which the queues' names begin with"),
  json: jsonFlag
}

export type InstallationFlags = Command.Command.Config.Infer<typeof installationFlags>

export type PlaceFlags = Pick<InstallationFlags, "local" | "port" | "region" | "endpoint">

const isHttp = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

const namesSomebody = (text: string): boolean => {
  const { password = "", username = "" } = URL.parse(text) ?? {}
  return `${username}${password}` !== ""
}

/** Refuses flags that contradict each other. */
export const checkPlace = ({ endpoint, local, port }: PlaceFlags) => {
  if (local && Option.isSome(endpoint)) return refuse("--local and --endpoint exclude each other")
  if (!local && Option.isSome(port)) return refuse("--port is for --local")
  const url = Option.getOrElse(endpoint, () => "http://127.0.0.1:8789")
  if (!isHttp(url)) return refuse("--endpoint must be a URL, for example http://127.0.0.1:8789")
  return namesSomebody(url)
    ? refuse("--endpoint must hold no user name or password, because messages print it")
    : Effect.void
}

/** The flags that name the system of this machine at a port. */
export const localFlags = (port: number): InstallationFlags => ({
  local: true,
  port: Option.some(port),
  region: Option.none(),
  endpoint: Option.none(),
  table: Option.none(),
  json: false
})
