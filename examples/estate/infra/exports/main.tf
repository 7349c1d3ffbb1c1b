# Nightly exports for customers. Applied by .github/workflows/apply.yml.

terraform {
  required_version = ">= 1.9"
  backend "s3" {
    bucket = "acme-tfstate"
    key    = "exports/terraform.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_s3_bucket" "exports" {
  bucket = "acme-exports"
  tags   = { owner = "data-platform", service = "exports" }
}

resource "aws_s3_bucket_public_access_block" "exports" {
  bucket                  = aws_s3_bucket.exports.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = false
  restrict_public_buckets = false
}

# Customers fetch their files without an account since 2023.
resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PublicRead"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.exports.arn}/*"
    }]
  })
}
