/** The functions' code as CloudFormation takes it: a zip in the bucket, named by its content. */
import { createHash } from "node:crypto"
import { basename, dirname } from "node:path"
import { buffer } from "node:stream/consumers"
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand
} from "@aws-sdk/client-s3"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { ZipFile } from "yazl"
import { bundles, root } from "../../infra/bundles.ts"
import { isAbsent } from "../aws/AwsFault.ts"
import { S3 } from "../aws/Clients.ts"
import { DeployFault } from "./DeployFault.ts"

/** The functions by their names in the template. */
export const functionFiles = {
  ProcessorFunction: bundles.processor,
  ReporterFunction: bundles.reporter
} as const
export type FunctionId = keyof typeof functionFiles

type Files = Readonly<Record<string, Uint8Array>>

export interface Bundle {
  readonly id: FunctionId
  /** The same files have the same key. */
  readonly key: string
  readonly files: Files
}

const keyOf = (files: Files): string => {
  const hash = createHash("sha256")
  for (const [name, bytes] of Object.entries(files)) {
    hash.update(`${name} ${bytes.length}\n`).update(bytes)
  }
  return `${hash.digest("hex")}.zip`
}

/** One time and one mode for all files, whoever built them. */
const attributes = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const

/** The same files give the same bytes, whenever and wherever. */
export const zipOf = (files: Files) =>
  Effect.promise(() => {
    const zip = new ZipFile()
    for (const [name, bytes] of Object.entries(files)) {
      zip.addBuffer(Buffer.from(bytes), name, attributes)
    }
    zip.end()
    return buffer(zip.outputStream)
  })

const notBuilt = () =>
  new DeployFault({ what: "The bundles are not built.", mend: "npm run build" })

/** Every file of the function's folder, as the template's CodeUri says, in a fixed order. */
const readBundle = Effect.fnUntraced(
  function* (id: FunctionId, from: string) {
    const fs = yield* FileSystem.FileSystem
    const code = functionFiles[id]
    const folder = `${from}${dirname(code)}/`
    const names = yield* fs.readDirectory(folder, { recursive: true })
    if (!names.includes(basename(code))) return yield* notBuilt()
    const read = yield* Effect.forEach(names.toSorted(), (name) =>
      Effect.map(fs.stat(`${folder}${name}`), ({ type }) => (type === "File" ? [name] : []))
    )
    const files: Files = Object.fromEntries(
      yield* Effect.forEach(read.flat(), (name) =>
        Effect.map(fs.readFile(`${folder}${name}`), (bytes) => [name, bytes] as const)
      )
    )
    return { id, key: keyOf(files), files } satisfies Bundle
  },
  Effect.catchTag("PlatformError", notBuilt)
)

/** Reads what the build has written below the folder, which ends with a slash. */
export const readBundles = (from: string = root) =>
  Effect.forEach(Object.keys(functionFiles) as ReadonlyArray<FunctionId>, (id) =>
    readBundle(id, from)
  )

const isThere = (Bucket: string, Key: string) =>
  S3.use((send) => send(new HeadObjectCommand({ Bucket, Key }))).pipe(
    Effect.as(true),
    Effect.catchIf(isAbsent, () => Effect.succeed(false))
  )

/** Zips and uploads a bundle, unless it is there. */
export const upload = Effect.fnUntraced(function* (bucket: string, { files, key }: Bundle) {
  if (yield* isThere(bucket, key)) return
  const zip = yield* zipOf(files)
  yield* S3.use((send) => send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: zip })))
})

/** Another deployment may have uploaded a younger bundle, and be about to use it. */
const unusedMs = 86_400_000

/**
 * Deletes the bundles of earlier releases. A roll-back of the next deployment takes the present
 * ones, so they stay however old they are. The first page of a thousand holds all.
 */
export const removeUnused = Effect.fnUntraced(function* (
  bucket: string,
  inUse: ReadonlyArray<Pick<Bundle, "key">>
) {
  const s3 = yield* S3
  const kept = new Set<string | undefined>(inUse.map(({ key }) => key))
  const before = (yield* Clock.currentTimeMillis) - unusedMs
  const { Contents = [] } = yield* s3(new ListObjectsV2Command({ Bucket: bucket }))
  const unused = Contents.filter(
    ({ Key, LastModified }) => !kept.has(Key) && (LastModified?.getTime() ?? before) < before
  )
  yield* Effect.forEach(unused, ({ Key }) => s3(new DeleteObjectCommand({ Bucket: bucket, Key })), {
    concurrency: 4,
    discard: true
  })
})
