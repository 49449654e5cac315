/**
 * A fresh process that imports the bundled judge, judges one text, and sends the times that both
 * took: `<bundle>`.
 */
const from = performance.now()
const { saysUnknown } = await import(process.argv[2] ?? "")
const imported = performance.now()
saysUnknown("I don't have any information about that.")
process.send?.([imported - from, performance.now() - imported])
