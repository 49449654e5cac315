/** The stand-in's state, in the form of Terraform's own file. */
import { randomUUID } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import type { Values } from "./Desired.ts"
import type { Resources } from "./Resources.ts"

export const terraformVersion = "1.11.4"
export const providerName = "registry.terraform.io/hashicorp/aws"

export interface State {
  readonly serial: number
  readonly lineage: string
  /** Attributes by address, as they were applied or last refreshed. */
  readonly resources: Resources
  readonly outputs: Values
}

export const empty = (): State => ({
  serial: 0,
  lineage: randomUUID(),
  resources: {},
  outputs: {}
})

export interface Address {
  readonly type: string
  readonly name: string
  /** The key of `for_each`, or the number of `count`. */
  readonly index?: string | number
}

export const parseAddress = (address: string): Address => {
  const [, type = "", name = "", index] = /^(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(address) ?? []
  return { type, name, ...(index !== undefined && { index: JSON.parse(index) }) }
}

const addressOf = ({ index, name, type }: Address): string =>
  `${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`

/** Each workspace but the first has its own folder. */
const fileOf = (folder: string, workspace: string): string =>
  workspace === "default"
    ? `${folder}/terraform.tfstate`
    : `${folder}/terraform.tfstate.d/${workspace}/terraform.tfstate`

interface Instance {
  readonly index_key?: string | number
  readonly attributes: Values
}

interface Stored {
  readonly type: string
  readonly name: string
  readonly instances: ReadonlyArray<Instance>
}

/** Undefined where the workspace was never applied. */
export const readState = (folder: string, workspace: string): State | undefined => {
  const file = fileOf(folder, workspace)
  if (!existsSync(file)) return undefined
  const { lineage, outputs, resources, serial } = JSON.parse(readFileSync(file, "utf8"))
  const instances = resources.flatMap(({ instances, name, type }: Stored) =>
    instances.map(({ attributes, index_key: index }) => [
      addressOf({ type, name, ...(index !== undefined && { index }) }),
      attributes
    ])
  )
  const values = Object.entries<{ readonly value: unknown }>(outputs)
  return {
    serial,
    lineage,
    resources: Object.fromEntries(instances),
    outputs: Object.fromEntries(values.map(([name, { value }]) => [name, value]))
  }
}

export const outputsOf = (outputs: Values) =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { sensitive: false, type: typeof value, value }
    ])
  )

export const fileContent = ({ lineage, outputs, resources, serial }: State): string => {
  const grouped = Map.groupBy(Object.entries(resources), ([address]) => address.split("[")[0] ?? "")
  return JSON.stringify(
    {
      version: 4,
      terraform_version: terraformVersion,
      serial,
      lineage,
      outputs: outputsOf(outputs),
      resources: [...grouped].map(([address, instances]) => {
        const { name, type } = parseAddress(address)
        return {
          mode: "managed",
          type,
          name,
          provider: `provider["${providerName}"]`,
          instances: instances.map(([each, attributes]) => {
            const { index } = parseAddress(each)
            return { ...(index !== undefined && { index_key: index }), attributes }
          })
        }
      }),
      check_results: null
    },
    null,
    2
  )
}

/** Each write has the next serial number, by which an old plan is known. */
export const writeState = (folder: string, workspace: string, state: State): State => {
  const file = fileOf(folder, workspace)
  const next = { ...state, serial: state.serial + 1 }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, fileContent(next))
  return next
}
