/** A fresh process that imports one bundle and tells how long that took: `<bundle>`. */
const from = performance.now()
await import(process.argv[2] ?? "")
process.send?.(performance.now() - from)
