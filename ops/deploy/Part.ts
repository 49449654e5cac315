/** The parts that can be deployed alone, and the steps that each takes. */
export const parts = ["infra", "processor", "reporter", "edge"] as const
export type Part = (typeof parts)[number]

/** The steps in their order, each with its sentence in the plan. */
export const steps = {
  build: "bundles the Worker and the two functions into dist/",
  infra: "makes or changes queue, table, schedule, permissions and alarms; never deletes data",
  functions: "publishes both functions; traffic shifts to the new processor minute by minute",
  key: "gives the Worker its access key over standard input; leaves a working key alone",
  edge: "replaces the Worker",
  question: "asks the Worker a question, and waits until the interaction is in the table",
  retire: "switches off the Worker's previous access key once the new one is seen to work",
  mail: "sends a test of the weekly e-mail to its recipients"
}
export type Step = keyof typeof steps

/** The sentences that differ where the owner has a Worker in place of our chatbot. */
const ownSteps: Readonly<Partial<Record<Step, string>>> = {
  build: "bundles the two functions into dist/",
  key: "gives your Worker its access key over standard input; leaves a working key alone",
  edge: "looks whether your Worker sends to this queue; you deploy it",
  question: "asks your Worker as deploy.json says, or waits for your question to a new key"
}

const rotation = "makes a new access key, and gives it to the Worker over standard input"

export const sentenceOf = (
  step: Step,
  { hasOwnWorker, rotateKey }: { readonly hasOwnWorker: boolean; readonly rotateKey: boolean }
): string => {
  if (step === "key" && rotateKey) return rotation
  return (hasOwnWorker ? ownSteps[step] : undefined) ?? steps[step]
}

/** The two functions are one stack, so either takes the other along. */
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
  /** The owner's Worker is neither built nor deployed, and its address is known. */
  readonly hasOwnWorker: boolean
}

/** The question needs the Worker's address, which only its deployment or the owner tells. */
export const stepsFor = (
  chosen: ReadonlyArray<Part>,
  { hasOwnWorker, rotateKey, skipSmoke, url }: Choice
): ReadonlyArray<Step> => {
  const isChosen = (step: Step): boolean => chosen.some((part) => stepsOf[part].includes(step))
  const hasAddress = hasOwnWorker || chosen.includes("edge") || url !== undefined
  const isBuilt = chosen.some((part) => part !== "infra" && !(part === "edge" && hasOwnWorker))
  return (Object.keys(steps) as ReadonlyArray<Step>).filter((step) => {
    if (step === "build") return isBuilt
    if (step === "retire") return rotateKey
    if (step === "question") return isChosen(step) && hasAddress && !skipSmoke
    return isChosen(step) && !(step === "mail" && skipSmoke)
  })
}
