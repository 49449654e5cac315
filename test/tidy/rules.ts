import { callRules } from "./callRules.ts"
import { floorRules } from "./floorRules.ts"
import { importRules } from "./importRules.ts"
import { sizeRules } from "./sizeRules.ts"
import { textRules } from "./textRules.ts"

export const rules = { ...floorRules, ...importRules, ...callRules, ...sizeRules, ...textRules }
