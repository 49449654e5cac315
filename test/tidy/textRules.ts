import { banned } from "./Rule.ts"

const everywhere = () => true

export const textRules = {
  "nothing is left over to be done": banned({
    in: everywhere,
    look: "text",
    for: /\b(?:FIXM[E]|TOD[O]|X{3})\b/g,
    instead: "do it, or record it as a decision"
  }),
  "no text names a folder of one machine": banned({
    in: everywhere,
    look: "text",
    for: /(?<![\w./-])\/(?:work|root|home\/\w+|Users\/\w+)\/\S*/g,
    instead: "name it from the project's root"
  }),
  // the checks may guard against it, and must name it to do so
  "no text names what lies outside of the project": banned({
    in: ({ path }) => path !== ".ci/run",
    look: "text",
    for: /\.\.\/shared\b/g,
    instead: "say it in the project's own docs"
  }),
  "no text refers to a tracker": banned({
    in: everywhere,
    look: "text",
    for: /\bissues? #?\d+/gi,
    instead: "say the reason itself"
  })
}
