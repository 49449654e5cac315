/** Questions by their words. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { replaceUnseen } from "../../../src/programs/reporter/render/Unseen.ts"
import { count, plural } from "../../../src/programs/reporter/words/english/locale.ts"
import { ConsoleData } from "../ConsoleData.ts"
import { framed } from "./Page.ts"
import { listPartial, questionItem } from "./questionItem.ts"

const resultsMax = 100
/** A longer text is cut, because no question that is held is longer. */
const wordsLengthMax = 300

const template = parse(
  `<form class="filters" action="/search" role="search">
<label class="wide">Words of a question <input type="search" name="q" value="{{words}}" \
maxlength="${wordsLengthMax}"></label>
<p class="buttons"><button>Search</button></p>
</form>
{{#told}}
<p class="told">{{.}}</p>
{{/told}}
{{#found}}
<p class="quiet" role="status">{{.}}</p>
{{/found}}
{{>list}}
`,
  { name: "search" }
)

const nothing = { told: undefined, found: undefined, lines: [] }

export const searchPage = (parameters: URLSearchParams, zone: DateTime.TimeZone.Named) =>
  Effect.gen(function* () {
    const { search, source } = yield* ConsoleData
    const asked = (parameters.get("q") ?? "").slice(0, wordsLengthMax)
    const words = replaceUnseen(asked, () => "").trim()
    const result =
      words === ""
        ? nothing
        : yield* search(words, resultsMax).pipe(
            Effect.map(({ held, lines, searched }) => ({
              told:
                searched < held
                  ? `${count(searched)} of ${plural(held, "question")} are indexed so far: ` +
                    "search again for the others."
                  : undefined,
              found:
                `${plural(lines.length, "question")} of ${count(searched)} that are here` +
                (lines.length < resultsMax ? "." : "; the best matches are shown."),
              lines
            })),
            Effect.catchTag("TextsNotShown", ({ message }) =>
              Effect.succeed({ ...nothing, told: `Nothing can be found: ${message}.` })
            )
          )
    const { lines, ...said } = result
    return framed(
      { title: "Search", source: source.name, current: "search" },
      template,
      { words, ...said, items: lines.map((line) => questionItem(line, zone)) },
      { partials: { list: listPartial } }
    )
  })
