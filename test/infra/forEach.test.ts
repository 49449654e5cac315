/** `for_each` and `count` are expanded as Terraform expands them. */
import { writeFileSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readTerraform } from "../../infra/definitions/Terraform.ts"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"

const read = (source: string) =>
  Effect.gen(function* () {
    const folder = yield* temporaryFolder
    writeFileSync(`${folder}/main.tf`, source)
    return (yield* readTerraform({ name: "cv" }, { folder })).resources
  }).pipe(Effect.provide(NodeServices.layer))

describe("a resource with for_each", () => {
  it.effect("becomes one resource for each key, with the values of that key", () =>
    Effect.gen(function* () {
      const resources = yield* read(`
        locals {
          alarms = {
            errors = { threshold = 2 * 3, dimensions = { Name = aws_sqs_queue.events.name } }
            losses = { threshold = 0, dimensions = {} }
          }
        }
        resource "aws_sqs_queue" "events" {
          name = "\${var.name}.fifo"
        }
        resource "alarm" "above" {
          for_each   = local.alarms
          name       = "\${var.name}-\${each.key}"
          threshold  = each.value.threshold
          dimensions = each.value.dimensions
        }
      `)
      assert.deepStrictEqual(resources, {
        "aws_sqs_queue.events": { name: "cv.fifo" },
        'alarm.above["errors"]': {
          name: "cv-errors",
          threshold: 6,
          dimensions: { Name: "cv.fifo" }
        },
        'alarm.above["losses"]': { name: "cv-losses", threshold: 0, dimensions: {} }
      })
    })
  )

  it.effect("or count becomes as many as its number says, which may be none", () =>
    Effect.gen(function* () {
      const resources = yield* read(`
        resource "alarm" "none" {
          count = var.name == "other" ? 1 : 0
          name  = "none"
        }
        resource "alarm" "two" {
          count = 2
          name  = "two of \${var.name}"
        }
      `)
      assert.deepStrictEqual(resources, {
        "alarm.two[0]": { name: "two of cv" },
        "alarm.two[1]": { name: "two of cv" }
      })
    })
  )

  it.effect("stays one resource where only Terraform knows the keys", () =>
    Effect.gen(function* () {
      const resources = yield* read(`
        resource "alarm" "above" {
          for_each = toset(var.names)
          name     = each.key
        }
      `)
      assert.deepStrictEqual(resources, {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's expressions
        "alarm.above": { for_each: "${toset(var.names)}", name: "${each.key}" }
      })
    })
  )
})
