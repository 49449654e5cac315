import * as Schema from "effect/Schema"
import { parse } from "jsonc-parser"
import { example, Settings } from "./Settings.ts"
import { targetOf } from "./Target.ts"

const { stages: _, ...written } = parse(example)

const settings = Schema.decodeUnknownSync(Settings)(written)

/** For a plan of a deployment whose settings are not written yet. */
export const exampleTarget = (stage: string | undefined) => targetOf(settings, stage)
