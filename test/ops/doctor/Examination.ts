import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import { type Check, checksText, isBad } from "../../../ops/deploy/Check.ts"
import { targetOf } from "../../../ops/deploy/Target.ts"
import { doctor } from "../../../ops/doctor/doctor.ts"
import { settings } from "../deploy/Operator.ts"
import { type Answers, cloud, healthy, type Terraform } from "./HealthyCloud.ts"

interface Circumstances {
  readonly answers?: Answers
  readonly terraform?: Terraform
  readonly settings?: object
  readonly drift?: boolean
}

/** Runs the doctor on a deployment that is healthy, except for the circumstances. */
export const examine = ({
  answers = healthy,
  drift = false,
  terraform,
  ...own
}: Circumstances = {}) =>
  Effect.flatMap(targetOf({ ...settings, ...own.settings } as never), (target) =>
    doctor(target, { drift })
  ).pipe(Effect.provide(cloud(answers, terraform)), Effect.provide(NodeServices.layer))

export const found = (checks: ReadonlyArray<Check>) => checksText(checks.filter(isBad))
