/** Runs the watch over one site; a process for each lets sites run at once. */
import * as Effect from "effect/Effect"
import { judged } from "./runWatch.ts"
import type { Site } from "./Site.ts"

const [, , json = "", seed = ""] = process.argv
const site: Site = JSON.parse(json)
process.send?.(await Effect.runPromise(judged(site, Number(seed))))
