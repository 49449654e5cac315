import type { Recogniser } from "./Recogniser.ts"
import { wordBefore } from "./wordBefore.ts"

const isAddressed = wordBefore(
  "ip ipv4 host server dns ping address adress adresse proxy gateway",
  "[^a-z].{0,24}"
)
const isVersioned = wordBefore(
  "v ver version build release update upgrade section chapter oid §",
  "[ .:\"']{0,4}(?:to |from |no )?"
)

/** Skips loopback, masks, networks, and four small numbers, which are rather a version. */
const ipv4Extent = (candidate: string, before: string): number => {
  const parts = candidate.split(".").map(Number)
  const [first = 0] = parts
  const isNobodys = first === 0 || first === 127 || first === 255 || parts[3] === 0
  if (isNobodys || parts.some((part) => part > 255) || isVersioned.test(before)) return 0
  return candidate.length > 7 || isAddressed.test(before) ? candidate.length : 0
}

/** Accepts eight groups, or fewer around one "::". A hardware address has only short groups. */
const ipv6Extent = (candidate: string): number => {
  const [left = "", right, ...more] = candidate.split("::")
  const groups = `${left}:${right ?? ""}`.split(":").filter((group) => group !== "")
  const length = groups.length + (candidate.includes(".") ? 1 : 0)
  const isWhole =
    right === undefined
      ? length === 8 && groups.some((group) => group.length > 2)
      : more.length === 0 && length > 1 && length < 8
  return isWhole && /\d/.test(candidate) && !candidate.includes(":::") ? candidate.length : 0
}

const group = "[0-9a-f]{0,4}"
const ipv4 = "\\d{1,3}(?:\\.\\d{1,3}){3}"

export const ipAddresses: ReadonlyArray<Recogniser> = [
  {
    label: "ip",
    pattern: new RegExp(
      `(?<![\\w:.])(?:${group}:){2,7}(?:${ipv4}|${group})(?![\\w:]|\\.\\d)`,
      "gi"
    ),
    extent: ipv6Extent
  },
  {
    label: "ip",
    pattern: new RegExp(`(?<![\\w.-]|[a-z]/)${ipv4}(?![\\w-]|\\.\\w)`, "gi"),
    extent: ipv4Extent
  }
]
