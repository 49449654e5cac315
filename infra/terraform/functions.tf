data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # the SAM template gives the functions these names, so that neither has to be deployed first
  processor_name = "${var.name}-processor"
  reporter_name  = "${var.name}-reporter"

  functions_arn = "arn:${local.partition}:lambda:${var.region}:${local.account}:function"
  processor_arn = "${local.functions_arn}:${local.processor_name}"
  reporter_arn  = "${local.functions_arn}:${local.reporter_name}"

  # callers use this alias of a function, never its latest code
  processor_live_arn = "${local.processor_arn}:live"
  reporter_live_arn  = "${local.reporter_arn}:live"
}

# made before the functions, which would make logs that never expire
resource "aws_cloudwatch_log_group" "processor" {
  name              = "/aws/lambda/${local.processor_name}"
  retention_in_days = var.log_retention_days
}

resource "aws_cloudwatch_log_group" "reporter" {
  name              = "/aws/lambda/${local.reporter_name}"
  retention_in_days = var.log_retention_days
}
