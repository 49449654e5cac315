import { posix } from "node:path"
import { blank } from "./Span.ts"

interface Import {
  readonly specifier: string
  /** The imported file from the project's root, when the specifier is a relative path. */
  readonly file: string | undefined
  readonly line: number
}

/** A text file of the project; `path` is relative to its root. */
export class SourceFile {
  readonly path: string
  readonly text: string
  #code: string | undefined

  constructor(path: string, text: string) {
    this.path = path
    this.text = text
  }

  /** The text with comments, strings and regular expressions blanked, each character in its place. */
  get code(): string {
    this.#code ??= blank(this.text, ["comment", "string", "regex"])
    return this.#code
  }

  get lines(): ReadonlyArray<string> {
    return this.text.replace(/\n$/, "").split("\n")
  }

  lineAt(offset: number): number {
    return this.text.slice(0, offset).split("\n").length
  }

  /** Static, dynamic, type-only and re-exporting imports. */
  get imports(): ReadonlyArray<Import> {
    const statements = this.code.matchAll(/\b(?:from|import)\s*\(?\s*(["'])( *)\1/dg)
    return [...statements].map((match) => {
      const [start, end] = match.indices?.[2] ?? [0, 0]
      const specifier = this.text.slice(start, end)
      const file = specifier.startsWith(".")
        ? posix.join(posix.dirname(this.path), specifier)
        : undefined
      return { specifier, file, line: this.lineAt(match.index) }
    })
  }
}

/** The package exports it, and our own chatbot uses it as everybody else does. */
export const publicModule = "src/programs/recorder/main.ts"

const rooms = /^(?:src|cli|local|ops|bench|infra|examples)\/.*\.ts$|^[^/]+\.ts$/

export const isTypeScript = ({ path }: SourceFile): boolean => path.endsWith(".ts")
export const isProduct = ({ path }: SourceFile): boolean => rooms.test(path)
export const isSource = ({ path }: SourceFile): boolean => /^src\/.*\.ts$/.test(path)
export const isMain = (path: string): boolean => /^src\/programs\/[^/]+\/main\.ts$/.test(path)
/** The adapters of a `main.ts`, where choosing them takes a file of its own. */
export const isMainLayers = (path: string): boolean =>
  /^src\/programs\/[^/]+\/layers\.ts$/.test(path)
