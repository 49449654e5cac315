/** Examines the functions as AWS runs them: their settings, and the version that is in use. */
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand
} from "@aws-sdk/client-lambda"
import * as Effect from "effect/Effect"
import type { Definitions, FunctionSettings } from "../../infra/definitions/Definitions.ts"
import { allPages } from "../aws/allPages.ts"
import { Lambda } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import type { Target } from "../deploy/Target.ts"
import { atOnce, compare, deployFunctions, examine } from "./examine.ts"

const namesText = (names: ReadonlyArray<string>): string => names.toSorted().join(", ")

const versionsOf = (name: string) =>
  allPages((Marker) =>
    Effect.map(
      Lambda.use((send) => send(new ListVersionsByFunctionCommand({ FunctionName: name, Marker }))),
      ({ NextMarker, Versions }) => [Versions, NextMarker]
    )
  )

/** Passes over `$LATEST`, which has no number. */
const newestOf = (versions: ReadonlyArray<{ readonly Version?: string | undefined }>): string =>
  String(Math.max(...versions.map(({ Version }) => Number(Version) || 0)))

const inUse = (name: string) =>
  Lambda.use((send) =>
    Effect.all(
      {
        deployed: send(
          new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: "live" })
        ),
        alias: send(new GetAliasCommand({ FunctionName: name, Name: "live" })),
        versions: versionsOf(name)
      },
      atOnce
    )
  )

const split = (subject: string, weights: Readonly<Record<string, number>>): Check =>
  Check.Bad({
    subject,
    what: Object.entries(weights)
      .map(
        ([version, share]) => `version ${version} gets ${Math.round(share * 100)} % of the calls.`
      )
      .join("\n"),
    mend: `A running deployment shifts them for ten minutes. ${deployFunctions}`
  })

/** Examines the version in use; only the names of its variables are read. */
const examineFunction = (name: string, defined: FunctionSettings) => {
  const subject = `function ${name}`
  return examine(
    subject,
    Effect.map(inUse(name), ({ alias, deployed, versions }) => {
      const { Architectures = [], Environment, Version = "" } = deployed
      const variables = Object.keys(Environment?.Variables ?? {})
      const facts = {
        handler: [defined.handler, deployed.Handler],
        runtime: [defined.runtime, deployed.Runtime],
        architecture: [defined.architecture, namesText(Architectures)],
        "timeout in seconds": [defined.timeoutSeconds, deployed.Timeout],
        "memory in MB": [defined.memoryMb, deployed.MemorySize],
        variables: [
          namesText(defined.variables),
          namesText(variables.filter((key) => key !== "NODE_OPTIONS"))
        ],
        // a function sleeps after weeks without a call, and the next call wakes it
        state: ["Active", deployed.State === "Inactive" ? "Active" : deployed.State],
        "version in use": [newestOf(versions), Version]
      } as const
      const weights = alias.RoutingConfig?.AdditionalVersionWeights ?? {}
      return [
        compare(subject, facts, deployFunctions, `as defined, version ${Version}`),
        ...(Object.keys(weights).length === 0 ? [] : [split(subject, weights)])
      ]
    })
  )
}

export const examineFunctions = ({ name }: Target, { processor, reporter }: Definitions) =>
  Effect.map(
    Effect.all(
      [
        examineFunction(`${name}-processor`, processor),
        examineFunction(`${name}-reporter`, reporter)
      ],
      atOnce
    ),
    (checks) => checks.flat()
  )
