/** Texts made from the templates of `bench/answers/templates`, always the same ones. */
import { readdirSync, readFileSync } from "node:fs"
import type { LabelledAnswer } from "../LabelledAnswers.ts"

/** Numbers that look random, the same in each run. */
export const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * Lines below `=name` are the choices of `{name}`. Those below `=R` and `=A` are templates, where
 * `[one|other]` is a choice too.
 */
const partsOf = (file: string): ReadonlyMap<string, ReadonlyArray<string>> => {
  const parts = new Map<string, Array<string>>()
  let part: Array<string> = []
  let isTemplate = false
  for (const line of file.split("\n")) {
    const [, name] = /^=(\w+)$/.exec(line) ?? []
    if (name !== undefined) {
      part = []
      parts.set(name, part)
      isTemplate = name === "R" || name === "A"
    } else if (line !== "") part.push(...(isTemplate ? [line] : line.split("|")))
  }
  return parts
}

const written = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.\.$/, ".")
    .replace(/([?!:])\.(?=\s|$)/g, "$1")
    .replace(
      /(^|[.!?] )(\p{Ll})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase()
    )

const folder = new URL("../templates/", import.meta.url)

const textsOf = (name: string, perTemplate: number): ReadonlyArray<LabelledAnswer> => {
  const parts = partsOf(readFileSync(new URL(name, folder), "utf8"))
  const random = randomFrom(7)
  const oneOf = (choices: ReadonlyArray<string>): string => choices[random(choices.length)] ?? ""
  const filled = (template: string): string =>
    template
      .replace(/\[([^[\]]*)\]/g, (_, choices: string) => oneOf(choices.split("|")))
      .replace(/\{(\w+)\}/g, (_, slot: string) => {
        const choices = parts.get(slot) ?? []
        if (choices.length === 0) throw new Error(`${name} has no choices for {${slot}}`)
        return filled(oneOf(choices))
      })
  return [true, false].flatMap((refused) =>
    (parts.get(refused ? "R" : "A") ?? []).flatMap((template) =>
      Array.from({ length: perTemplate }, () => ({
        text: written(filled(template)),
        refused,
        language: name.slice(0, 2)
      }))
    )
  )
}

export const templateTexts = (perTemplate: number): ReadonlyArray<LabelledAnswer> =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => textsOf(name, perTemplate))
