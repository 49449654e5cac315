import * as Data from "effect/Data"
import { PlatformError } from "effect/PlatformError"

/** A file that the operator named cannot be used; `detail` continues after the file's name. */
export class FileRejected extends Data.TaggedError("FileRejected")<{
  readonly file: string
  readonly detail: string
}> {
  override get message() {
    return `${this.file} ${this.detail}`
  }
}

/** The file system's reasons in words; others keep their name. */
const reasons: Readonly<Record<string, string>> = {
  AlreadyExists: "a file has this name",
  BadResource: "not a file",
  NotFound: "no such file or folder",
  PermissionDenied: "permission denied"
}

/** Names the file in errors of the file system; every other error passes. */
export const rejectedAs =
  (file: string, state: "cannot be read" | "cannot be written") =>
  <E>(error: E): Exclude<E, PlatformError> | FileRejected =>
    error instanceof PlatformError
      ? new FileRejected({
          file,
          detail: `${state}: ${reasons[error.reason._tag] ?? error.reason._tag}`
        })
      : (error as Exclude<E, PlatformError>)
