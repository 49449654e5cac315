import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { badOf, Check } from "./Check.ts"
import { attempt } from "./runTool.ts"

const WhoAmI = Schema.fromJsonString(
  Schema.Struct({
    loggedIn: Schema.Boolean,
    accounts: Schema.optionalKey(
      Schema.Array(Schema.Struct({ id: Schema.String, name: Schema.String }))
    )
  })
)

const decode = Schema.decodeUnknownEffect(WhoAmI)
const subject = "Cloudflare"

const loggedOut = Check.Bad({
  subject,
  what: "wrangler is not logged in.",
  mend: "npx wrangler login, or set CLOUDFLARE_API_TOKEN."
})

const judge = (
  { accounts = [], loggedIn }: typeof WhoAmI.Type,
  wanted: string | undefined
): Check => {
  if (!loggedIn) return loggedOut
  const names = accounts.map(({ id, name }) => `${id} (${name})`).join(", ")
  const chosen = wanted === undefined ? accounts : accounts.filter(({ id }) => id === wanted)
  if (chosen.length === 1) return Check.Good({ subject, text: `logged in: ${names}` })
  return Check.Bad({
    subject,
    what:
      wanted === undefined
        ? `this login has ${accounts.length} accounts: ${names}.`
        : `this login does not have the account ${wanted}, but ${names}.`,
    mend: 'Name the one in deploy.json: "cloudflareAccount": "<id>".'
  })
}

/** wrangler answers in JSON whether it is logged in or not, and fails when it is not. */
export const checkCloudflare = (wanted: string | undefined) =>
  attempt({ tool: "wrangler", args: ["whoami", "--json"] }).pipe(
    Effect.flatMap(({ stdout }) => decode(stdout)),
    Effect.map((answer) => judge(answer, wanted)),
    Effect.catchTag("SchemaError", () => Effect.succeed(loggedOut)),
    Effect.catch((fault) => Effect.succeed(badOf(subject, fault)))
  )
