/** `npm run build`: writes bundles, page and package to `dist/`, and prints what each weighs. */
import { writeFileSync } from "node:fs"
import { buildBundles } from "./infra/bundles.ts"
import { buildPackage } from "./infra/npmPackage.ts"
import { openApiText } from "./infra/openApi.ts"

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`

const row = (file: string, minified: string, gzipped: string): void => {
  process.stdout.write(`${file.padEnd(24)}${minified.padStart(12)}${gzipped.padStart(12)}\n`)
}

row("bundle", "minified", "gzip")
for (const { file, gzipped, minified } of [...(await buildBundles()), await buildPackage()]) {
  row(file, kilobytes(minified), kilobytes(gzipped))
}

writeFileSync(new URL("docs/openapi.json", import.meta.url), openApiText())
