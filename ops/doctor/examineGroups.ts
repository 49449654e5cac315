import { ListGroupsForUserCommand } from "@aws-sdk/client-iam"
import * as Effect from "effect/Effect"
import { allPages } from "../aws/allPages.ts"
import { Iam } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { examine } from "./examine.ts"

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
