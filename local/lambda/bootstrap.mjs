/**
 * The process inside a sandbox loads the handler once, then asks the Runtime API for one invocation
 * after another, until the API no longer answers. It is JavaScript, because stripping types would
 * more than double an empty cold start.
 */
import { existsSync } from "node:fs"
import { Agent, request } from "node:http"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"

const environment = process.env
const api = `http://${environment.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`
// It has no time limit, because `next` stays open while the process is frozen.
const agent = new Agent({ keepAlive: true })

const call = (method, path, body, headers = {}) =>
  new Promise((done, failed) => {
    const sent = request(`${api}${path}`, { agent, method, headers }, (response) => {
      const chunks = []
      response.on("data", (chunk) => chunks.push(chunk))
      response.on("error", failed)
      response.on("end", () =>
        done({ headers: response.headers, body: Buffer.concat(chunks).toString("utf8") })
      )
    })
    sent.on("error", failed)
    sent.end(body)
  }).catch(() => process.exit(1))

const named = (name, message) => Object.assign(new Error(message), { name })

const describe = (thrown) =>
  thrown instanceof Error
    ? {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: thrown.stack?.split("\n") ?? []
      }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }

const report = (path, thrown) => {
  const error = describe(thrown)
  return call("POST", path, JSON.stringify(error), {
    "content-type": "application/json",
    "lambda-runtime-function-error-type": error.errorType
  })
}

let reportPath = "/init/error"
const crash = (thrown, exitCode) => report(reportPath, thrown).then(() => process.exit(exitCode))
process.on("uncaughtException", (thrown) => crash(thrown, 129))
process.on("unhandledRejection", (thrown) =>
  crash(named("Runtime.UnhandledPromiseRejection", String(thrown)), 128)
)

const loadHandler = async () => {
  const [module = "", name = ""] = (environment._HANDLER ?? "").split(".")
  const stem = resolve(environment.LAMBDA_TASK_ROOT ?? ".", module)
  const file = [".mjs", ".js", ".cjs"].map((ending) => stem + ending).find(existsSync)
  if (file === undefined) {
    throw named("Runtime.ImportModuleError", `Error: Cannot find module '${module}'`)
  }
  const handler = (await import(pathToFileURL(file).href))[name]
  if (typeof handler !== "function") {
    throw named("Runtime.HandlerNotFound", `${environment._HANDLER} is undefined or not exported`)
  }
  if (handler.length > 2) {
    throw named(
      "Runtime.CallbackHandlerDeprecated",
      "Callback-based handlers are gone since Node.js 24: use an async handler"
    )
  }
  return handler
}

const contextOf = (headers) => ({
  awsRequestId: headers["lambda-runtime-aws-request-id"],
  callbackWaitsForEmptyEventLoop: true,
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
  getRemainingTimeInMillis: () =>
    Math.max(0, Number(headers["lambda-runtime-deadline-ms"]) - Date.now()),
  invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
  logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
  memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE
})

const handler = await loadHandler().catch((thrown) => crash(thrown, 1))

for (;;) {
  const next = await call("GET", "/invocation/next")
  const context = contextOf(next.headers)
  const path = `/invocation/${context.awsRequestId}`
  reportPath = `${path}/error`
  environment._X_AMZN_TRACE_ID = next.headers["lambda-runtime-trace-id"]
  try {
    const answer = JSON.stringify(await handler(JSON.parse(next.body), context)) ?? "null"
    await call("POST", `${path}/response`, answer, { "content-type": "application/json" })
  } catch (thrown) {
    await report(reportPath, thrown)
  }
}
