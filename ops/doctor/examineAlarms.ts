/** Examines whether an alarm is on, and who receives their mail: definitions do not tell it. */
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch"
import { ListSubscriptionsByTopicCommand, type Subscription } from "@aws-sdk/client-sns"
import * as Effect from "effect/Effect"
import { allPages } from "../aws/allPages.ts"
import { CloudWatch, Sns } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import type { Target } from "../deploy/Target.ts"
import { type Account, arnOf } from "./Account.ts"
import { deployInfra, examine } from "./examine.ts"

export const examineAlarms = (names: ReadonlyArray<string>) =>
  examine(
    "alarms",
    Effect.map(
      CloudWatch.use((send) =>
        send(new DescribeAlarmsCommand({ AlarmNames: [...names], StateValue: "ALARM" }))
      ),
      ({ MetricAlarms: on = [] }) =>
        on.length === 0
          ? [Check.Good({ subject: "alarms", text: `none of the ${names.length} is on` })]
          : on.map(({ AlarmName }) =>
              Check.Bad({
                subject: `alarm ${AlarmName}`,
                what: "it is on.",
                mend: "docs/operations.md explains each alarm."
              })
            )
    )
  )

const subject = "alarm e-mail"

const judgeOwner = (address: string, own: ReadonlyArray<Subscription>): Check => {
  if (own.some(({ SubscriptionArn = "" }) => SubscriptionArn.startsWith("arn:"))) {
    return Check.Good({ subject, text: `${address} has confirmed it` })
  }
  return own.length === 0
    ? Check.Bad({ subject, what: `${address} does not receive it.`, mend: deployInfra })
    : Check.Bad({
        subject,
        what: `${address} is not confirmed, so no alarm is mailed.`,
        mend: "Follow the link in AWS's mail to alarmEmail; it is valid for three days."
      })
}

const strangerOf = ({ Endpoint, Protocol, SubscriptionArn = "" }: Subscription): Check => {
  const hears = SubscriptionArn.startsWith("arn:") ? "receives" : "has been asked to receive"
  return Check.Bad({
    subject,
    what: `${Endpoint} (${Protocol}) ${hears} the alarms too, and deploy.json does not name it.`,
    mend: "Delete that subscription in SNS's console, unless you have made it."
  })
}

/** AWS sends alarms only after the owner has followed the link in its first mail. */
export const examineSubscribers = (account: Account, { settings }: Target, topic: string) =>
  examine(
    subject,
    Effect.map(
      allPages((NextToken) =>
        Effect.map(
          Sns.use((send) =>
            send(
              new ListSubscriptionsByTopicCommand({
                TopicArn: arnOf(account, "sns", topic),
                NextToken
              })
            )
          ),
          ({ NextToken: next, Subscriptions }) => [Subscriptions, next]
        )
      ),
      (subscriptions) => {
        const address = settings.alarmEmail
        const isOwner = ({ Endpoint = "", Protocol }: Subscription) =>
          Protocol === "email" && Endpoint.toLowerCase() === address.toLowerCase()
        // one that was ended stays in the list for some days
        const live = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn !== "Deleted")
        return [
          judgeOwner(address, live.filter(isOwner)),
          ...live.filter((each) => !isOwner(each)).map(strangerOf)
        ]
      }
    )
  )
