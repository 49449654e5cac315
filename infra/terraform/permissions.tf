# Every permission of the system in AWS. The SAM stack makes no role, so that a deployment of code cannot
# widen the permissions of the code.

# AWS does not document aws:SourceAccount for a function's role, and a condition on a key that is not sent
# would stop both functions. No other account can pass this role to a function of its own.
data "aws_iam_policy_document" "assumed_by_lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "assumed_by_scheduler" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "assumed_by_codedeploy" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

# --- processor -----------------------------------------------------------------------------------

data "aws_iam_policy_document" "processor" {
  # an event source mapping also asks how much there is
  statement {
    sid = "Receive"
    actions = (
      var.delivery == "trigger"
      ? ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      : ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    )
    resources = [aws_sqs_queue.events.arn]
  }

  statement {
    sid       = "Store"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.analytics.arn]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.processor.arn}:*"]
  }
}

resource "aws_iam_role" "processor" {
  name               = "${var.name}-processor"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_lambda.json
}

resource "aws_iam_role_policy" "processor" {
  name   = "process"
  role   = aws_iam_role.processor.id
  policy = data.aws_iam_policy_document.processor.json
}

# --- reporter ------------------------------------------------------------------------------------

data "aws_iam_policy_document" "reporter" {
  statement {
    sid       = "Ledger"
    actions   = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.analytics.arn]
  }

  statement {
    sid       = "ReadWeek"
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.analytics.arn}/index/week-index"]
  }

  statement {
    sid       = "CountDeadLetters"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.dead_letters.arn]
  }

  # metrics have no ARN
  statement {
    sid       = "ReadMetrics"
    actions   = ["cloudwatch:GetMetricStatistics"]
    resources = ["*"]
  }

  # SES's sandbox asks for the recipients' identities too, so the permission covers the whole account
  statement {
    sid     = "Send"
    actions = ["ses:SendRawEmail"]
    resources = [
      "arn:${local.partition}:ses:${var.region}:${local.account}:identity/*",
      # SES adds a sender's default configuration set to every mail
      "arn:${local.partition}:ses:${var.region}:${local.account}:configuration-set/*"
    ]

    condition {
      test     = "StringEquals"
      variable = "ses:FromAddress"
      values   = [var.report_from]
    }
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.reporter.arn}:*"]
  }
}

resource "aws_iam_role" "reporter" {
  name               = "${var.name}-reporter"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_lambda.json
}

resource "aws_iam_role_policy" "reporter" {
  name   = "report"
  role   = aws_iam_role.reporter.id
  policy = data.aws_iam_policy_document.reporter.json
}

# --- scheduler -----------------------------------------------------------------------------------

data "aws_iam_policy_document" "scheduler" {
  statement {
    actions = ["lambda:InvokeFunction"]
    resources = (
      var.delivery == "schedule"
      ? [local.reporter_live_arn, local.processor_live_arn]
      : [local.reporter_live_arn]
    )
  }
}

resource "aws_iam_role" "scheduler" {
  name               = "${var.name}-scheduler"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_scheduler.json
}

resource "aws_iam_role_policy" "scheduler" {
  name   = "invoke-functions"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.scheduler.json
}

# --- deployment: CodeDeploy shifts the processor's alias from one version to the next -------------

data "aws_iam_policy_document" "deployment" {
  statement {
    sid       = "ShiftTraffic"
    actions   = ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"]
    resources = [local.processor_arn, "${local.processor_arn}:*"]
  }

  statement {
    sid       = "WatchAlarms"
    actions   = ["cloudwatch:DescribeAlarms"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "deployment" {
  name               = "${var.name}-deployment"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_codedeploy.json
}

resource "aws_iam_role_policy" "deployment" {
  name   = "shift-traffic"
  role   = aws_iam_role.deployment.id
  policy = data.aws_iam_policy_document.deployment.json
}

# --- Worker: its access key is made and rotated outside of Terraform, whose state would hold it --

data "aws_iam_policy_document" "worker" {
  # AWS checks this for SendMessageBatch too
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.events.arn]
  }
}

resource "aws_iam_user" "worker" {
  name = "${var.name}-worker"

  # deletes the keys too, which Terraform does not know
  force_destroy = true
}

resource "aws_iam_user_policy" "worker" {
  name   = "send-events"
  user   = aws_iam_user.worker.name
  policy = data.aws_iam_policy_document.worker.json
}
