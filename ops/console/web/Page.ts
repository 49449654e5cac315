/** The frame of every page of the console: its head, its navigation and the rules for browsers. */
import type { LocalAnswer } from "../../../local/LoopbackServer.ts"
import { parse, render, type Template } from "../../../src/programs/reporter/render/Mustache.ts"

/** The pages that the navigation names, in its order. */
const places = {
  now: "Now",
  week: "Week",
  gaps: "Gaps",
  search: "Search",
  health: "Health"
} as const
export type PlaceName = keyof typeof places

const frame = parse(
  `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}} · cv-analytics</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/console.css">
{{#script}}
<script src="/{{script}}" defer></script>
{{/script}}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<p class="product"><img src="/icon.svg" alt="" width="24" height="24"> cv-analytics{{#source}}
<span class="source"><span class="quiet">reads</span> {{source}}</span>{{/source}}</p>
{{#places.length}}
<nav aria-label="Console">
{{#places}}
<a href="/{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{label}}</a>
{{/places}}
</nav>
{{/places.length}}
</header>
<main id="main" tabindex="-1">
<h1>{{title}}</h1>
{{>content}}
</main>
</body>
</html>
`,
  { name: "frame" }
)

/** Pages load from the console alone, run no script in line, and stand in no frame. */
const policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** Stand on every answer, whatever its type. */
export const rules = {
  "content-security-policy": policy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin"
} as const

export interface Frame {
  readonly title: string
  /** The installation or the file whose questions are shown. */
  readonly source?: string
  readonly current?: PlaceName
  /** The script of a page that has one. */
  readonly script?: string
}

interface FramedOptions {
  readonly partials?: Readonly<Record<string, Template>>
  readonly status?: number
}

/** Puts a template with its view into the frame; no text gets around the template's escaping. */
export const framed = (
  { current, ...frameView }: Frame,
  content: Template,
  view: object,
  { partials = {}, status = 200 }: FramedOptions = {}
): LocalAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: render(
    frame,
    {
      ...view,
      ...frameView,
      places:
        frameView.source === undefined
          ? []
          : Object.entries(places).map(([path, label]) => ({
              path,
              label,
              isCurrent: path === current
            }))
    },
    { ...partials, content }
  )
})

const words = parse("{{#paragraphs}}\n<p>{{.}}</p>\n{{/paragraphs}}\n", { name: "words" })

/** A page of words alone. */
export const page = (
  status: number,
  { paragraphs, ...frameView }: Frame & { readonly paragraphs: ReadonlyArray<string> }
): LocalAnswer => framed(frameView, words, { paragraphs }, { status })
