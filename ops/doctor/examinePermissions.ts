/** Each role, and the Worker's user, may do what is defined, and nothing else gives them more. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import { deployInfra } from "./compare.ts"
import type { DefinedPolicy, DefinedResources } from "./DefinedResources.ts"
import { examine } from "./examine.ts"
import { PolicyDocument, permissionsDefined, permissionsFound } from "./Permission.ts"

const Inline = Schema.Struct({ PolicyDocument })
const InlineNames = Schema.Struct({ PolicyNames: Schema.Array(Schema.String) })
const Attached = Schema.Struct({
  AttachedPolicies: Schema.Array(Schema.Struct({ PolicyName: Schema.String }))
})
const Groups = Schema.Struct({ Groups: Schema.Array(Schema.Struct({ GroupName: Schema.String })) })

/** Whatever else gives permissions: other policies, and the groups of a user. */
const othersOf = Effect.fnUntraced(function* ({ kind, name, owner }: DefinedPolicy) {
  const input = kind === "role" ? { RoleName: owner } : { UserName: owner }
  const { PolicyNames: inline } = yield* ask("iam", `list-${kind}-policies`, input, InlineNames)
  const { AttachedPolicies: attached } = yield* ask(
    "iam",
    `list-attached-${kind}-policies`,
    input,
    Attached
  )
  const { Groups: groups } =
    kind === "user" ? yield* ask("iam", "list-groups-for-user", input, Groups) : { Groups: [] }
  return [
    ...inline.filter((other) => other !== name),
    ...attached.map(({ PolicyName }) => PolicyName),
    ...groups.map(({ GroupName }) => `group ${GroupName}`)
  ]
})

const documentOf = ({ kind, name, owner }: DefinedPolicy) =>
  ask(
    "iam",
    `get-${kind}-policy`,
    { ...(kind === "role" ? { RoleName: owner } : { UserName: owner }), PolicyName: name },
    Inline
  )

const examineOwner = (defined: DefinedPolicy) => {
  const subject = `permissions of ${defined.kind} ${defined.owner}`
  const bad = (found: ReadonlyArray<string>, mend: string): ReadonlyArray<Check> =>
    found.length === 0 ? [] : [Check.Bad({ subject, what: `${found.join("\n")}.`, mend })]
  return examine(
    subject,
    Effect.gen(function* () {
      const expected = permissionsDefined(defined.statements)
      const found = permissionsFound((yield* documentOf(defined)).PolicyDocument)
      const others = yield* othersOf(defined)
      const more = [...found].filter((sentence) => !expected.has(sentence))
      const less = [...expected].filter((sentence) => !found.has(sentence))
      const checks = [
        ...bad(
          [
            ...more.map((sentence) => `found and not defined: ${sentence}`),
            ...less.map((sentence) => `defined and not found: ${sentence}`)
          ],
          deployInfra
        ),
        ...bad(
          others.map((other) => `it has ${other}, which is not defined`),
          "Take it off in IAM's console: Terraform does not know of it."
        )
      ]
      return checks.length === 0 ? [Check.Good({ subject, text: "as defined" })] : checks
    })
  )
}

export const examinePermissions = ({ policies }: DefinedResources) =>
  Effect.map(Effect.forEach(policies, examineOwner, { concurrency: 4 }), (checks) => checks.flat())
