import { banned } from "./Rule.ts"
import { isMain, isSource, type SourceFile } from "./SourceFile.ts"

const isBelowMain = (file: SourceFile): boolean => isSource(file) && !isMain(file.path)

/** The one timer of the platform, for code beside a stream. */
const pause = "src/runtime/pause.ts"

export const callRules = {
  "src never reads process.env": banned({
    in: isSource,
    look: "code",
    for: /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*\[/g,
    instead: "read a Config in main.ts and pass the value as an option"
  }),
  "src logs through Effect": banned({
    in: isSource,
    look: "code",
    for: /\bconsole\s*(?:\?\.|\.|\[)/g,
    instead: "use Effect.logInfo and its kin"
  }),
  "src below main.ts takes the time from Clock": banned({
    in: isBelowMain,
    look: "code",
    for: /\bDate\.now\b|\bperformance\.now\b|\bnew Date\b(?!\s*\(\s*[^\s)])/g,
    instead: "use Clock.currentTimeMillis"
  }),
  "src below main.ts takes chance from Random": banned({
    in: isBelowMain,
    look: "code",
    for: /\bMath\.random\b/g,
    instead: "use Random"
  }),
  "src below main.ts waits through Effect": banned({
    in: (file) => isBelowMain(file) && file.path !== pause,
    look: "code",
    for: /\bset(?:Timeout|Interval|Immediate)\b/g,
    instead: "use Effect.sleep, Effect.timeout or a Schedule"
  }),
  "src ignores no failure": banned({
    in: isSource,
    look: "code",
    for: /\bEffect\s*\.\s*ignore\w*/g,
    instead: "handle the error by its tag, or log and count it"
  }),
  "only main.ts runs an Effect": banned({
    in: isBelowMain,
    look: "code",
    for: /\bEffect\s*\.\s*run\w*|\.run(?:Promise|Sync|Fork|Callback)\w*/g,
    instead: "return the Effect and let main.ts run it"
  })
}
