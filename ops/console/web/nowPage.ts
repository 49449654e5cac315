/** The questions as they come, the newest first. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { parse } from "../../../src/programs/reporter/render/Mustache.ts"
import { ConsoleData, type Following } from "../ConsoleData.ts"
import type { Bell } from "./Bell.ts"
import { nowLink } from "./links.ts"
import { choicesOf, chosenIn, cursorIn, cursorText, filterOf } from "./NowFilter.ts"
import { framed } from "./Page.ts"
import { listPartial, questionItem } from "./questionItem.ts"

const pageLength = 50

const template = parse(
  `<form class="filters" action="/now">
{{#choices}}
<label>{{label}} <select name="{{name}}">
{{#options}}
<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
{{/options}}
</select></label>
{{/choices}}
<p class="buttons"><button>Show</button>{{#isFiltered}} \
<a href="/now">Show all</a>{{/isFiltered}}</p>
</form>
{{#isFirst}}
<p class="live"><span id="connection" role="status">Not live: this page needs its script, or load \
it again</span> <button id="pause" type="button" hidden>Pause</button></p>
<p id="news" class="unseen" role="status"></p>
{{/isFirst}}
<div id="live">
{{#told}}
<p class="told {{state}}">{{text}}</p>
{{/told}}
{{#hidden}}
<p class="told">{{.}}</p>
{{/hidden}}
{{>list}}
{{^items.length}}
<p class="quiet">{{none}}</p>
{{/items.length}}
<p class="pages">{{#newest}}<a href="{{newest}}">The newest</a> {{/newest}}{{#older}}<a \
href="{{older}}">Older</a>{{/older}}</p>
</div>
`,
  { name: "now" }
)

/** A table that is followed as it should be needs no words. */
const toldOf = (following: Following) => (following.state === "live" ? [] : [following])

export const hiddenTexts = ({ holdsTexts, showsTexts }: ConsoleData["Service"]["source"]) => {
  if (showsTexts) return []
  return [
    holdsTexts
      ? "Questions are hidden: start the console with --with-text to read them."
      : "This export was made without texts, so it shows no questions."
  ]
}

export const nowPage = (parameters: URLSearchParams, zone: DateTime.TimeZone.Named, bell: Bell) =>
  Effect.gen(function* () {
    const { now, source } = yield* ConsoleData
    const [chosen, before] = [chosenIn(parameters), cursorIn(parameters.get("before"))]
    const found = yield* now({
      filter: filterOf(chosen),
      ...(before && { before }),
      limit: pageLength
    })
    const { lines, next } = found
    const isFiltered = Object.values(chosen).some((word) => word !== "")
    const isFirst = before === undefined
    const view = {
      choices: choicesOf(chosen, found),
      isFiltered,
      isFirst,
      told: toldOf(yield* bell.following).filter(({ text }) => text !== ""),
      hidden: hiddenTexts(source),
      items: lines.map((line) => questionItem(line, zone)),
      none: isFiltered ? "No question passes these filters." : "No question is here yet.",
      newest: isFirst ? undefined : nowLink({ ...chosen }),
      older: next && nowLink({ ...chosen, before: cursorText(next) })
    }
    const frame = { title: "Now", source: source.name, current: "now" } as const
    return framed({ ...frame, ...(isFirst && { script: "live.js" }) }, template, view, {
      partials: { list: listPartial }
    })
  })
