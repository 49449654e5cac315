import { isFields, type JsonFields, listOf } from "../Json.ts"

const failedStatuses = ["error", "failed", "failure"]

const isTold = (error: unknown): boolean =>
  error === true ||
  (typeof error === "string" && error.trim() !== "") ||
  (isFields(error) && Object.keys(error).length > 0)

const isHttpError = (status: unknown): boolean =>
  Number.isSafeInteger(status) && Number(status) >= 400 && Number(status) < 600

/** Chatbots and their gateways tell a failure inside a 200 in these ways. */
export const isFailure = (json: JsonFields, event: string | undefined): boolean =>
  event === "error" ||
  json.type === "error" ||
  json.event === "error" ||
  isTold(json.error) ||
  isTold(json.errorText) ||
  isTold(json.errorMessage) ||
  json.success === false ||
  json.ok === false ||
  failedStatuses.includes(String(json.status)) ||
  isHttpError(json.statusCode ?? json.status_code) ||
  (listOf(json.errors).length > 0 && !isFields(json.data))
