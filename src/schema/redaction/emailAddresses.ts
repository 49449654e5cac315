import type { Recogniser } from "./Recogniser.ts"

/** Scripts that use spaces and share their domains. */
const western = "a-z0-9\\xc0-\\u052f"
/** Other scripts; an address may swallow the words around it where they use no spaces. */
const eastern = "[[\\p{L}\\p{M}]--[\\0-\\u052f]--[是为為は]]"
const letter = `(?:[${western}]|${eastern})`
const name = `${letter}(?:[\\-${western}]|${eastern}){0,62}`
const bracketed = (word: string): string => `[\\[\\(\\{] ?${word} ?[\\]\\)\\}]`

/** Remote repositories are addressed in the same way. */
const isPerson = (candidate: string, after: string): boolean =>
  !(candidate.startsWith("git@") && /^[:/]/.test(after))

const address = (local: string, top: string): Recogniser => ({
  label: "e-mail",
  pattern: new RegExp(`(?:@|%40)(?<=(?<head>${local})(?:@|%40))(?:${name}\\.){1,8}${top}`, "giv"),
  extent: (found, _, after) => (isPerson(found, after) ? found.length : 0)
})

const westernLocal = `[${western}_][.%_+'\\-${western}]{0,63}`
const anyLocal = `(?:${letter}|_)(?:[.%_+'\\-${western}]|${eastern}){0,63}`

export const emailAddresses: ReadonlyArray<Recogniser> = [
  address(anyLocal, `${eastern}{2,24}`),
  address(
    `(?:${westernLocal}|"[^"\\n@]{1,62}"|${eastern}(?:[.%_+'\\-]|${eastern}){0,63})`,
    `[a-z\\xc0-\\u052f][\\-${western}]{0,22}[${western}]`
  ),
  {
    label: "e-mail",
    pattern: new RegExp(
      `${bracketed("at")}(?<=(?<head>${westernLocal} ?)${bracketed("at")}) ?${name}` +
        `(?:(?:\\.| ?${bracketed("dot")} ?)${name}){1,4}`,
      "giv"
    )
  }
]
