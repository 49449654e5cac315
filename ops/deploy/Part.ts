/** What can be deployed by itself, and the steps that this takes. */
export const parts = ["infra", "processor", "reporter", "edge"] as const
export type Part = (typeof parts)[number]

export const steps = [
  "build",
  "infra",
  "functions",
  "key",
  "edge",
  "question",
  "retire",
  "mail"
] as const
export type Step = (typeof steps)[number]

/** The two functions are one stack, so that either takes the other along. */
const stepsOf: Readonly<Record<Part, ReadonlyArray<Step>>> = {
  infra: ["infra"],
  processor: ["build", "functions", "question"],
  reporter: ["build", "functions", "mail"],
  edge: ["build", "key", "edge", "question"]
}

export interface Choice {
  readonly skipSmoke: boolean
  readonly rotateKey: boolean
  readonly url: string | undefined
}

/** In their order; the question needs the Worker's address, which its deployment says. */
export const stepsFor = (
  chosen: ReadonlyArray<Part>,
  { rotateKey, skipSmoke, url }: Choice
): ReadonlyArray<Step> => {
  const isChosen = (step: Step): boolean => chosen.some((part) => stepsOf[part].includes(step))
  const hasAddress = chosen.includes("edge") || url !== undefined
  return steps.filter((step) => {
    if (step === "retire") return rotateKey
    if (step === "question") return isChosen(step) && hasAddress && !skipSmoke
    return isChosen(step) && !(step === "mail" && skipSmoke)
  })
}
