import type { Recogniser } from "./Recogniser.ts"

/** Scripts that use spaces; in others an address would swallow the words around it. */
const letter = "a-z0-9\\xc0-\\u052f"
const local = `[${letter}_][${letter}._%+'-]{0,63}`
const name = `[${letter}][${letter}-]{0,62}`
const bracketed = (word: string): string => `[[({] ?${word} ?[\\])}]`

export const emailAddresses: ReadonlyArray<Recogniser> = [
  {
    label: "e-mail",
    pattern: new RegExp(
      `(?:@|%40)(?<=(?<head>${local})(?:@|%40))(?:${name}\\.){1,8}` +
        `[a-z\\xc0-\\u052f][${letter}-]{0,22}[${letter}]`,
      "gi"
    )
  },
  {
    label: "e-mail",
    pattern: new RegExp(
      `${bracketed("at")}(?<=(?<head>${local} ?)${bracketed("at")}) ?${name}` +
        `(?:(?:\\.| ?${bracketed("dot")} ?)${name}){1,4}`,
      "gi"
    )
  }
]
