import type { AwsFaultKind } from "./AwsFaultKind.ts"

interface Sentences {
  readonly what: string
  readonly mend: string
}

/** The parts of a failure that a sentence names. */
export interface Named {
  readonly action: string
  readonly host: string
}

const sentences = ({ action, host }: Named): Readonly<Record<AwsFaultKind, Sentences>> => ({
  LoggedOut: {
    what: "You are not logged in to AWS, or the login has expired.",
    mend:
      "Log in again, then run the command again: aws sso login for IAM Identity Center, aws " +
      "login for a user of the console, or new access keys. Only the first two need the AWS CLI."
  },
  NoCredentials: {
    what: "There are no AWS credentials, or there is no such profile.",
    mend:
      "Set AWS_PROFILE to a profile of ~/.aws/config, or set AWS_ACCESS_KEY_ID and " +
      "AWS_SECRET_ACCESS_KEY."
  },
  UnknownCredentials: {
    what: "AWS does not know these credentials, at least not in this region.",
    mend: "Check AWS_PROFILE, and whether the region is enabled in the account."
  },
  Clock: {
    what: "AWS refuses requests with a wrong time: this machine's clock is wrong.",
    mend: "Set the clock, then run the command again."
  },
  NotReady: {
    what: "This AWS account is not ready for the service.",
    mend: "Complete the account's registration in the console; a new account takes up to a day."
  },
  Denied: {
    what: `These credentials lack the permission ${action}.`,
    mend: "Use credentials that have this permission, or have it added."
  },
  Quota: {
    what: "AWS refuses because a quota of the account is used up.",
    mend: "Delete unused resources or ask Service Quotas for more, then run the command again."
  },
  Throttled: {
    what: "AWS refuses because the account asks too much at the moment.",
    mend: "Wait a minute, then run the command again."
  },
  Unreachable: {
    what: `Nothing answers at ${host}.`,
    mend: "The region lacks this service, or the network is down: try another region."
  },
  Refused: {
    what: `AWS refused ${action}.`,
    mend: "Mend what it says, then run the command again."
  }
})

/** The sentence that says what is wrong, and the one that says how to mend it. */
export const sentencesOf = (kind: AwsFaultKind, named: Named): Sentences => sentences(named)[kind]

/** The action that AWS names when it refuses for a lack of permission. */
export const deniedAction = (said: string): string | undefined =>
  /not authorized to perform:? ([\w:]+)/.exec(said)?.[1]
