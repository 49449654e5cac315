# The state is local (terraform.tfstate beside these files, out of version control) until you add a
# backend. backend.s3.tf.example is one for several people, with a lock file in S3.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, { Application = var.name, ManagedBy = "terraform" })
  }
}
