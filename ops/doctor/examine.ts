import * as Effect from "effect/Effect"
import { badOf, Check } from "../deploy/Check.ts"
import type { DeployFault } from "../deploy/DeployFault.ts"

const absent = /NotFound|NonExistent|DoesNotExist|NoSuchEntity/

const isAbsent = ({ code = "" }: DeployFault): boolean => absent.test(code)

/** A part that cannot be read is a finding itself, and keeps no other from being looked at. */
export const examine = <R>(
  subject: string,
  checks: Effect.Effect<ReadonlyArray<Check>, DeployFault, R>
): Effect.Effect<ReadonlyArray<Check>, never, R> =>
  Effect.catch(checks, (fault) =>
    Effect.succeed([
      isAbsent(fault)
        ? Check.Bad({ subject, what: "it is not there.", mend: "npm run deploy makes it." })
        : badOf(subject, fault)
    ])
  )
