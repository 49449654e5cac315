import { deepStrictEqual } from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import * as Effect from "effect/Effect"
import { transformSync } from "esbuild"
import type { LocalSystem } from "../../local/LocalSystem.ts"
import { eventually } from "../e2e/eventually.ts"
import { strayImports } from "./bundle.ts"
import { compile } from "./compile.ts"
import { claim } from "./Finding.ts"
import { start } from "./Host.ts"
import { stored } from "./LocalTable.ts"
import { key } from "./upstream/Upstream.ts"
import type { Place, Visit } from "./Visit.ts"
import { folderOf } from "./Workshop.ts"

/** The names that the examples give to addresses and keys of their upstreams. */
const upstreamVariables = (upstream: string) => ({
  LLM_URL: `${upstream}/v1`,
  LLM_KEY: key,
  UPSTREAM: upstream,
  OPENAI_API_KEY: key,
  RAG_URL: upstream,
  RAG_KEY: key
})

const analyticsVariables = ({ definitions, queueUrl }: LocalSystem) => ({
  CV_ANALYTICS_QUEUE_URL: queueUrl,
  CV_ANALYTICS_REGION: definitions.region,
  CV_ANALYTICS_ACCESS_KEY_ID: "local",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "local",
  CV_ANALYTICS_FEEDBACK_SECRET: "signs-the-votes-of-the-examples-alone"
})

/** Node.js strips no types inside of `node_modules`, where the workshop lies. */
const scriptFor = (guide: string, specifier: string): string => {
  const from = JSON.stringify(specifier)
  return specifier.endsWith(".ts")
    ? transformSync(readFileSync(join(folderOf(guide), specifier), "utf8"), { loader: "ts" }).code
    : `import * as all from ${from}\nexport * from ${from}\nexport default all.default\n`
}

/** Imports from the example's folder, where its packages are found. */
const loadFrom =
  (guide: string): Place["load"] =>
  (specifier) => {
    const name = specifier.replaceAll(/[^\w@.-]/g, "-")
    const file = join(folderOf(guide), `${name}.visitor.mjs`)
    writeFileSync(file, scriptFor(guide, specifier))
    return import(pathToFileURL(file).href)
  }

/** The two scripts of an example, made of the same source. */
interface Bundled {
  readonly guide: string
  readonly alone: string
  readonly around: string
}

/** Checks an example; both Workers run until the scope ends. */
export const checkGuide = Effect.fnUntraced(function* (
  { alone, around, guide }: Bundled,
  visit: Visit,
  system: LocalSystem,
  upstream: string
) {
  const load = loadFrom(guide)
  const { recorded, votes = [] } = visit
  const ask = Effect.fnUntraced(function* (
    script: string,
    variables: Readonly<Record<string, string>>
  ) {
    const url = yield* start(guide, script, { ...upstreamVariables(upstream), ...variables })
    const votes: Array<number> = []
    const voted = (statuses: ReadonlyArray<number>) => void votes.push(...statuses)
    const seen = yield* Effect.promise(() => visit.ask({ url, load, voted }))
    return { seen, votes }
  })
  const isSame = Effect.gen(function* () {
    const expected = yield* ask(alone, {})
    const found = yield* ask(around, analyticsVariables(system))
    deepStrictEqual(found.seen, expected.seen)
    deepStrictEqual({ alone: expected.votes, around: found.votes }, { alone: [], around: votes })
  })
  const isStored = Effect.map(stored(system), ({ interactions }) => {
    const own = interactions.filter(({ session }) => session === recorded[0]?.session)
    deepStrictEqual(own, recorded)
  })
  return [
    yield* claim(
      `${guide} imports only the packages that it names`,
      Effect.sync(() => deepStrictEqual(strayImports(guide), []))
    ),
    yield* claim(
      `${guide} compiles with the types of the package and of the platform`,
      Effect.promise(() => compile(guide))
    ),
    yield* claim(
      `${guide} gives its visitor the same bytes as without the analytics` +
        (votes.length > 0 ? ", and takes the page's votes" : ""),
      isSame
    ),
    yield* claim(
      `${guide} has its ${recorded.length} questions and answers in the table`,
      eventually(isStored)
    )
  ]
}, Effect.scoped)
