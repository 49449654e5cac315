resource "aws_scheduler_schedule" "report" {
  for_each = {
    weekly-report = {
      description = "Reports the previous week."
      expression  = "cron(0 7 ? * MON *)"
    }

    # The same run every day finds the week reported and says so, or reports it. An alarm looks back seven
    # days at most, so it could never miss a weekly sign of life.
    report-check = {
      description = "Makes sure that the previous week is reported."
      expression  = "cron(0 9 * * ? *)"
    }
  }

  name                         = "${var.name}-${each.key}"
  description                  = each.value.description
  schedule_expression          = each.value.expression
  schedule_expression_timezone = var.report_time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.reporter_live_arn
    role_arn = aws_iam_role.scheduler.arn

    # retries a delivery that Lambda did not take; its event has no data that a dead-letter queue could keep
    retry_policy {
      maximum_event_age_in_seconds = 21600
      maximum_retry_attempts       = 185
    }
  }
}

# Looks at the last hour and mails what is wrong with it. A run an hour late has nothing to tell that the next
# one does not find.
resource "aws_scheduler_schedule" "watch" {
  count = var.watch ? 1 : 0

  name                         = "${var.name}-watch"
  description                  = "Tells of failing answers, silence and the like."
  schedule_expression          = "cron(7 * * * ? *)"
  schedule_expression_timezone = "Etc/UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.reporter_live_arn
    role_arn = aws_iam_role.scheduler.arn

    # events wait for the next drain, which looks like silence
    input = var.delivery == "schedule" ? "{\"watch\":true,\"lagMinutes\":${var.drain_minutes}}" : "{\"watch\":true}"

    retry_policy {
      maximum_event_age_in_seconds = 1800
      maximum_retry_attempts       = 10
    }
  }
}

# A run that is late or lost needs no retry, because the next one receives the same messages.
resource "aws_scheduler_schedule" "drain" {
  count = var.delivery == "schedule" ? 1 : 0

  name                         = "${var.name}-drain"
  description                  = "Has the processor empty the queue."
  schedule_expression          = var.drain_minutes == 1 ? "rate(1 minute)" : "rate(${var.drain_minutes} minutes)"
  schedule_expression_timezone = "Etc/UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.processor_live_arn
    role_arn = aws_iam_role.scheduler.arn
    input    = "{\"drain\":true}"

    retry_policy {
      maximum_event_age_in_seconds = 60
      maximum_retry_attempts       = 0
    }
  }
}
