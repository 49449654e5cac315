/** The AWS services that an owner's commands talk to. */
import { CloudFormationClient } from "@aws-sdk/client-cloudformation"
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { IAMClient } from "@aws-sdk/client-iam"
import { LambdaClient } from "@aws-sdk/client-lambda"
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api"
import { S3Client } from "@aws-sdk/client-s3"
import { SchedulerClient } from "@aws-sdk/client-scheduler"
import { SESv2Client } from "@aws-sdk/client-sesv2"
import { SNSClient } from "@aws-sdk/client-sns"
import { SQSClient } from "@aws-sdk/client-sqs"
import { STSClient } from "@aws-sdk/client-sts"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { clientLayer, type Send } from "./AwsClient.ts"

export class CloudFormation extends Context.Service<CloudFormation, Send<CloudFormationClient>>()(
  "aws/CloudFormation"
) {}

export class CloudWatch extends Context.Service<CloudWatch, Send<CloudWatchClient>>()(
  "aws/CloudWatch"
) {}

export class DynamoDb extends Context.Service<DynamoDb, Send<DynamoDBClient>>()("aws/DynamoDb") {}

export class Iam extends Context.Service<Iam, Send<IAMClient>>()("aws/Iam") {}

export class Lambda extends Context.Service<Lambda, Send<LambdaClient>>()("aws/Lambda") {}

export class S3 extends Context.Service<S3, Send<S3Client>>()("aws/S3") {}

export class Scheduler extends Context.Service<Scheduler, Send<SchedulerClient>>()(
  "aws/Scheduler"
) {}

export class Ses extends Context.Service<Ses, Send<SESv2Client>>()("aws/Ses") {}

export class Sns extends Context.Service<Sns, Send<SNSClient>>()("aws/Sns") {}

export class Sqs extends Context.Service<Sqs, Send<SQSClient>>()("aws/Sqs") {}

export class Sts extends Context.Service<Sts, Send<STSClient>>()("aws/Sts") {}

export class Tagging extends Context.Service<Tagging, Send<ResourceGroupsTaggingAPIClient>>()(
  "aws/Tagging"
) {}

export const dynamoDbLayer = (region: string) =>
  clientLayer(DynamoDb, "DynamoDB", (settings) => new DynamoDBClient(settings), region)

/** A queue's URL may name another host than the endpoint. */
export const sqsLayer = (region: string) =>
  clientLayer(
    Sqs,
    "SQS",
    (settings) => new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    region
  )

/** Every client for one region, with the credentials that Terraform finds too. */
export const layer = (region: string) =>
  Layer.mergeAll(
    clientLayer(
      CloudFormation,
      "CloudFormation",
      (settings) => new CloudFormationClient(settings),
      region
    ),
    clientLayer(CloudWatch, "CloudWatch", (settings) => new CloudWatchClient(settings), region),
    dynamoDbLayer(region),
    clientLayer(Iam, "IAM", (settings) => new IAMClient(settings), region),
    clientLayer(Lambda, "Lambda", (settings) => new LambdaClient(settings), region),
    // a bucket's name as part of the host has no address on another engine than AWS
    clientLayer(
      S3,
      "S3",
      (settings) => new S3Client({ ...settings, forcePathStyle: true }),
      region
    ),
    clientLayer(Scheduler, "Scheduler", (settings) => new SchedulerClient(settings), region),
    clientLayer(Ses, "SES", (settings) => new SESv2Client(settings), region),
    clientLayer(Sns, "SNS", (settings) => new SNSClient(settings), region),
    sqsLayer(region),
    clientLayer(Sts, "STS", (settings) => new STSClient(settings), region),
    clientLayer(
      Tagging,
      "Tagging",
      (settings) => new ResourceGroupsTaggingAPIClient(settings),
      region
    )
  )
