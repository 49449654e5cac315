/** The console's own style, script and icon, which are its only files. */
import { readFileSync } from "node:fs"
import { transformSync } from "esbuild"
import type { LocalAnswer } from "../../../local/LoopbackServer.ts"
import { dark, light, type Palette } from "../../../src/programs/reporter/render/Palette.ts"

const read = (name: string): string =>
  readFileSync(new URL(`../page/${name}`, import.meta.url), "utf8")

const asset = (type: string, body: string): LocalAnswer => ({
  status: 200,
  headers: { "content-type": `${type}; charset=utf-8` },
  body
})

/** The colours of the e-mail as variables. */
const variables = (palette: Palette): string =>
  `:root{${Object.entries(palette)
    .map(([role, colour]) => `--${role}:${colour}`)
    .join(";")}}`

const style = (): string =>
  [
    variables(light),
    `@media (prefers-color-scheme:dark){${variables(dark)}}`,
    read("console.css")
  ].join("\n")

/** Reads the files once, when the console starts. */
export const readAssets = (): Readonly<Record<string, LocalAnswer>> => ({
  "/console.css": asset("text/css", style()),
  "/icon.svg": asset("image/svg+xml", read("icon.svg")),
  "/live.js": asset("text/javascript", transformSync(read("live.ts"), { loader: "ts" }).code)
})
