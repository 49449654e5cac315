resource "aws_scheduler_schedule" "weekly_report" {
  name                         = "${var.name}-weekly-report"
  description                  = "Reports the week that is over."
  schedule_expression          = "cron(0 7 ? * MON *)"
  schedule_expression_timezone = var.report_time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.reporter_live_arn
    role_arn = aws_iam_role.scheduler.arn

    # of a delivery that Lambda did not take, which holds nothing that a dead-letter queue could keep
    retry_policy {
      maximum_event_age_in_seconds = 21600
      maximum_retry_attempts       = 185
    }
  }
}

# The same run every day, which finds the week reported and says so, or reports it after all. An alarm
# looks back seven days at most, so that a weekly sign of life could never be missed by one.
resource "aws_scheduler_schedule" "report_check" {
  name                         = "${var.name}-report-check"
  description                  = "Makes sure that the week that is over is reported."
  schedule_expression          = "cron(0 9 * * ? *)"
  schedule_expression_timezone = var.report_time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = local.reporter_live_arn
    role_arn = aws_iam_role.scheduler.arn

    retry_policy {
      maximum_event_age_in_seconds = 21600
      maximum_retry_attempts       = 185
    }
  }
}
