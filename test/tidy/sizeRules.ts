import { each, type Finding, finding, type Rule } from "./Rule.ts"
import { isProduct, isSource, isTypeScript, type SourceFile } from "./SourceFile.ts"

const limits = { file: 300, medianFile: 80, function: 70, line: 100 } as const

const fileLength: Rule = each(isProduct, (file) =>
  file.lines.length > limits.file
    ? [
        finding(
          file,
          limits.file + 1,
          `${file.lines.length} lines`,
          "give each concept its own file"
        )
      ]
    : []
)

const medianLength: Rule = (files) => {
  const sources = files.filter(isSource).sort((one, other) => one.lines.length - other.lines.length)
  const middle = sources[Math.floor((sources.length - 1) / 2)]
  return middle === undefined || middle.lines.length <= limits.medianFile
    ? []
    : [finding(middle, 1, `median of src: ${middle.lines.length} lines`, "split the long files")]
}

const lineLength: Rule = each(isProduct, (file) =>
  file.lines.flatMap((line, index) => {
    const columns = [...line].length
    return columns > limits.line
      ? [finding(file, index + 1, `${columns} columns`, "break the line or say less")]
      : []
  })
)

const bodyOpens = /(?:=>|\)\s*(?::\s*[\w.<>[\],|\s]+)?)\s*$/
const indentOf = (line: string): number => line.search(/\S/)

/** The formatter gives a statement's first line and the line that closes its body one indent. */
const isClass = (lines: ReadonlyArray<string>, opened: number, closed: number): boolean => {
  const indent = indentOf(lines[closed] ?? "")
  const first = lines
    .slice(0, opened + 1)
    .findLast((line) => indentOf(line) === indent && !/^\s*[)}\]]/.test(line))
  return /^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\b/.test(first ?? "")
}

/**
 * Braces that follow an arrow or a parameter list. An arrow without braces is not measured, but the
 * bodies inside it are; a long block of `if` or `for` counts too, for its function is longer still.
 */
const functionLength = (file: SourceFile): ReadonlyArray<Finding> => {
  const { code } = file
  const lines = code.split("\n")
  const open: Array<number> = []
  const findings: Array<Finding> = []
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === "{") {
      open.push(index)
      continue
    }
    const start = open.pop() ?? 0
    const [first, last] = [file.lineAt(start), file.lineAt(index)]
    const length = last - first + 1
    if (length <= limits.function || !bodyOpens.test(code.slice(0, start))) continue
    if (isClass(lines, first - 1, last - 1)) continue
    findings.push(finding(file, first, `function of ${length} lines`, "name its steps"))
  }
  return findings
}

const vague = [
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "misc",
  "manager",
  "data",
  "info",
  "base",
  "impl",
  "constants",
  "types",
  "index",
  "shared"
]
/** Vague at the end of a name too: `QueueManager`, `dateUtils`. */
const vagueEnding = /(?:Utils?|Helpers?|Manager|Impl)$/

const names: Rule = each(isTypeScript, (file) =>
  file.path
    .replace(/(?:\.test|\.d)?\.ts$/, "")
    .split("/")
    .filter((name) => vague.includes(name.toLowerCase()) || vagueEnding.test(name))
    .map((name) => finding(file, 1, `named ${name}`, "name it after the concept that it holds"))
)

export const sizeRules = {
  "no file is over 300 lines": fileLength,
  "the median file of src is at most 80 lines": medianLength,
  "no function is over 70 lines": each(isProduct, functionLength),
  "no line is over 100 columns": lineLength,
  "every file and folder is named after a concept": names
}
