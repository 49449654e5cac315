/** Every policy of a role or user is a difference in a plan, unless it is defined. */
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { isRecord } from "../../infra/definitions/Expression.ts"
import { Infra, ofType, open } from "./Infra.ts"

const keysIn = (resources: Readonly<Record<string, unknown>>, type: string) =>
  Object.entries(ofType(resources, type)).map(([name, body]) => ({
    key: /\["(.+)"\]/.exec(name)?.[1] ?? name,
    ...(isRecord(body) ? body : {})
  }))

layer(Infra.layer)("policies", (it) => {
  it.effect("of a role are the one that is defined, and none is attached", () =>
    Effect.gen(function* () {
      const { resources } = (yield* Infra).terraform
      const policies: Readonly<Record<string, unknown>> = ofType(resources, "aws_iam_role_policy")
      const roles = Object.keys(ofType(resources, "aws_iam_role")).toSorted()
      const inline = keysIn(resources, "aws_iam_role_policies_exclusive")
      const attached = keysIn(resources, "aws_iam_role_policy_attachments_exclusive")
      assert.deepStrictEqual(
        inline.toSorted((one, other) => one.key.localeCompare(other.key)),
        roles.map((key) => ({
          key,
          role_name: open(`aws_iam_role.${key}.id`),
          policy_names: [Object(policies[key]).name]
        }))
      )
      assert.deepStrictEqual(
        attached.toSorted((one, other) => one.key.localeCompare(other.key)),
        roles.map((key) => ({ key, role_name: open(`aws_iam_role.${key}.id`), policy_arns: [] }))
      )
    })
  )

  it.effect("of the Worker's user are the one that is defined, and none is attached", () =>
    Effect.gen(function* () {
      const { resources } = (yield* Infra).terraform
      const user_name = "cv-analytics-worker"
      assert.deepStrictEqual(resources["aws_iam_user_policies_exclusive.worker"], {
        user_name,
        policy_names: ["send-events"]
      })
      assert.deepStrictEqual(resources["aws_iam_user_policy_attachments_exclusive.worker"], {
        user_name,
        policy_arns: []
      })
    })
  )
})
