/** `npm run build`: writes the three bundles to `dist/`, and prints what each weighs. */
import { buildBundles } from "./infra/bundles.ts"

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`

const row = (file: string, minified: string, gzipped: string): void => {
  process.stdout.write(`${file.padEnd(24)}${minified.padStart(12)}${gzipped.padStart(12)}\n`)
}

row("bundle", "minified", "gzip")
for (const { file, gzipped, minified } of await buildBundles()) {
  row(file, kilobytes(minified), kilobytes(gzipped))
}
