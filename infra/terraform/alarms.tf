# An account has ten free metrics under alarm, and these are all ten. docs/operations.md explains each
# alarm under its name.

locals {
  notify = [aws_sns_topic.alarms.arn]

  # a message that was not stored waits for its visibility, and then for the next drain
  redelivery_seconds = (
    6 * var.processor_timeout_seconds + (var.delivery == "schedule" ? 60 * var.drain_minutes : 0)
  )

  # Each goes off above its threshold; missing data is fine.
  alarms = {
    # Twice as long as a message takes to become a dead letter: an older one is not even received.
    oldest-message = {
      description        = "Messages wait longer than failures explain: the processor does not receive them."
      namespace          = "AWS/SQS"
      metric_name        = "ApproximateAgeOfOldestMessage"
      dimensions         = { QueueName = aws_sqs_queue.events.name }
      statistic          = "Maximum"
      period             = 300
      evaluation_periods = 1
      threshold          = 2 * local.redelivery_seconds * var.max_receive_count
    }

    # An error is a batch without an answer: a failed start, a timeout, no memory. A deployment with one is
    # rolled back, so the alarm looks at single minutes.
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

    # A failed message inside of an answered batch does not count as an error of the function. A bad message
    # returns once in a visibility timeout; more failures mean the store, or a new version, which is rolled
    # back.
    processor-returns = {
      description        = "The processor returns more messages than single bad messages explain."
      namespace          = "cv-analytics"
      metric_name        = "returned"
      dimensions         = {}
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 1
      threshold          = 10
    }

    # The Worker cannot write to CloudWatch: the next event that gets through tells the losses before it.
    edge-losses = {
      description        = "The Worker lost events because the queue was unreachable, or refused them."
      namespace          = "cv-analytics"
      metric_name        = "edgeLost"
      dimensions         = {}
      statistic          = "Sum"
      period             = 300
      evaluation_periods = 1
      threshold          = 0
    }

    processor-throttles = {
      description        = "Lambda has refused to run the processor for 15 minutes: the account's concurrency is used up."
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

# The growth is watched, because one old letter would keep a level up and hide the next. The end of the
# alarm says only that no more came, so it sends no mail.
resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name        = "${var.name}-dead-letters"
  alarm_description = "A message failed ${var.max_receive_count} receives and waits in the dead-letter queue."
  alarm_actions     = local.notify

  evaluation_periods  = 2
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  # a queue that was idle has no data, and its first letter must count
  metric_query {
    id          = "growth"
    label       = "New dead letters"
    expression  = "DIFF(FILL(letters, 0))"
    return_data = true
  }

  metric_query {
    id = "letters"

    metric {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters.name }
      stat        = "Maximum"
      period      = 300
    }
  }
}

# Requests are counted, because an index throttles a request as well as the table does. Retries and the
# queue absorb a burst of less than a quarter of an hour.
resource "aws_cloudwatch_metric_alarm" "write_throttles" {
  alarm_name        = "${var.name}-write-throttles"
  alarm_description = "DynamoDB has throttled writes for 15 minutes: the events exceed the write capacity."
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

# A run that reports the week, or finds it reported, counts ReportSent. When a Monday's e-mail fails, the
# last count is Sunday's check, so the alarm goes off eight days after the last report.
resource "aws_cloudwatch_metric_alarm" "report_missing" {
  alarm_name        = "${var.name}-report-missing"
  alarm_description = "The last week's report has not been confirmed for two days; also on before the first daily check."
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
