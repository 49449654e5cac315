import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { saysUnknown } from "../../src/schema/chat/judgeAnswer.ts"
import { forkOnce } from "../forkOnce.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import { saysUnknownFormerly } from "./formerExpressions.ts"

const rounds = 2000
const length = 8000

const starts = 15

const bundled = async (path: string): Promise<Uint8Array> => {
  const entry = fileURLToPath(new URL(path, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent"
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}

const kilobytesOf = (bundle: Uint8Array): number => gzipSync(bundle, { level: 9 }).length / 1024

/** Times the fastest of some fresh processes at importing the judge, and at its first text. */
const startRows = async (bundle: Uint8Array): Promise<ReadonlyArray<Measure>> => {
  const folder = mkdtempSync(join(tmpdir(), "judge-"))
  try {
    const file = join(folder, "judge.mjs")
    writeFileSync(file, bundle)
    const script = new URL("startProcess.ts", import.meta.url)
    const times: Array<readonly [number, number]> = []
    for (let n = 0; n < starts; n++) times.push(await forkOnce(script, [file]))
    return [
      alone("import in a fresh process, ms", Math.min(...times.map(([imported]) => imported)), 5),
      alone("its first text, ms", Math.min(...times.map(([, judged]) => judged)))
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
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

/** Measures the judge as the edge has it, beside the former expressions. */
export const costRows = async (): Promise<ReadonlyArray<Measure>> => {
  const text = longText()
  const millis = {
    ours: millisOf(() => saysUnknown(text), rounds),
    reference: millisOf(() => saysUnknownFormerly(text), rounds),
    better: "less" as const
  }
  const bundle = await bundled("../../src/schema/chat/judgeAnswer.ts")
  const kilobytes = {
    ours: kilobytesOf(bundle),
    reference: kilobytesOf(await bundled("formerExpressions.ts")),
    better: "less" as const
  }
  return [
    compared("8,000 characters, ms", millis, { atMost: 0.2 }),
    compared("code and weights, kB gzipped", kilobytes, { atMost: 15 }),
    ...(await startRows(bundle))
  ]
}
