import { count } from "../cli/flags.ts"

/** The port of `npm start` where questions are asked. */
export const portDefault = 8787

/** How far above that port `npm start` puts the others. */
export const localPorts = { mail: 1, queues: 2, table: 3, console: 4, metrics: 5 } as const

/** The port where questions are asked; the others follow it. */
export const portFlag = (description: string, name = "port") =>
  count(name, description, {
    minimum: 1,
    maximum: 65_535 - Math.max(...Object.values(localPorts))
  })
