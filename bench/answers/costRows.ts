import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { makeJudge } from "../../src/schema/chat/judge/Judge.ts"
import { trainedJudge } from "../../src/schema/chat/judge/trainedJudge.ts"
import { saysUnknown } from "../../src/schema/chat/judgeAnswer.ts"
import { compared, type Measure, median } from "../Measure.ts"
import { saysUnknownFormerly } from "./formerExpressions.ts"

const rounds = 2000
const length = 8000

const kilobytesOf = async (path: string): Promise<number> => {
  const entry = fileURLToPath(new URL(path, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent"
  })
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length / 1024
}

const millisOf = (work: () => unknown, times: number): number =>
  median(
    Array.from({ length: times }, () => {
      const from = performance.now()
      work()
      return performance.now() - from
    })
  )

const longText = (): string =>
  "She leads a team of nine, and doesn't write about what she can't share; ask Ann, I'm not sure. "
    .repeat(Math.ceil(length / 90))
    .slice(0, length)

/** What the judge costs at the edge, beside the former expressions. */
export const costRows = async (): Promise<ReadonlyArray<Measure>> => {
  const text = longText()
  const millis = {
    ours: millisOf(() => saysUnknown(text), rounds),
    reference: millisOf(() => saysUnknownFormerly(text), rounds),
    better: "less" as const
  }
  const kilobytes = {
    ours: await kilobytesOf("../../src/schema/chat/judgeAnswer.ts"),
    reference: await kilobytesOf("formerExpressions.ts"),
    better: "less" as const
  }
  return [
    compared("8,000 characters, ms", millis, { atMost: 0.2 }),
    compared("code and weights, kB gzipped", kilobytes, { atMost: 15 }),
    {
      measure: "an isolate's start, ms",
      ours: millisOf(() => makeJudge(trainedJudge), 20),
      target: "≤ 5"
    }
  ]
}
