import type { Definitions } from "../infra/definitions/Definitions.ts"

export interface FunctionEndpoints {
  readonly dynamoDb: string
  readonly metrics: string
  readonly ses: string
  readonly sqs: string
  readonly queueArn: string
  readonly queueUrl: string
  readonly deadLettersUrl: string
  /** Variables of the reporter that name its channels; absent for none. */
  readonly channels?: Readonly<Record<string, string>>
}

export interface ReportAddresses {
  readonly siteName: string
  readonly reportFrom: string
  readonly reportTo: string
}

/** The AWS clients in a bundle read these variables, so their code needs no change. */
export const endpointVariables = ({ dynamoDb, metrics, ses, sqs }: FunctionEndpoints) => ({
  AWS_ENDPOINT_URL_CLOUDWATCH: metrics,
  AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
  AWS_ENDPOINT_URL_SES: ses,
  AWS_ENDPOINT_URL_SQS: sqs
})

/** The variables that the function's definition names, and the local endpoints. */
export const functionEnvironment = (
  name: "processor" | "reporter",
  definitions: Definitions,
  addresses: ReportAddresses,
  endpoints: FunctionEndpoints
): Readonly<Record<string, string>> => {
  const values: Readonly<Record<string, string>> = {
    ...endpoints.channels,
    TABLE_NAME: definitions.table.TableName,
    SITE_NAME: addresses.siteName,
    REPORT_FROM: addresses.reportFrom,
    REPORT_TO: addresses.reportTo,
    REPORT_TIME_ZONE: definitions.schedule.timeZone,
    QUEUE_ARN: endpoints.queueArn,
    QUEUE_URL: endpoints.queueUrl,
    DEAD_LETTERS_URL: endpoints.deadLettersUrl
  }
  const named = definitions[name].variables.flatMap((variable) => {
    const value = values[variable]
    return value === undefined ? [] : [[variable, value] as const]
  })
  return { ...Object.fromEntries(named), ...endpointVariables(endpoints) }
}
