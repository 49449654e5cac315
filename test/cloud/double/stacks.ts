/** CloudFormation for SAM's functions, by moto's CloudFormation and Lambda. */
import {
  CreateAliasCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateAliasCommand
} from "@aws-sdk/client-lambda"
import * as Effect from "effect/Effect"
import { clientConfig } from "../Moto.ts"
import { type Expanded, expandTemplate, forMoto } from "./expandTemplate.ts"
import { mapText, type Pass, type Supplement, serviceOf, textOf } from "./Pass.ts"

const refusal = (message: string) => ({
  status: 400,
  headers: { "content-type": "text/xml" },
  body:
    "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>" +
    `<Message>${message.replaceAll("<", "&lt;")}</Message></Error></ErrorResponse>`
})

const parametersIn = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const [, number] = /^Parameters\.member\.(\d+)\.ParameterKey$/.exec(name) ?? []
      return number === undefined
        ? []
        : [[value, form.get(`Parameters.member.${number}.ParameterValue`) ?? ""]]
    })
  )

/** The template that the request holds, or that it names in S3. */
const templateIn = (form: URLSearchParams, moto: string) =>
  Effect.promise(async () => {
    const address = form.get("TemplateURL")
    if (address === null) return form.get("TemplateBody") ?? ""
    const { hostname, pathname } = new URL(address)
    const [bucket] = /^(.+)\.s3\./.exec(hostname)?.slice(1) ?? []
    const path = bucket === undefined ? pathname : `/${bucket}${pathname}`
    return (await fetch(moto + path)).text()
  })

/** A property's value, where it is a parameter or a text with parameters in it. */
const plain = (value: unknown, parameters: Readonly<Record<string, string>>): string => {
  const { "Fn::Sub": text, Ref } = Object(value)
  if (Ref !== undefined) return parameters[Ref] ?? ""
  return String(text ?? value).replaceAll(/\$\{(\w+)\}/g, (_, name) => parameters[name] ?? "")
}

const publish = async (
  lambda: LambdaClient,
  { Resources }: Expanded,
  parameters: Readonly<Record<string, string>>
) => {
  for (const [id, { Properties, Type }] of Object.entries(Resources)) {
    if (Type !== "AWS::Lambda::Function") continue
    const FunctionName = plain(Properties.FunctionName, parameters)
    const Description = plain(Properties.Description, parameters)
    const { Version: FunctionVersion } = await lambda.send(
      new PublishVersionCommand({ FunctionName, Description })
    )
    const alias = { FunctionName, Name: "live", FunctionVersion }
    await lambda
      .send(new UpdateAliasCommand(alias))
      .catch(() => lambda.send(new CreateAliasCommand(alias)))
    const { FunctionName: _, ...retries } = Resources[`${id}EventInvokeConfig`]?.Properties ?? {}
    if (Object.keys(retries).length > 0) {
      const input = { ...retries, FunctionName }
      await lambda.send(new PutFunctionEventInvokeConfigCommand(input))
    }
  }
}

/** The architectures in the templates, by the functions' names. */
export type Architectures = Map<string, unknown>

interface Deployment {
  readonly stack: string
  readonly expanded: Expanded
  readonly parameters: Readonly<Record<string, string>>
}

/** Tells whether the template has a mapping with these parameters. */
const hasMapping = ({ Conditions, Resources }: Expanded, parameters: Deployment["parameters"]) =>
  Object.values(Resources).some(({ Condition = "", Type }) => {
    const [one, other] = Conditions?.[Condition]?.["Fn::Equals"] ?? []
    const isWanted = plain(one, parameters) === plain(other, parameters)
    return Type === "AWS::Lambda::EventSourceMapping" && isWanted
  })

/** moto leaves a mapping whose template has none. */
const removeMappings = async (lambda: LambdaClient, { expanded, parameters }: Deployment) => {
  if (hasMapping(expanded, parameters)) return
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}))
  for (const { UUID } of EventSourceMappings) {
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))
  }
}

const noChange = refusal("No updates are to be performed.")

const xml = (action: string, result: string) => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`
})

/** The name of every change set without a change, which CloudFormation makes as a failed one. */
const unchanged = "unchanged"

const ofUnchanged = (action: string) =>
  xml(
    action,
    "<Status>FAILED</Status>" +
      "<StatusReason>The submitted information didn't contain changes.</StatusReason>"
  )

/** A stack and a change set are asked for by their name or by their ARN. */
const nameIn = (form: URLSearchParams, field: "StackName" | "ChangeSetName"): string => {
  const given = form.get(field) ?? ""
  return /:(?:stack|changeSet)\/([^/]+)\//.exec(given)?.[1] ?? given
}

/** moto's own operations change the stack; the double remembers what each was given. */
export const stacks = (moto: string, architectures: Architectures): Supplement => {
  const lambda = new LambdaClient(clientConfig(moto))
  const planned = new Map<string, Deployment>()
  const deployed = new Map<string, Deployment>()

  const finish = (deployment: Deployment | undefined) =>
    Effect.promise(async () => {
      if (deployment === undefined) return
      const { expanded, parameters } = deployment
      await publish(lambda, expanded, parameters)
      await removeMappings(lambda, deployment)
      for (const { Properties, Type } of Object.values(expanded.Resources)) {
        if (Type !== "AWS::Lambda::Function") continue
        architectures.set(plain(Properties.FunctionName, parameters), Properties.Architectures)
      }
      deployed.set(deployment.stack, deployment)
    })

  const isSame = (deployment: Deployment) =>
    JSON.stringify(deployed.get(deployment.stack)) === JSON.stringify(deployment)

  const change = (form: URLSearchParams, pass: Pass, request: Parameters<Pass>[0]) =>
    Effect.gen(function* () {
      const [action, stack] = [form.get("Action"), nameIn(form, "StackName")]
      const parameters = parametersIn(form)
      const expanded = yield* expandTemplate(yield* templateIn(form, moto), parameters)
      const deployment = { stack, expanded, parameters }
      if (isSame(deployment)) {
        return action === "UpdateStack" ? noChange : xml("CreateChangeSet", `<Id>${unchanged}</Id>`)
      }
      form.delete("TemplateURL")
      form.set("TemplateBody", forMoto(expanded))
      const answer = yield* pass({ ...request, body: Buffer.from(form.toString()) })
      if (action === "CreateChangeSet") planned.set(nameIn(form, "ChangeSetName"), deployment)
      else if (answer.status < 300) yield* finish(deployment)
      return answer
    }).pipe(Effect.catch((detail) => Effect.succeed(refusal(detail))))

  const described = (form: URLSearchParams) => {
    const { Description } = deployed.get(nameIn(form, "StackName"))?.expanded ?? {}
    return (text: string) =>
      Description === undefined || text.includes("<Description>")
        ? text
        : text.replace("</StackName>", `</StackName><Description>${Description}</Description>`)
  }

  return (request, pass) => {
    if (serviceOf(request) !== "cloudformation") return undefined
    const form = new URLSearchParams(textOf(request))
    const [action, name] = [String(form.get("Action")), nameIn(form, "StackName")]
    if (form.get("ChangeSetName") === unchanged) return Effect.succeed(ofUnchanged(action))
    switch (action) {
      case "CreateStack":
      case "UpdateStack":
      case "CreateChangeSet":
        return change(form, pass, request)
      case "ExecuteChangeSet":
        return Effect.tap(pass(request), ({ status }) =>
          status < 300 ? finish(planned.get(nameIn(form, "ChangeSetName"))) : Effect.void
        )
      case "DeleteStack":
        deployed.delete(name)
        return undefined
      case "DescribeStacks":
        return Effect.map(pass(request), (answer) => mapText(answer, described(form)))
      default:
        return undefined
    }
  }
}
