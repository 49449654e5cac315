import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Check } from "../deploy/Check.ts"
import { attempt } from "../deploy/Commands.ts"
import { understand } from "../deploy/DeployFault.ts"
import { explain } from "../deploy/explain.ts"
import type { Target } from "../deploy/Target.ts"
import { showDeployment } from "../deploy/wrangler.ts"
import { examine } from "./examine.ts"

const Deployment = Schema.fromJsonString(
  Schema.Struct({
    created_on: Schema.String,
    versions: Schema.Array(Schema.Struct({ version_id: Schema.String, percentage: Schema.Number }))
  })
)

const judge = (
  subject: string,
  { created_on: since, versions }: typeof Deployment.Type,
  { own }: Target
) => {
  const [only] = versions
  if (only !== undefined && versions.length === 1) {
    return Check.Good({ subject, text: `${only.version_id}, since ${since.slice(0, 16)}Z` })
  }
  const shares = versions.map(({ percentage, version_id: id }) => `${id} ${percentage} %`)
  return Check.Bad({
    subject,
    what: `${versions.length} versions share the visitors: ${shares.join(", ")}.`,
    mend:
      own === undefined
        ? "npm run deploy -- --only edge gives all of them to a new one."
        : "Finish your Worker's own deployment. Every version has the same key."
  })
}

/** Tells the version that answers. A Worker that does not exist is told by its secrets. */
export const examineWorkerVersion = (target: Target) => {
  const subject = `version of Worker ${target.worker}`
  const command = showDeployment(target)
  return examine(
    subject,
    Effect.gen(function* () {
      const answer = yield* attempt(command)
      if (/\[code: 10007\]|not found/.test(answer.stdout + answer.stderr)) return []
      if (answer.exitCode !== 0) return yield* explain(command, answer)
      const told = yield* understand(Deployment, "wrangler deployments", "npm ci")(answer.stdout)
      return [judge(subject, told, target)]
    })
  )
}
