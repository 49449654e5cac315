/** Examines what the Worker's user has beside its policies: an old key, and groups. */
import { ListGroupsForUserCommand } from "@aws-sdk/client-iam"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { allPages } from "../aws/allPages.ts"
import { Iam } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { keysOf } from "../deploy/KeysOfUser.ts"
import { examine } from "./examine.ts"

const dayMs = 86_400_000

/** A key may only send to one queue, so a year is short enough. */
const oldestDays = 365

const judgeAge = (id: string, days: number): Check => {
  const subject = "age of the access key"
  return days <= oldestDays
    ? Check.Good({ subject, text: `${id} is ${days === 1 ? "a day" : `${days} days`} old` })
    : Check.Bad({
        subject,
        what: `${id} is ${days} days old.`,
        mend: "npm run deploy -- --rotate-key replaces it."
      })
}

export const examineKeyAge = (user: string) =>
  examine(
    "age of the access key",
    Effect.zipWith(keysOf(user), Clock.currentTimeMillis, (keys, now) =>
      keys.map(({ id, madeAtMs }) => judgeAge(id, Math.floor((now - madeAtMs) / dayMs)))
    )
  )

/** A group gives its policies to the user, and is in no plan. */
export const examineGroups = (user: string) => {
  const subject = `groups of user ${user}`
  return examine(
    subject,
    Effect.map(
      allPages((Marker) =>
        Effect.map(
          Iam.use((send) => send(new ListGroupsForUserCommand({ UserName: user, Marker }))),
          ({ Groups, Marker: next }) => [Groups, next]
        )
      ),
      (groups) =>
        groups.map(({ GroupName }) =>
          Check.Bad({
            subject,
            what: `it is in ${GroupName}, which gives it more than it is defined to have.`,
            mend: "Take it out of the group in IAM's console."
          })
        )
    )
  )
}
