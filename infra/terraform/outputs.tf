# The SAM template takes each output for which it has a parameter of that name (queue_arn is QueueArn).
# The Worker takes queue_url; a deployment needs code_bucket.

output "name" {
  description = "Prefix of the functions' names."
  value       = var.name
}

output "queue_url" {
  description = "Queue that the Worker sends events to, its CV_ANALYTICS_QUEUE_URL, and that the processor drains."
  value       = aws_sqs_queue.events.url
}

output "queue_arn" {
  description = "Source of the processor's event source mapping."
  value       = aws_sqs_queue.events.arn
}

output "delivery" {
  description = "Whether an event source mapping invokes the processor, or the schedule does."
  value       = var.delivery
}

output "dead_letters_url" {
  description = "Dead-letter queue that the reporter counts and the operator redrives."
  value       = aws_sqs_queue.dead_letters.url
}

output "table_name" {
  description = "Table that the processor writes and the reporter reads."
  value       = aws_dynamodb_table.analytics.name
}

output "processor_timeout_seconds" {
  description = "Timeout of the processor, of which the queue's visibility timeout is a multiple."
  value       = var.processor_timeout_seconds
}

output "report_time_zone" {
  description = "Zone of the schedule, and of the weeks that the reporter counts."
  value       = var.report_time_zone
}

output "report_from" {
  description = "Sender that the reporter may send as."
  value       = var.report_from
}

output "processor_role_arn" {
  description = "Role of the processor function."
  value       = aws_iam_role.processor.arn
}

output "reporter_role_arn" {
  description = "Role of the reporter function."
  value       = aws_iam_role.reporter.arn
}

output "deployment_role_arn" {
  description = "Role by which CodeDeploy shifts the processor to a new version."
  value       = aws_iam_role.deployment.arn
}

output "worker_user_name" {
  description = "User whose access key is the Worker's secret; no key is made here."
  value       = aws_iam_user.worker.name
}

output "code_bucket" {
  description = "Bucket in which a deployment puts the bundles for CloudFormation."
  value       = aws_s3_bucket.code.bucket
}
