import { callRules } from "./callRules.ts"
import { importRules } from "./importRules.ts"
import { sizeRules } from "./sizeRules.ts"
import { textRules } from "./textRules.ts"

export const rules = { ...importRules, ...callRules, ...sizeRules, ...textRules }
