/** An AWS account that a deployment changes: its stack, bundles and keys. */
import { type AwsAnswers, type AwsRequest, type Refusal, refuse } from "../aws/AwsDouble.ts"

type Json = Readonly<Record<string, unknown>>
type Answer = Json | Refusal

export interface CloudKey {
  readonly id: string
  readonly used?: boolean
  readonly status?: string
  readonly made?: string
}

interface CloudStack {
  readonly status: string
  /** The value of its tag Application. */
  readonly application?: string
}

export interface CloudState {
  /** The oldest comes first. */
  readonly keys?: ReadonlyArray<CloudKey>
  readonly stack?: CloudStack
  /** False when the bucket has no bundle yet, so that each is zipped and uploaded. */
  readonly hasBundles?: boolean
  /** The events of the stack's change, the newest first. */
  readonly events?: ReadonlyArray<Json>
  /** Answers in place of the account's own, one after the other; the last one repeats. */
  readonly answers?: Readonly<Record<string, Answer | ReadonlyArray<Answer>>>
}

export const newKey = {
  id: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

export const stored = (status: string): Answer => ({ Items: [{ status: { S: status } }] })
export const notStored: Answer = { Items: [] }
export const verified: Answer = { VerificationStatus: "SUCCESS", VerifiedForSendingStatus: true }

const stackId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/cv-analytics-functions/1"
const absent = (what: string) => refuse("NoSuchEntity", `${what} cannot be found.`)

/** The parts of a change set that make it another one. */
const contentOf = ({ TemplateBody, ...others }: Json): string =>
  JSON.stringify([
    TemplateBody,
    Object.entries(others).filter(([name]) => name.startsWith("Parameters."))
  ])

/** An account in the given state, which later deployments find as earlier ones left it. */
export const cloudOf = (given: CloudState = {}) => {
  let keys: ReadonlyArray<CloudKey> = given.keys ?? []
  let stack = given.stack
  let [wanted, deployed] = ["", ""]
  let token: unknown
  const objects = new Set<unknown>()
  const asked = new Map<string, number>()

  const own: Readonly<Record<string, (input: Json) => Answer>> = {
    GetCallerIdentity: () => ({
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/owner"
    }),
    ListScheduleGroups: () => ({ ScheduleGroups: [] }),
    GetAccount: () => ({ ProductionAccessEnabled: false, SendingEnabled: true }),
    GetEmailIdentity: () => verified,
    GetSuppressedDestination: () => refuse("NotFoundException"),
    HeadBucket: () => refuse("NotFound"),
    ListObjectsV2: () => ({}),
    DeleteObject: () => ({}),
    DescribeStacks: () => {
      if (stack === undefined) {
        return refuse("ValidationError", "Stack with id cv-analytics-functions does not exist")
      }
      const { application, status } = stack
      const Tags = application === undefined ? [] : [{ Key: "Application", Value: application }]
      return { Stacks: [{ StackId: stackId, StackStatus: status, Tags }] }
    },
    HeadObject: ({ name }) =>
      given.hasBundles !== false || objects.has(name) ? {} : refuse("NotFound"),
    PutObject: ({ name }) => {
      objects.add(name)
      return {}
    },
    CreateChangeSet: (input) => {
      wanted = contentOf(input)
      return { Id: "arn:change-set", StackId: stackId }
    },
    DescribeChangeSet: () =>
      wanted === deployed
        ? { Status: "FAILED", StatusReason: "The submitted information didn't contain changes." }
        : { Status: "CREATE_COMPLETE" },
    DeleteChangeSet: () => ({}),
    ExecuteChangeSet: ({ ClientRequestToken }) => {
      token = ClientRequestToken
      deployed = wanted
      stack = { status: "UPDATE_COMPLETE", application: "cv-analytics" }
      return {}
    },
    DeleteStack: ({ ClientRequestToken }) => {
      token = ClientRequestToken
      stack = { status: "DELETE_COMPLETE", application: "cv-analytics" }
      return {}
    },
    DescribeStackEvents: () => ({
      StackEvents: (given.events ?? []).map((event) => ({ ClientRequestToken: token, ...event }))
    }),
    // AWS promises no order
    ListAccessKeys: () => ({
      AccessKeyMetadata: keys
        .map(({ id, made, status = "Active" }, index) => ({
          AccessKeyId: id,
          Status: status,
          CreateDate: made ?? `2026-0${index + 1}-01T00:00:00Z`
        }))
        .toReversed()
    }),
    GetAccessKeyLastUsed: ({ AccessKeyId }) => ({
      AccessKeyLastUsed: {
        Region: "N/A",
        ...(keys.find(({ id }) => id === AccessKeyId)?.used === true && {
          LastUsedDate: "2026-11-20T00:00:00Z"
        })
      }
    }),
    CreateAccessKey: () => {
      keys = [...keys, { id: newKey.id, made: "2026-11-23T07:00:00Z" }]
      return { AccessKey: { AccessKeyId: newKey.id, SecretAccessKey: newKey.secret } }
    },
    UpdateAccessKey: ({ AccessKeyId, Status }) => {
      keys = keys.map((key) => (key.id === AccessKeyId ? { ...key, status: String(Status) } : key))
      return {}
    },
    DeleteAccessKey: ({ AccessKeyId }) => {
      const left = keys.filter(({ id }) => id !== AccessKeyId)
      if (left.length === keys.length) return absent("The key")
      keys = left
      return {}
    },
    Query: () => stored("correlated"),
    GetQueueUrl: () => ({ QueueUrl: "https://sqs/1/cv-analytics.fifo" }),
    GetQueueAttributes: () => depth(0),
    GetResources: () => ({ ResourceTagMappingList: [] }),
    GetRole: () => absent("The role"),
    GetUser: () => absent("The user")
  }

  const answers: AwsAnswers = ({ input, operation }: AwsRequest) => {
    const count = asked.get(operation) ?? 0
    asked.set(operation, count + 1)
    const inPlace = given.answers?.[operation]
    if (Array.isArray(inPlace)) return inPlace[Math.min(count, inPlace.length - 1)]
    return (inPlace as Answer | undefined) ?? own[operation]?.(input) ?? refuse("InvalidAction")
  }
  return {
    answers,
    keys: () => keys.map(({ id }) => id),
    working: () => keys.flatMap(({ id, status = "Active" }) => (status === "Active" ? [id] : []))
  }
}
export type Cloud = ReturnType<typeof cloudOf>

export const depth = (waiting: number): Answer => ({
  Attributes: {
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesNotVisible: "0"
  }
})

const changing = /^(?:Put|Create|Update|Delete|Execute)(?:Object|ChangeSet|AccessKey|Stack)$/

/** The requests that changed the account. */
export const changes = (requests: ReadonlyArray<AwsRequest>): ReadonlyArray<string> =>
  requests.map(({ operation }) => operation).filter((operation) => changing.test(operation))

/** The parameters of the change set that a deployment made. */
export const parametersIn = (requests: ReadonlyArray<AwsRequest>): Record<string, string> => {
  const { input = {} } = requests.findLast(({ operation }) => operation === "CreateChangeSet") ?? {}
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      const member = /^(Parameters\.member\.\d+)\.ParameterKey$/.exec(name)?.[1]
      return member === undefined
        ? []
        : [[String(value), String((input as Json)[`${member}.ParameterValue`] ?? "")]]
    })
  )
}
