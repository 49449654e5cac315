/** The text of a file, whatever encoding it was saved in. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Stream from "effect/Stream"
import { FileRejected, rejectedAs } from "../../cli/FileRejected.ts"

const names = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252"
} as const
type Encoding = keyof typeof names

/** How a file begins that holds no text, and what its owner does about it. */
const binaries: ReadonlyArray<readonly [start: string, detail: string]> = [
  ["504b0304", "is a zip archive or a workbook: unpack it, or save it as CSV"],
  ["1f8b", "is compressed: unpack it with gunzip"],
  ["50415231", "is Parquet: write it as CSV first, for example with DuckDB"],
  ["25504446", "is a PDF, which holds no rows"]
]

const sampleLength = 64 * 1024

/** The encoding that the first bytes show; undefined if only the whole file can tell. */
const shownBy = (bytes: Uint8Array): Encoding | undefined => {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return "utf-16le"
  if (first === 0xfe && second === 0xff) return "utf-16be"
  const zerosAt = (place: number) =>
    bytes.reduce((sum, byte, at) => sum + Number(byte === 0 && at % 2 === place), 0)
  const [even, odd] = [zerosAt(0), zerosAt(1)]
  if (even + odd < bytes.length / 8) return undefined
  return odd > even ? "utf-16le" : "utf-16be"
}

/** Tells Windows-1252 from UTF-8 with damage, because both have bytes that UTF-8 forbids. */
const isWindows = (bytes: Uint8Array): boolean => {
  const text = new TextDecoder().decode(bytes)
  const broken = text.match(/\uFFFD/g)?.length ?? 0
  const whole = text.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0
  return broken > whole
}

/** Reads the file once, because a letter with an accent may come late. */
const encodingOf = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const reject = (detail: string) => new FileRejected({ file, detail })
  const { type } = yield* files.stat(file)
  if (type !== "File") return yield* reject("is no plain file, and it is read more than once")
  const utf8 = new TextDecoder("utf-8", { fatal: true })
  let encoding: Encoding | undefined
  let length = 0
  yield* files.stream(file).pipe(
    Stream.takeWhile(() => encoding === undefined),
    Stream.runForEach((bytes) => {
      if (length === 0) {
        const start = Buffer.from(bytes.subarray(0, 4)).toString("hex")
        const binary = binaries.find(([begin]) => start.startsWith(begin))
        if (binary !== undefined) return Effect.fail(reject(binary[1]))
        encoding = shownBy(bytes.subarray(0, sampleLength))
      }
      length += bytes.length
      if (encoding !== undefined) return Effect.void
      try {
        utf8.decode(bytes, { stream: true })
      } catch {
        if (!isWindows(bytes)) {
          return Effect.fail(reject("mixes UTF-8 with another encoding: save it as UTF-8"))
        }
        encoding = "windows-1252"
      }
      return Effect.void
    })
  )
  return encoding ?? "utf-8"
})

export interface FileText {
  readonly encoding: (typeof names)[Encoding]
  /** Piece by piece, without a byte order mark; a character that the end cuts is replaced. */
  readonly pieces: Stream.Stream<string, FileRejected, FileSystem.FileSystem>
}

export const openText = Effect.fnUntraced(function* (file: string) {
  const encoding = yield* Effect.mapError(encodingOf(file), rejectedAs(file, "cannot be read"))
  const pieces = Stream.unwrap(
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const decoder = new TextDecoder(encoding)
      return files.stream(file).pipe(
        Stream.mapError(rejectedAs(file, "cannot be read")),
        Stream.map((bytes) => decoder.decode(bytes, { stream: true })),
        Stream.concat(Stream.sync(() => decoder.decode()))
      )
    })
  )
  return { encoding: names[encoding], pieces } satisfies FileText
})
