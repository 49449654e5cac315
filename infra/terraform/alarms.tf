# Ten metrics under alarm are free in an account; these are all ten. What each means and asks for is in
# docs/operations.md, under its name.

locals {
  notify = [aws_sns_topic.alarms.arn]

  # Each goes off above its threshold, and nothing to count is nothing wrong.
  alarms = {
    dead-letters = {
      description        = "A message was given up after ${var.max_receive_count} receives and waits in the dead-letter queue."
      namespace          = "AWS/SQS"
      metric_name        = "ApproximateNumberOfMessagesVisible"
      dimensions         = { QueueName = aws_sqs_queue.dead_letters.name }
      statistic          = "Maximum"
      period             = 300
      evaluation_periods = 1
      threshold          = 0
    }

    # Twice as long as a message can take to become a dead letter: whatever is older is not even received.
    oldest-message = {
      description        = "Messages wait longer than any number of failures explains: nothing takes them from the queue."
      namespace          = "AWS/SQS"
      metric_name        = "ApproximateAgeOfOldestMessage"
      dimensions         = { QueueName = aws_sqs_queue.events.name }
      statistic          = "Maximum"
      period             = 300
      evaluation_periods = 1
      threshold          = 2 * 6 * var.processor_timeout_seconds * var.max_receive_count
    }

    # An error is a batch without an answer: a failed start, a timeout, no memory. A deployment that brings
    # one is rolled back, which is why it looks at single minutes.
    processor-errors = {
      description        = "The processor ended without an answer; its messages come again."
      namespace          = "AWS/Lambda"
      metric_name        = "Errors"
      dimensions         = { FunctionName = local.processor_name }
      statistic          = "Sum"
      period             = 60
      evaluation_periods = 1
      threshold          = 0
    }

    # What fails inside of an answered batch is no error of the function. Poison comes back once in a
    # visibility timeout; more than this is the store or a new version, and rolls the latter back.
    processor-returns = {
      description        = "The processor gives messages back faster than single bad messages explain."
      namespace          = "cv-analytics"
      metric_name        = "returned"
      dimensions         = {}
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 1
      threshold          = 10
    }

    # The Worker cannot write to CloudWatch: a question that gets through tells what was lost before it.
    edge-losses = {
      description        = "The Worker gave events up because the queue could not be reached, or refused them."
      namespace          = "cv-analytics"
      metric_name        = "edgeLost"
      dimensions         = {}
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 1
      threshold          = 0
    }

    processor-throttles = {
      description        = "For 15 minutes Lambda has refused to run the processor: the account's concurrency is used up."
      namespace          = "AWS/Lambda"
      metric_name        = "Throttles"
      dimensions         = { FunctionName = local.processor_name }
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 3
      threshold          = 0
    }

    reporter-errors = {
      description        = "A run of the reporter failed; Lambda tries it twice more, and the daily check again."
      namespace          = "AWS/Lambda"
      metric_name        = "Errors"
      dimensions         = { FunctionName = local.reporter_name }
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 1
      threshold          = 0
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "above" {
  for_each = local.alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.description
  alarm_actions     = local.notify
  ok_actions        = local.notify

  namespace           = each.value.namespace
  metric_name         = each.value.metric_name
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.evaluation_periods
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
}

# Counted by request, because a request is throttled by an index as well as by the table. A burst that
# is over in a quarter of an hour is what retries and the queue are there for.
resource "aws_cloudwatch_metric_alarm" "write_throttles" {
  alarm_name        = "${var.name}-write-throttles"
  alarm_description = "For 15 minutes DynamoDB has throttled writes: more comes in than the write capacity takes."
  alarm_actions     = local.notify
  ok_actions        = local.notify

  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "writes"
    label       = "Throttled writes"
    expression  = "FILL(puts, 0) + FILL(updates, 0)"
    return_data = true
  }

  metric_query {
    id = "puts"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      dimensions  = { TableName = aws_dynamodb_table.analytics.name, Operation = "PutItem" }
      stat        = "Sum"
      period      = 300
    }
  }

  metric_query {
    id = "updates"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ThrottledRequests"
      dimensions  = { TableName = aws_dynamodb_table.analytics.name, Operation = "UpdateItem" }
      stat        = "Sum"
      period      = 300
    }
  }
}

# A run that finds the week reported, or reports it, says ReportSent. When a Monday's e-mail fails the
# last to say so is Sunday's check, and two days without one are over eight days after the last report.
resource "aws_cloudwatch_metric_alarm" "report_missing" {
  alarm_name        = "${var.name}-report-missing"
  alarm_description = "For two days nobody has said that the last week is reported; before the first daily check that is so too."
  alarm_actions     = local.notify
  ok_actions        = local.notify

  namespace           = "cv-analytics"
  metric_name         = "ReportSent"
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 2
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
}
