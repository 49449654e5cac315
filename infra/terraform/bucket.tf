# CloudFormation takes the bundles from here, and takes the last ones back when it rolls back. A bundle
# must therefore not expire while its release is in use: each deployment deletes those that are not.
resource "aws_s3_bucket" "code" {
  bucket        = var.code_bucket == "" ? "${var.name}-code-${local.account}" : var.code_bucket
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "code" {
  bucket                  = aws_s3_bucket.code.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "code_bucket" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.code.arn, "${aws_s3_bucket.code.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# S3 refuses two changes of one bucket's access at once
resource "aws_s3_bucket_policy" "code" {
  bucket     = aws_s3_bucket.code.id
  policy     = data.aws_iam_policy_document.code_bucket.json
  depends_on = [aws_s3_bucket_public_access_block.code]
}

# parts of an upload that was broken off are billed, and listed nowhere
resource "aws_s3_bucket_lifecycle_configuration" "code" {
  bucket = aws_s3_bucket.code.id

  rule {
    id     = "broken-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}
