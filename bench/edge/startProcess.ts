/** A fresh process that imports one bundle and sends the time that this took: `<bundle>`. */
const from = performance.now()
await import(process.argv[2] ?? "")
process.send?.(performance.now() - from)
