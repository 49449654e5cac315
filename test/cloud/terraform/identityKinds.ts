import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand
} from "@aws-sdk/client-iam"
import type { Values } from "./Desired.ts"
import { document, type Kind, orNone, tagList, text } from "./Kind.ts"

const RoleName = (values: Values) => text(values, "name")

const role: Kind = {
  names: { assume_role_policy: "Trust" },
  wanted: ({ assume_role_policy }) => ({ Trust: document(assume_role_policy) }),
  find: async ({ identities }, values) => {
    const found = await orNone(identities.send(new GetRoleCommand({ RoleName: RoleName(values) })))
    return found && { Trust: document(found.Role?.AssumeRolePolicyDocument) }
  },
  make: ({ identities }, values, tags) =>
    identities.send(
      new CreateRoleCommand({
        RoleName: RoleName(values),
        AssumeRolePolicyDocument: text(values, "assume_role_policy"),
        Tags: tagList(tags)
      })
    ),
  change: ({ identities }, values) =>
    identities.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: RoleName(values),
        PolicyDocument: text(values, "assume_role_policy")
      })
    ),
  remove: ({ identities }, values) =>
    identities.send(new DeleteRoleCommand({ RoleName: RoleName(values) }))
}

const user: Kind = {
  wanted: () => ({}),
  find: async ({ identities }, values) =>
    (await orNone(identities.send(new GetUserCommand({ UserName: text(values, "name") })))) && {},
  make: ({ identities }, values, tags) =>
    identities.send(new CreateUserCommand({ UserName: text(values, "name"), Tags: tagList(tags) })),
  remove: async ({ identities }, values) => {
    const UserName = text(values, "name")
    const { AccessKeyMetadata = [] } = await identities.send(
      new ListAccessKeysCommand({ UserName })
    )
    for (const { AccessKeyId } of AccessKeyMetadata) {
      await identities.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
    }
    return identities.send(new DeleteUserCommand({ UserName }))
  }
}

const wantedPolicy = ({ policy }: Values): Values => ({ Policy: document(policy) })

const ofRole = (values: Values) => ({
  RoleName: text(values, "role"),
  PolicyName: text(values, "name")
})

const rolePolicy: Kind = {
  wanted: wantedPolicy,
  find: async ({ identities }, values) => {
    const found = await orNone(identities.send(new GetRolePolicyCommand(ofRole(values))))
    return found && { Policy: document(found.PolicyDocument) }
  },
  make: ({ identities }, values) =>
    identities.send(
      new PutRolePolicyCommand({ ...ofRole(values), PolicyDocument: text(values, "policy") })
    ),
  remove: ({ identities }, values) => identities.send(new DeleteRolePolicyCommand(ofRole(values)))
}

const ofUser = (values: Values) => ({
  UserName: text(values, "user"),
  PolicyName: text(values, "name")
})

const userPolicy: Kind = {
  wanted: wantedPolicy,
  find: async ({ identities }, values) => {
    const found = await orNone(identities.send(new GetUserPolicyCommand(ofUser(values))))
    return found && { Policy: document(found.PolicyDocument) }
  },
  make: ({ identities }, values) =>
    identities.send(
      new PutUserPolicyCommand({ ...ofUser(values), PolicyDocument: text(values, "policy") })
    ),
  remove: ({ identities }, values) => identities.send(new DeleteUserPolicyCommand(ofUser(values)))
}

export const identityKinds = {
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_user: user,
  aws_iam_user_policy: userPolicy
}
