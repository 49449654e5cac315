data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  # the SAM template gives the function this name, so that neither has to be deployed first
  reporter_function_arn = join(":", [
    "arn", data.aws_partition.current.partition, "lambda", var.region,
    data.aws_caller_identity.current.account_id, "function", "${var.name}-reporter"
  ])
}

resource "aws_scheduler_schedule" "weekly_report" {
  name                         = "${var.name}-weekly-report"
  schedule_expression          = "cron(0 7 ? * MON *)"
  schedule_expression_timezone = var.report_time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.reporter_function_arn
    role_arn = aws_iam_role.scheduler.arn
  }
}

resource "aws_iam_role" "scheduler" {
  name = "${var.name}-scheduler"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "invoke-reporter"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = local.reporter_function_arn
    }]
  })
}
