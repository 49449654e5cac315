# Roles and the Worker's user have these policies and no others. A plan finds what somebody adds, and a
# deployment takes it away.

locals {
  role_policies = {
    processor  = aws_iam_role_policy.processor
    reporter   = aws_iam_role_policy.reporter
    scheduler  = aws_iam_role_policy.scheduler
    deployment = aws_iam_role_policy.deployment
  }
}

resource "aws_iam_role_policies_exclusive" "only" {
  for_each = local.role_policies

  role_name    = each.value.role
  policy_names = [each.value.name]
}

resource "aws_iam_role_policy_attachments_exclusive" "none" {
  for_each = local.role_policies

  role_name   = each.value.role
  policy_arns = []
}

resource "aws_iam_user_policies_exclusive" "worker" {
  user_name    = aws_iam_user.worker.name
  policy_names = [aws_iam_user_policy.worker.name]
}

resource "aws_iam_user_policy_attachments_exclusive" "worker" {
  user_name   = aws_iam_user.worker.name
  policy_arns = []
}
