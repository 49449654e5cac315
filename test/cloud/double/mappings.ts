import * as Effect from "effect/Effect"
import { mapText, type Supplement, serviceOf, textOf } from "./Pass.ts"

/** moto would run the function by Docker, and bury the messages where Docker is missing. */
export const disabled = { Enabled: false }

interface Mapping {
  readonly UUID: string
  readonly FunctionArn: string
  readonly State: string
}

/** Tells a mapping of the template as AWS does: it calls the alias, and is on until put off. */
export const mappings = (): Supplement => {
  const off = new Set<string>()
  const told = (mapping: Mapping) => ({
    ...mapping,
    FunctionArn: mapping.FunctionArn.replace(/(?<=:function:[^:]+)(?::.*)?$/, ":live"),
    State: off.has(mapping.UUID) ? "Disabled" : "Enabled"
  })
  return (request, pass) => {
    if (serviceOf(request) !== "lambda" || !request.url.includes("/event-source-mappings")) {
      return undefined
    }
    const uuid = /event-source-mappings\/([\w-]+)/.exec(request.url)?.[1] ?? ""
    // moto knows the mapping by the function alone
    let given = { ...request, url: request.url.replace(/%3Alive\b|:live\b/, "") }
    if (request.method === "PUT") {
      const change = JSON.parse(textOf(request))
      if (change.Enabled === false) off.add(uuid)
      if (change.Enabled === true) off.delete(uuid)
      given = { ...given, body: Buffer.from(JSON.stringify({ ...change, ...disabled })) }
    }
    return Effect.map(pass(given), (answer) =>
      mapText(answer, (text) => {
        const { EventSourceMappings: all, ...one } = JSON.parse(text)
        return JSON.stringify(
          Array.isArray(all) ? { ...one, EventSourceMappings: all.map(told) } : told(one)
        )
      })
    )
  }
}
