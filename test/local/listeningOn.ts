import { existsSync, readFileSync } from "node:fs"

/** `0100007F` is 127.0.0.1, and an IPv6 address has four such words. */
const addressOf = (words: string): string => {
  const bytes = (words.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16))
  )
  const isMapped =
    bytes.length === 16 && bytes[10] === 255 && bytes.slice(0, 10).every((b) => b === 0)
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join(".")
  return bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1 ? "::1" : `[${words}]`
}

/** The addresses at which something listens on a port, as Linux lists them. */
export const listeningOn = (port: number): ReadonlyArray<string> =>
  ["/proc/net/tcp", "/proc/net/tcp6"]
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").trim().split("\n").slice(1))
    .flatMap((line) => {
      const [, local = "", , state] = line.trim().split(/\s+/)
      const [words = "", hex = ""] = local.split(":")
      const isListening = state === "0A" && Number.parseInt(hex, 16) === port
      return isListening ? [addressOf(words)] : []
    })
