import type { SourceFile } from "./SourceFile.ts"

/** `path:line: what is wrong; what to do instead`. */
export type Finding = string

export type Rule = (files: ReadonlyArray<SourceFile>) => ReadonlyArray<Finding>

export const finding = (
  file: { readonly path: string },
  line: number,
  wrong: string,
  instead: string
): Finding => `${file.path}:${line}: ${wrong}; ${instead}`

/** A rule that looks at one file at a time. */
export const each =
  (
    applies: (file: SourceFile) => boolean,
    check: (file: SourceFile) => ReadonlyArray<Finding>
  ): Rule =>
  (files) =>
    files.filter(applies).flatMap(check)

interface Banned {
  readonly in: (file: SourceFile) => boolean
  /** Code leaves out comments, strings and regular expressions. */
  readonly look: "code" | "text"
  readonly for: RegExp
  readonly instead: string
}

/** A rule that some words stand nowhere. */
export const banned = (options: Banned): Rule =>
  each(options.in, (file) =>
    [...file[options.look].matchAll(options.for)].map((match) =>
      finding(file, file.lineAt(match.index), match[0].trim(), options.instead)
    )
  )
