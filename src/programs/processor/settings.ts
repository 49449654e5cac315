import * as Config from "effect/Config"

export const settings = {
  AWS_REGION: {
    config: Config.NonEmptyString("AWS_REGION"),
    expected: "the region of the table",
    example: "eu-west-1"
  },
  TABLE_NAME: {
    config: Config.NonEmptyString("TABLE_NAME"),
    expected: "the name of the DynamoDB table",
    example: "cv-analytics"
  },
  QUEUE_URL: {
    config: Config.URL("QUEUE_URL"),
    expected: "the URL of the event queue",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
  }
}
