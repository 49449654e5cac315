import * as Effect from "effect/Effect"

/** Names the part of a bench that begins, on stderr. */
export const announce = (name: string): void => {
  process.stderr.write(`${name} …\n`)
}

export const step = <A>(name: string, measure: () => Promise<A>) =>
  Effect.promise(() => {
    announce(name)
    return measure()
  })
