/** Each role, and the Worker's user, has exactly the permissions that are defined. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ask } from "../deploy/Aws.ts"
import { Check } from "../deploy/Check.ts"
import type { DefinedPolicy, DefinedResources } from "./DefinedResources.ts"
import { deployInfra, examine } from "./examine.ts"
import { PolicyDocument, permissionsDefined, permissionsFound } from "./Permission.ts"

const Inline = Schema.Struct({ PolicyDocument })
const InlineNames = Schema.Struct({ PolicyNames: Schema.Array(Schema.String) })
const Attached = Schema.Struct({
  AttachedPolicies: Schema.Array(Schema.Struct({ PolicyName: Schema.String }))
})
const Groups = Schema.Struct({ Groups: Schema.Array(Schema.Struct({ GroupName: Schema.String })) })

const ownerOf = ({ kind, owner }: DefinedPolicy) =>
  kind === "role" ? { RoleName: owner } : { UserName: owner }

/** Everything else that gives permissions: other policies, and the groups of a user. */
const othersOf = Effect.fnUntraced(function* (defined: DefinedPolicy) {
  const { kind, name } = defined
  const input = ownerOf(defined)
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

const examineOwner = (defined: DefinedPolicy) => {
  const { kind, name, owner } = defined
  const subject = `permissions of ${kind} ${owner}`
  const bad = (findings: ReadonlyArray<string>, mend: string): ReadonlyArray<Check> =>
    findings.length === 0 ? [] : [Check.Bad({ subject, what: `${findings.join("\n")}.`, mend })]
  return examine(
    subject,
    Effect.gen(function* () {
      const input = { ...ownerOf(defined), PolicyName: name }
      const { PolicyDocument: document } = yield* ask("iam", `get-${kind}-policy`, input, Inline)
      const expected = permissionsDefined(defined.statements)
      const found = permissionsFound(document)
      const others = yield* othersOf(defined)
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
  Effect.map(Effect.forEach(policies, examineOwner, { concurrency: 4 }), (checks) => checks.flat())
