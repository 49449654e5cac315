import * as Effect from "effect/Effect"
import { openClients } from "./Clients.ts"
import { front } from "./double/Double.ts"
import * as Moto from "./Moto.ts"
import { readDesired } from "./terraform/Desired.ts"

/** The owner's choices: every other variable has its default. */
export const settings = {
  siteName: "cv.example.com",
  reportFrom: "reports@example.com",
  reportTo: "owner@example.com",
  alarmEmail: "alarms@example.com"
}

/** Variables by which AWS's clients of another process reach the account. */
export const environmentOf = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: Moto.region,
  AWS_DEFAULT_REGION: Moto.region,
  AWS_ACCESS_KEY_ID: Moto.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: Moto.credentials.secretAccessKey
})

/** An empty account with the definitions that belong into it. */
export const startCloud = Effect.gen(function* () {
  const moto = yield* Moto.start
  const written: Array<string> = []
  const { endpoint } = yield* front(moto.endpoint, written)
  const { reportFrom: report_from, alarmEmail: alarm_email } = settings
  return {
    endpoint,
    /** The calls that have written in the account, by their operations. */
    written,
    environment: environmentOf(endpoint),
    clients: yield* openClients(endpoint),
    desired: yield* readDesired({ report_from, alarm_email })
  }
})
export type Cloud = Effect.Success<typeof startCloud>

/** Answers a promise of the account's clients; a refusal is a fault of the claim. */
export const call = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (cause) => cause })
