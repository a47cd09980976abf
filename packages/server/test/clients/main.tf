terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" {}
variable "change" { default = "one" }

provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
  skip_region_validation  = true
  endpoints {
    iam = var.endpoint
    sts = var.endpoint
  }
}

data "aws_caller_identity" "me" {}

resource "aws_iam_user" "user" {
  name          = "tf-user"
  path          = "/team/"
  tags          = { change = var.change }
  force_destroy = true
}

resource "aws_iam_access_key" "key" {
  user = aws_iam_user.user.name
}

resource "aws_iam_group" "group" {
  name = "tf-group"
}

resource "aws_iam_user_group_membership" "membership" {
  user   = aws_iam_user.user.name
  groups = [aws_iam_group.group.name]
}

resource "aws_iam_policy" "policy" {
  name        = "tf-policy"
  description = "made by Terraform"
  tags        = { change = var.change }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Read", Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::${var.change}/*" }
    ]
  })
}

resource "aws_iam_role" "role" {
  name                 = "tf-role"
  max_session_duration = var.change == "one" ? 3600 : 7200
  permissions_boundary = aws_iam_policy.policy.arn
  tags                 = { change = var.change }
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.role.name
  name   = "inline"
  policy = aws_iam_policy.policy.policy
}

resource "aws_iam_role_policy_attachment" "role" {
  role       = aws_iam_role.role.name
  policy_arn = aws_iam_policy.policy.arn
}

resource "aws_iam_group_policy_attachment" "group" {
  group      = aws_iam_group.group.name
  policy_arn = aws_iam_policy.policy.arn
}

resource "aws_iam_instance_profile" "profile" {
  name = "tf-profile"
  role = aws_iam_role.role.name
}

resource "aws_iam_openid_connect_provider" "oidc" {
  url             = "https://login.example.com"
  client_id_list  = ["sts.amazonaws.com", var.change]
  thumbprint_list = ["cf23df2207d99a74fbe169e3eba035e633b65d94"]
}

resource "aws_iam_account_password_policy" "passwords" {
  minimum_password_length = var.change == "one" ? 12 : 14
  require_numbers         = true
}

resource "aws_iam_account_alias" "alias" {
  account_alias = "tf-${var.change}"
}
