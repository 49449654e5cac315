import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check, orBad } from "../deploy/Check.ts"

const Caller = Schema.Struct({ Account: Schema.String, Arn: Schema.String })

/** The owner of the credentials. */
export const readCaller = ask("sts", "get-caller-identity", {}, Caller)

/** Bad when the credentials belong to another account. */
export const checkCaller = (expected: string | undefined) => {
  const subject = "AWS account"
  return orBad(
    subject,
    Effect.map(readCaller, ({ Account: account, Arn: arn }) =>
      expected === undefined || expected === account
        ? Check.Good({ subject, text: `${account} as ${arn}` })
        : Check.Bad({
            subject,
            what: `these credentials belong to account ${account}, not to ${expected}.`,
            mend: `Set AWS_PROFILE to a profile of ${expected}, or name the account by --account.`
          })
    )
  )
}
