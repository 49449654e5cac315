/** Each role, and the Worker's user, has exactly the permissions that are defined. */
import {
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand
} from "@aws-sdk/client-iam"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Iam } from "../aws/Clients.ts"
import { Check } from "../deploy/Check.ts"
import { understand } from "../deploy/DeployFault.ts"
import type { DefinedPolicy, DefinedResources } from "./DefinedResources.ts"
import { atOnce, deployInfra, examine } from "./examine.ts"
import { PolicyDocument, permissionsDefined, permissionsFound } from "./Permission.ts"

const ofRole = ({ name: PolicyName, owner: RoleName }: DefinedPolicy) =>
  Iam.use((send) =>
    Effect.all(
      {
        policy: send(new GetRolePolicyCommand({ RoleName, PolicyName })),
        inline: send(new ListRolePoliciesCommand({ RoleName })),
        attached: send(new ListAttachedRolePoliciesCommand({ RoleName })),
        membership: Effect.succeed({ Groups: [] })
      },
      atOnce
    )
  )

const ofUser = ({ name: PolicyName, owner: UserName }: DefinedPolicy) =>
  Iam.use((send) =>
    Effect.all(
      {
        policy: send(new GetUserPolicyCommand({ UserName, PolicyName })),
        inline: send(new ListUserPoliciesCommand({ UserName })),
        attached: send(new ListAttachedUserPoliciesCommand({ UserName })),
        membership: send(new ListGroupsForUserCommand({ UserName }))
      },
      atOnce
    )
  )

/** IAM writes the document as part of a URL. */
const understandDocument = understand(
  Schema.fromJsonString(PolicyDocument),
  "IAM",
  "npm ci, then run the command again."
)

/** The policy, and everything else that gives permissions: others, and the groups of a user. */
const readPermissions = Effect.fnUntraced(function* (defined: DefinedPolicy) {
  const { attached, inline, membership, policy } = yield* defined.kind === "role"
    ? ofRole(defined)
    : ofUser(defined)
  const document = yield* understandDocument(decodeURIComponent(policy.PolicyDocument ?? ""))
  const others = [
    ...(inline.PolicyNames ?? []).filter((other) => other !== defined.name),
    ...(attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName),
    ...(membership.Groups ?? []).map(({ GroupName }) => `group ${GroupName}`)
  ]
  return { document, others }
})

const examineOwner = (defined: DefinedPolicy) => {
  const { kind, owner } = defined
  const subject = `permissions of ${kind} ${owner}`
  const bad = (findings: ReadonlyArray<string>, mend: string): ReadonlyArray<Check> =>
    findings.length === 0 ? [] : [Check.Bad({ subject, what: `${findings.join("\n")}.`, mend })]
  return examine(
    subject,
    Effect.gen(function* () {
      const { document, others } = yield* readPermissions(defined)
      const expected = permissionsDefined(defined.statements)
      const found = permissionsFound(document)
      const more = [...found].filter((sentence) => !expected.has(sentence))
      const less = [...expected].filter((sentence) => !found.has(sentence))
      const checks = [
        ...bad(
          [
            ...more.map((sentence) => `deployed but not defined: ${sentence}`),
            ...less.map((sentence) => `defined but not deployed: ${sentence}`)
          ],
          deployInfra
        ),
        ...bad(
          others.map((other) => `it has ${other}, which is not defined`),
          "Remove it in IAM's console: Terraform does not know it."
        )
      ]
      return checks.length === 0 ? [Check.Good({ subject, text: "as defined" })] : checks
    })
  )
}

export const examinePermissions = ({ policies }: DefinedResources) =>
  Effect.map(Effect.forEach(policies, examineOwner, atOnce), (checks) => checks.flat())
