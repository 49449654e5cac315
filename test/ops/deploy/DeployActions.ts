/** The permissions behind each call of a deployment, its removal and the doctor. */

const of = (service: string, names: string): ReadonlyArray<string> =>
  names.split(" ").map((name) => `${service}:${name}`)

const each = (service: string, names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(" ").map((name) => [name, `${service}:${name}`]))

/** The permission that AWS asks for an operation of its API; anybody may ask who one is. */
export const permissionOf: Readonly<Record<string, string | null>> = {
  GetCallerIdentity: null,
  ...each(
    "cloudformation",
    "CreateChangeSet DeleteChangeSet DeleteStack DescribeChangeSet DescribeStackEvents " +
      "DescribeStacks DescribeStackDriftDetectionStatus DescribeStackResourceDrifts " +
      "DetectStackDrift ExecuteChangeSet"
  ),
  ...each("cloudwatch", "DescribeAlarms GetMetricStatistics"),
  ...each("dynamodb", "DescribeTable DescribeTimeToLive Query"),
  ...each("freetier", "GetFreeTierUsage"),
  ...each(
    "iam",
    "CreateAccessKey DeleteAccessKey GetAccessKeyLastUsed GetRole GetUser ListAccessKeys " +
      "ListGroupsForUser UpdateAccessKey"
  ),
  ...each(
    "lambda",
    "GetAlias GetFunctionConfiguration ListEventSourceMappings ListVersionsByFunction"
  ),
  ...each("s3", "DeleteObject PutObject"),
  // AWS has no permission of the names of these
  HeadBucket: "s3:ListBucket",
  ListObjectsV2: "s3:ListBucket",
  HeadObject: "s3:GetObject",
  ...each("scheduler", "GetSchedule ListScheduleGroups"),
  ...each("ses", "GetAccount GetEmailIdentity GetSuppressedDestination"),
  ...each("sns", "ListSubscriptionsByTopic"),
  ...each("sqs", "GetQueueAttributes GetQueueUrl"),
  ...each("tag", "GetResources")
}

/** The test of the weekly e-mail, with the operator's credentials. */
export const mailing = ["ses:SendRawEmail"]

const queueAttributes = of("sqs", "GetQueueAttributes SetQueueAttributes")
const topicAttributes = of("sns", "GetTopicAttributes SetTopicAttributes")
const tagging = (service: string) => of(service, "ListTagsForResource TagResource UntagResource")
const passing = ["iam:PassRole"]

/**
 * Terraform's AWS provider calls these to make, read, change and remove a resource of each type,
 * as far as is known. They are written from memory of the provider: its calls were not recorded,
 * and no account has answered.
 */
export const byTerraform: Readonly<Record<string, ReadonlyArray<string>>> = {
  aws_budgets_budget: [...of("budgets", "ModifyBudget ViewBudget"), ...tagging("budgets")],
  aws_cloudwatch_log_group: [
    ...of(
      "logs",
      "CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DescribeLogGroups PutRetentionPolicy"
    ),
    ...tagging("logs")
  ],
  aws_cloudwatch_metric_alarm: [
    ...of("cloudwatch", "DeleteAlarms DescribeAlarms PutMetricAlarm"),
    ...tagging("cloudwatch")
  ],
  aws_dynamodb_table: of(
    "dynamodb",
    "CreateTable DeleteTable DescribeContinuousBackups DescribeTable DescribeTimeToLive " +
      "ListTagsOfResource TagResource UntagResource UpdateContinuousBackups UpdateTable " +
      "UpdateTimeToLive"
  ),
  aws_iam_role: of(
    "iam",
    "CreateRole DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole " +
      "ListRolePolicies TagRole UntagRole UpdateAssumeRolePolicy UpdateRole"
  ),
  aws_iam_role_policies_exclusive: of("iam", "DeleteRolePolicy ListRolePolicies PutRolePolicy"),
  // it detaches a stranger's policy, and attaches none
  aws_iam_role_policy_attachments_exclusive: of("iam", "DetachRolePolicy ListAttachedRolePolicies"),
  aws_iam_role_policy: of("iam", "DeleteRolePolicy GetRolePolicy PutRolePolicy"),
  // a forced removal looks for everything that a user may have
  aws_iam_user: of(
    "iam",
    "CreateUser DeleteAccessKey DeleteLoginProfile DeleteUser GetUser ListAccessKeys " +
      "ListGroupsForUser ListMFADevices ListSSHPublicKeys ListServiceSpecificCredentials " +
      "ListSigningCertificates ListVirtualMFADevices TagUser UntagUser UpdateUser"
  ),
  aws_iam_user_policies_exclusive: of("iam", "DeleteUserPolicy ListUserPolicies PutUserPolicy"),
  aws_iam_user_policy_attachments_exclusive: of("iam", "DetachUserPolicy ListAttachedUserPolicies"),
  aws_iam_user_policy: of("iam", "DeleteUserPolicy GetUserPolicy PutUserPolicy"),
  // the provider reads what older versions of it kept in the bucket's own definition
  aws_s3_bucket: of(
    "s3",
    "CreateBucket DeleteBucket DeleteObject DeleteObjectVersion GetAccelerateConfiguration " +
      "GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration " +
      "GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning " +
      "GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration " +
      "GetReplicationConfiguration ListBucket ListBucketVersions ListTagsForResource " +
      "PutBucketTagging TagResource UntagResource"
  ),
  aws_s3_bucket_lifecycle_configuration: of(
    "s3",
    "GetLifecycleConfiguration PutLifecycleConfiguration"
  ),
  aws_s3_bucket_policy: of("s3", "DeleteBucketPolicy GetBucketPolicy PutBucketPolicy"),
  aws_s3_bucket_public_access_block: of(
    "s3",
    "GetBucketPublicAccessBlock PutBucketPublicAccessBlock"
  ),
  aws_scheduler_schedule: [
    ...of("scheduler", "CreateSchedule DeleteSchedule GetSchedule UpdateSchedule"),
    ...passing
  ],
  aws_sns_topic: [...of("sns", "CreateTopic DeleteTopic"), ...topicAttributes, ...tagging("sns")],
  aws_sns_topic_policy: topicAttributes,
  aws_sns_topic_subscription: of(
    "sns",
    "GetSubscriptionAttributes SetSubscriptionAttributes Subscribe Unsubscribe"
  ),
  aws_sqs_queue: [
    ...of("sqs", "CreateQueue DeleteQueue ListQueueTags TagQueue UntagQueue"),
    ...queueAttributes
  ],
  aws_sqs_queue_policy: queueAttributes,
  aws_sqs_queue_redrive_allow_policy: queueAttributes
}

/**
 * CloudFormation calls these for each type, with the deployer's credentials. They are as uncertain
 * as Terraform's. A function brings its version, its alias and the application by which CodeDeploy
 * shifts it, and the stack's tags go to all that can have tags.
 */
export const byCloudFormation: Readonly<Record<string, ReadonlyArray<string>>> = {
  "AWS::Serverless::Function": [
    ...of(
      "lambda",
      "CreateAlias CreateFunction DeleteAlias DeleteFunction DeleteFunctionEventInvokeConfig " +
        "GetAlias GetFunction GetFunctionConfiguration GetFunctionEventInvokeConfig ListTags " +
        "ListVersionsByFunction PublishVersion PutFunctionEventInvokeConfig TagResource " +
        "UntagResource UpdateAlias UpdateFunctionCode UpdateFunctionConfiguration " +
        "UpdateFunctionEventInvokeConfig"
    ),
    ...of(
      "codedeploy",
      "CreateApplication CreateDeployment CreateDeploymentGroup DeleteApplication " +
        "DeleteDeploymentGroup GetApplication GetApplicationRevision GetDeployment " +
        "GetDeploymentConfig GetDeploymentGroup ListTagsForResource RegisterApplicationRevision " +
        "TagResource UntagResource UpdateDeploymentGroup"
    ),
    "s3:GetObject",
    ...passing
  ],
  "AWS::Lambda::EventSourceMapping": of(
    "lambda",
    "CreateEventSourceMapping DeleteEventSourceMapping GetEventSourceMapping ListTags " +
      "TagResource UntagResource UpdateEventSourceMapping"
  )
}
