/** The policies that a role or a user has beside those that are defined. */
import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand
} from "@aws-sdk/client-iam"
import type { Clients } from "../Clients.ts"
import type { Values } from "./Desired.ts"
import { type Kind, orNone, text } from "./Kind.ts"

interface Listed {
  /** The attribute that lists them, and its name in the API. */
  readonly attribute: readonly [field: string, name: string]
  /** Undefined where the role or the user is missing. */
  readonly list: (clients: Clients, values: Values) => Promise<ReadonlyArray<string> | undefined>
  readonly take: (clients: Clients, values: Values, policy: string) => Promise<unknown>
}

const sorted = (policies: unknown): ReadonlyArray<string> =>
  Array.isArray(policies) ? policies.map(String).toSorted() : []

const exclusive = ({ attribute: [field, name], list, take }: Listed): Kind => {
  const takeOthers = async (clients: Clients, values: Values) => {
    const wanted = sorted(values[field])
    for (const policy of (await list(clients, values)) ?? []) {
      if (!wanted.includes(policy)) await take(clients, values, policy)
    }
  }
  return {
    wanted: (values) => ({ [name]: sorted(values[field]) }),
    find: async (clients, values) => {
      const found = await list(clients, values)
      return found && { [name]: sorted(found) }
    },
    make: takeOthers,
    change: takeOthers,
    // the policies go with the role or the user
    remove: async () => undefined
  }
}

const inline = ["policy_names", "PolicyNames"] as const
const attached = ["policy_arns", "PolicyArns"] as const

const ofRole = (values: Values) => ({ RoleName: text(values, "role_name") })
const ofUser = (values: Values) => ({ UserName: text(values, "user_name") })

const arnsOf = (
  answer:
    | {
        readonly AttachedPolicies?:
          | ReadonlyArray<{ readonly PolicyArn?: string | undefined }>
          | undefined
      }
    | undefined
) => answer && (answer.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn)

export const exclusiveKinds = {
  aws_iam_role_policies_exclusive: exclusive({
    attribute: inline,
    list: async ({ identities }, values) => {
      const found = await orNone(identities.send(new ListRolePoliciesCommand(ofRole(values))))
      return found && (found.PolicyNames ?? [])
    },
    take: ({ identities }, values, PolicyName) =>
      identities.send(new DeleteRolePolicyCommand({ ...ofRole(values), PolicyName }))
  }),
  aws_iam_role_policy_attachments_exclusive: exclusive({
    attribute: attached,
    list: async ({ identities }, values) =>
      arnsOf(await orNone(identities.send(new ListAttachedRolePoliciesCommand(ofRole(values))))),
    take: ({ identities }, values, PolicyArn) =>
      identities.send(new DetachRolePolicyCommand({ ...ofRole(values), PolicyArn }))
  }),
  aws_iam_user_policies_exclusive: exclusive({
    attribute: inline,
    list: async ({ identities }, values) => {
      const found = await orNone(identities.send(new ListUserPoliciesCommand(ofUser(values))))
      return found && (found.PolicyNames ?? [])
    },
    take: ({ identities }, values, PolicyName) =>
      identities.send(new DeleteUserPolicyCommand({ ...ofUser(values), PolicyName }))
  }),
  aws_iam_user_policy_attachments_exclusive: exclusive({
    attribute: attached,
    list: async ({ identities }, values) =>
      arnsOf(await orNone(identities.send(new ListAttachedUserPoliciesCommand(ofUser(values))))),
    take: ({ identities }, values, PolicyArn) =>
      identities.send(new DetachUserPolicyCommand({ ...ofUser(values), PolicyArn }))
  })
}
