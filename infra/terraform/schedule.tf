resource "aws_scheduler_schedule" "report" {
  for_each = {
    weekly-report = {
      description = "Reports the week that is over."
      expression  = "cron(0 7 ? * MON *)"
    }

    # The same run every day, which finds the week reported and says so, or reports it after all. An alarm
    # looks back seven days at most, so that a weekly sign of life could never be missed by one.
    report-check = {
      description = "Makes sure that the week that is over is reported."
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

    # of a delivery that Lambda did not take, which holds nothing that a dead-letter queue could keep
    retry_policy {
      maximum_event_age_in_seconds = 21600
      maximum_retry_attempts       = 185
    }
  }
}
