import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Check } from "../deploy/Check.ts"
import { runTool } from "../deploy/Commands.ts"
import { understand } from "../deploy/DeployFault.ts"
import type { Target } from "../deploy/Target.ts"
import { showDeployment } from "../deploy/wrangler.ts"
import { examine } from "./examine.ts"

const Deployment = Schema.fromJsonString(
  Schema.Struct({
    created_on: Schema.String,
    versions: Schema.Array(Schema.Struct({ version_id: Schema.String, percentage: Schema.Number }))
  })
)

/** Tells the version that answers, and that no other one does beside it. */
export const examineWorkerVersion = (target: Target) => {
  const subject = `version of Worker ${target.worker}`
  return examine(
    subject,
    runTool(showDeployment(target)).pipe(
      Effect.flatMap(understand(Deployment, "wrangler deployments status", "npm ci")),
      Effect.map(({ created_on: since, versions }) => {
        const text = versions
          .map(({ percentage, version_id: id }) => `${id} ${percentage} %`)
          .join(", ")
        return [
          versions.length === 1
            ? Check.Good({
                subject,
                text: `${versions[0]?.version_id}, since ${since.slice(0, 16)}Z`
              })
            : Check.Bad({
                subject,
                what: `${versions.length} versions share the visitors: ${text}.`,
                mend:
                  target.own === undefined
                    ? "npm run deploy -- --only edge gives all of them to a new one."
                    : "Deploy it whole with wrangler."
              })
        ]
      })
    )
  )
}
