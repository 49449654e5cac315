/** Every page, heading, file, script and flag that the documents name exists. */
import { existsSync } from "node:fs"
import { posix } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import manifest from "../../package.json" with { type: "json" }
import { readProject } from "../tidy/Project.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const project = readProject()
const documents = project.filter(({ path }) => /^(?:README|CONTRIBUTING|docs\/.*)\.md$/.test(path))
/** The examples have scripts and variables of their own. */
const guides = project.filter(({ path }) => /^examples\/(?:[\w-]+\/)?README\.md$/.test(path))
const linked = [...documents, ...guides]

const found = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one)

/** The anchors that links use. */
const headingsOf = (path: string): ReadonlyArray<string> =>
  found(linked.find((document) => document.path === path)?.text ?? "", /^#+ (.+)$/gm).map(
    (heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\- ]/gu, "")
        .replaceAll(" ", "-")
  )

/** The lines of blocks of code, which are indented. */
const commandsIn = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.replace(/ #.*/, ""))
    .join("\n")

/** Every word in the code that a flag could be called by. */
const words = new Set(
  project
    .filter(({ path }) =>
      /^(?:cli|ops|infra|local|bench|test\/simulation|test\/browser)\//.test(path)
    )
    .flatMap(({ text }) => found(text, /"([a-z][a-z-]*)"/g))
)

describe("the documents", () => {
  for (const { path, text } of linked) {
    it(`${path} links to what is there`, () => {
      for (const link of found(text, /\]\(([^)]+)\)/g).filter((one) => !/^https?:/.test(one))) {
        const [page = "", heading] = link.split("#")
        const target = page === "" ? path : posix.join(posix.dirname(path), page)
        assert.isTrue(existsSync(`${root}${target}`), link)
        if (heading !== undefined) assert.include(headingsOf(target), heading, link)
      }
    })
  }

  for (const { path, text } of documents) {
    it(`${path} names files, scripts and flags that there are`, () => {
      const folders = "bench|cli|docs|examples|infra|local|ops|src|test"
      for (const file of found(text, new RegExp(`\`((?:${folders})/[^\`\\s*{]*)\``, "g"))) {
        assert.isTrue(existsSync(`${root}${file}`), file)
      }
      for (const script of found(text, /npm run (?:-s )?([a-z:]+)/g)) {
        assert.property(manifest.scripts, script)
      }
      const ours = commandsIn(text)
        .split("\n")
        .filter((line) => /npm (?:run|start)/.test(line))
      for (const flag of found(ours.join("\n"), / --([a-z][a-z-]*)/g)) {
        if (flag !== "help") assert.isTrue(words.has(flag), `--${flag}`)
      }
    })
  }

  it("name variables that the code or a definition has", () => {
    const code = project.filter(({ path }) => /^(?:src|cli|infra|ops|local)\//.test(path))
    const known = new Set(code.flatMap(({ text }) => found(text, /\b([A-Z][A-Z_]{2,}[A-Z])\b/g)))
    // a decision may speak of what somebody else has
    const present = documents.filter(({ path }) => !path.startsWith("docs/decisions/"))
    for (const { path, text } of present) {
      for (const name of found(text, /`([A-Z]+(?:_[A-Z]+)+)\b/g)) {
        assert.isTrue(known.has(name), `${path}: ${name}`)
      }
    }
  })

  it("of decisions have the number that their title has, and none is missing", () => {
    const decisions = documents.filter(({ path }) => path.startsWith("docs/decisions/"))
    const numbers = decisions.map(({ path }) => Number(/\/(\d{4})-/.exec(path)?.[1]))
    assert.deepStrictEqual(
      numbers.toSorted((a, b) => a - b),
      decisions.map((_, at) => at + 1)
    )
    for (const { path, text } of decisions) {
      assert.include(path, String(/^# (\d+)\. /.exec(text)?.[1]).padStart(4, "0"))
    }
  })
})
