/** Which compression, at which quality: bytes, write units and time on three kinds of text. */
import {
  brotliCompressSync,
  constants,
  gzipSync,
  type InputType,
  zstdCompressSync
} from "node:zlib"
import { encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { median } from "../Measure.ts"
import type { Sample, Samples } from "./samples.ts"

type Compress = (input: InputType) => Uint8Array

export interface CodecRow {
  readonly text: string
  readonly codec: string
  /** Of both events of an interaction, each compressed on its own, as they are stored. */
  readonly bytes: number
  readonly bytesTogether: number
  readonly writeUnits: number
  readonly ms: number
  readonly msAt256Mb: number
}

export const brotli =
  (quality: number, window?: number): Compress =>
  (input) =>
    brotliCompressSync(input, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: quality,
        ...(window === undefined ? {} : { [constants.BROTLI_PARAM_LGWIN]: window })
      }
    })

const zstd =
  (level: number): Compress =>
  (input) =>
    zstdCompressSync(input, { params: { [constants.ZSTD_c_compressionLevel]: level } })

const codecs: ReadonlyArray<readonly [string, Compress]> = [
  ["gzip 6", (input) => gzipSync(input, { level: 6 })],
  ["gzip 9", (input) => gzipSync(input, { level: 9 })],
  ["brotli 4", brotli(4)],
  ["brotli 6", brotli(6)],
  ["brotli 9", brotli(9)],
  ["brotli 9, 64 KB window", brotli(9, 16)],
  ["brotli 10, 64 KB window", brotli(10, 16)],
  ["brotli 11", brotli(11)],
  ["brotli 11, 64 KB window", brotli(11, 16)],
  ["zstd 3", zstd(3)],
  ["zstd 10", zstd(10)],
  ["zstd 19", zstd(19)]
]

/** Lambda gives a whole processor at 1,769 MB, and a share by memory below it. */
export const slowdown = (memoryMb: number): number => 1769 / memoryMb

const bodiesOf = ({ query, response }: Sample) => [encodeMessage(query), encodeMessage(response)]

/** The table's units, and one for each of the two indexes. */
export const unitsOf = (bytes: number): number => Math.ceil(bytes / 1024) + 2

const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const timed = (compress: Compress, samples: ReadonlyArray<Sample>): number => {
  const rounds = Array.from({ length: 5 }, () =>
    samples.map((sample) => {
      const from = performance.now()
      for (const body of bodiesOf(sample)) compress(body)
      return performance.now() - from
    })
  )
  return median(rounds.slice(1).flat())
}

const rowOf = (
  text: string,
  samples: ReadonlyArray<Sample>,
  [codec, compress]: readonly [string, Compress],
  plainBytes: number
): CodecRow => {
  const sizes = samples.map((sample) =>
    bodiesOf(sample).reduce((sum, body) => sum + compress(body).length, 0)
  )
  const ms = timed(compress, samples)
  return {
    text,
    codec,
    bytes: mean(sizes),
    bytesTogether: mean(samples.map((sample) => compress(bodiesOf(sample).join("\n")).length)),
    writeUnits: mean(sizes.map((size) => unitsOf(size + plainBytes))),
    ms,
    msAt256Mb: ms * slowdown(256)
  }
}

/** `plainBytes` is what a stored item holds beside its two bodies. */
export const compareCodecs = (samples: Samples, plainBytes: number): ReadonlyArray<CodecRow> =>
  [
    ["dense prose, 2 × 20 KB", samples.prose] as const,
    ["long chats, 2 × 20 KB", samples.longChats] as const,
    ["demo as it is", samples.demo] as const
  ].flatMap(([text, chosen]) => codecs.map((codec) => rowOf(text, chosen, codec, plainBytes)))

/** Both bodies as one, by the best codec: no item of two attributes can be smaller. */
export const floorBytes = (samples: ReadonlyArray<Sample>): number =>
  mean(samples.map((sample) => brotli(11, 22)(bodiesOf(sample).join("\n")).length))
