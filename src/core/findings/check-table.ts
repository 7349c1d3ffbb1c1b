/**
 * Checks that were read one by one and belong to a weakness of the registry, as `CHECK` or `CHECK=LOCATOR`.
 * Former ids stay: files of old scans circulate. A test holds every id against the check reference.
 */
export const prowlerWeaknesses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: {
    "s3.public":
      "s3_bucket_public_access s3_bucket_policy_public_write_access s3_bucket_public_list_acl s3_bucket_public_write_acl s3_bucket_object_public cloudtrail_logs_s3_bucket_is_not_publicly_accessible",
    "s3.public-access-block-off":
      "s3_account_level_public_access_blocks s3_bucket_level_public_access_block s3_access_point_public_access_block s3_multi_region_access_point_public_access_block",
    "ec2.open-ingress":
      "ec2_securitygroup_allow_ingress_from_internet_to_all_ports=all ec2_securitygroup_allow_ingress_from_internet_to_any_port ec2_securitygroup_allow_ingress_from_internet_to_any_port_from_ip ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports=high-risk ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22=tcp/22 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389=tcp/3389 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_cassandra_7199_9160_8888=tcp/7199,8888,9160 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_elasticsearch_kibana_9200_9300_5601=tcp/5601,9200,9300 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_ftp_20_21=tcp/20,21 ec2_securitygroup_allow_ingress_from_internet_to_tcp_ftp_port_20_21=tcp/20,21 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_kafka_9092=tcp/9092 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_memcached_11211=tcp/11211 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mongodb_27017_27018=tcp/27017,27018 ec2_securitygroup_allow_ingress_from_internet_to_port_mongodb_27017_27018=tcp/27017,27018 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mysql_3306=tcp/3306 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_oracle_1521_2483=tcp/1521,2483 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_postgres_5432=tcp/5432 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_redis_6379=tcp/6379 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_sql_server_1433_1434=tcp/1433,1434 ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_telnet_23=tcp/23 ec2_securitygroup_allow_wide_open_public_ipv4=wide-range ec2_instance_port_cassandra_exposed_to_internet=tcp/7000,7001,7199,9042,9160 ec2_instance_port_cifs_exposed_to_internet=tcp/139,445 ec2_instance_port_elasticsearch_kibana_exposed_to_internet=tcp/5601,9200,9300 ec2_instance_port_ftp_exposed_to_internet=tcp/20,21 ec2_instance_port_kafka_exposed_to_internet=tcp/9092 ec2_instance_port_kerberos_exposed_to_internet=tcp/88,464,749,750 ec2_instance_port_ldap_exposed_to_internet=tcp/389,636 ec2_instance_port_memcached_exposed_to_internet=tcp/11211 ec2_instance_port_mongodb_exposed_to_internet=tcp/27017,27018 ec2_instance_port_mysql_exposed_to_internet=tcp/3306 ec2_instance_port_oracle_exposed_to_internet=tcp/1521,2483,2484 ec2_instance_port_postgresql_exposed_to_internet=tcp/5432 ec2_instance_port_rdp_exposed_to_internet=tcp/3389 ec2_instance_port_redis_exposed_to_internet=tcp/6379 ec2_instance_port_sqlserver_exposed_to_internet=tcp/1433,1434 ec2_instance_port_ssh_exposed_to_internet=tcp/22 ec2_instance_port_telnet_exposed_to_internet=tcp/23",
    "rds.public-instance": "rds_instance_no_public_access",
    "rds.public-snapshot":
      "rds_snapshots_public_access documentdb_cluster_public_snapshot neptune_cluster_public_snapshot",
    "ec2.public-snapshot": "ec2_ebs_public_snapshot",
    "ec2.public-image": "ec2_ami_public",
    "kms.open-key": "kms_key_not_publicly_accessible",
    "lambda.public": "awslambda_function_not_publicly_accessible awslambda_function_url_public",
    "sqs.public": "sqs_queues_not_publicly_accessible",
    "sns.public": "sns_topics_not_publicly_accessible",
    "ecr.open-repository": "ecr_repositories_not_publicly_accessible",
    "ec2.imdsv1": "ec2_instance_imdsv2_enabled",
    "iam.key.stale":
      "iam_rotate_access_key_90_days iam_user_accesskey_unused iam_disable_30_days_credentials iam_disable_45_days_credentials iam_disable_90_days_credentials",
    "iam.credential.unused": "iam_user_console_access_unused",
    "iam.root-key": "iam_no_root_access_key",
    "iam.root-mfa": "iam_root_mfa_enabled",
    "iam.user.no-mfa": "iam_user_mfa_enabled_console_access",
    "iam.trust.broad":
      "iam_role_cross_account_readonlyaccess_policy iam_role_permissive_trust_relationship iam_role_administratoraccess_policy_permissive_trust_relationship",
    "secret.in-config":
      "awslambda_function_no_secrets_in_variables=environment awslambda_function_no_secrets_in_code=code awslambda_layer_no_secrets_in_content ec2_instance_secrets_user_data=user-data ec2_launch_template_no_secrets=user-data autoscaling_find_secrets_ec2_launch_configuration=user-data ecs_task_definitions_no_environment_secrets=environment codebuild_project_no_secrets_in_variables=environment codebuild_project_source_repo_url_no_sensitive_credentials=source-url cloudformation_stack_outputs_find_secrets=outputs amplify_app_no_secrets_in_environment=environment apigateway_restapi_no_secrets_in_stage_variables=stage-variables batch_job_definition_no_secrets datapipeline_pipeline_no_secrets_in_definition=definition glue_etl_jobs_no_secrets_in_arguments=arguments glue_catalog_connection_no_secrets=connection sagemaker_notebook_instance_no_secrets ssm_document_secrets=document stepfunctions_statemachine_no_secrets_in_definition=definition",
    "iam.admin-policy":
      "iam_aws_attached_policy_no_administrative_privileges iam_customer_attached_policy_no_administrative_privileges iam_inline_policy_no_administrative_privileges iam_policy_no_administrative_privileges iam_role_administratoraccess_policy iam_user_administrator_access_policy iam_group_administrator_access_policy",
    "iam.privilege-escalation":
      "iam_policy_allows_privilege_escalation iam_inline_policy_allows_privilege_escalation",
    "eks.public-endpoint": "eks_cluster_not_publicly_accessible eks_endpoints_not_publicly_accessible",
    "opensearch.public": "opensearch_service_domains_not_publicly_accessible",
  },
  azure: {
    "azure.public-blob": "storage_blob_public_access_level_is_disabled",
    "vault.access-policy": "keyvault_rbac_enabled",
    "azure.vault.public-network": "keyvault_access_only_through_private_endpoints keyvault_private_endpoints",
    "entra.app-credential": "entra_app_registration_credential_not_expired",
  },
  gcp: {
    "gcp.public-bucket": "cloudstorage_bucket_public_access",
    "gcp.service-account-key":
      "iam_sa_no_user_managed_keys iam_sa_user_managed_key_rotate_90_days iam_sa_user_managed_key_unused",
  },
  kubernetes: { "k8s.cluster-admin": "rbac_cluster_admin_usage" },
};

/** Checks of the table above that present releases of Prowler do not have any more. */
export const formerProwlerChecks: ReadonlySet<string> = new Set([
  "iam_disable_30_days_credentials",
  "iam_disable_45_days_credentials",
  "iam_disable_90_days_credentials",
  "iam_policy_no_administrative_privileges",
  "iam_role_permissive_trust_relationship",
  "iam_role_administratoraccess_policy_permissive_trust_relationship",
  "ec2_securitygroup_allow_ingress_from_internet_to_tcp_ftp_port_20_21",
  "ec2_securitygroup_allow_ingress_from_internet_to_port_mongodb_27017_27018",
  "eks_endpoints_not_publicly_accessible",
]);

/** Security Hub controls with no single check behind them, or with one that asks something else. */
export const controlWeaknesses: Readonly<Record<string, string>> = {
  "s3.public": "S3.2 S3.3",
  "s3.public-access-block-off": "S3.1 S3.8 S3.19 S3.24",
  "ec2.open-ingress":
    "EC2.13=tcp/22 EC2.14=tcp/3389 EC2.18 EC2.19=high-risk EC2.53=tcp/22,3389 EC2.54=tcp/22,3389",
  "ec2.public-snapshot": "EC2.1",
  "ec2.imdsv1": "EC2.8",
  "rds.public-snapshot": "RDS.1 DocumentDB.3 Neptune.3",
  "rds.public-instance": "RDS.2",
  "kms.open-key": "KMS.5",
  "lambda.public": "Lambda.1",
  "sqs.public": "SQS.3",
  "sns.public": "SNS.4",
  "opensearch.public": "ES.2 OpenSearch.2",
  "eks.public-endpoint": "EKS.1",
  "iam.key.stale": "IAM.3",
  "iam.credential.unused": "IAM.8 IAM.22 IAM.26",
  "iam.root-key": "IAM.4",
  "iam.root-mfa": "IAM.9",
  "iam.user.no-mfa": "IAM.5 IAM.19",
  "iam.admin-policy": "IAM.1",
  "secret.in-config": "CodeBuild.1=source-url CodeBuild.2=environment ECS.8=environment",
};

/**
 * Where the class that Prowler's categories suggest is not the product's question (findings.md 3.1, rules a to d):
 * guard rails that are off expose nothing by themselves, networking is not exposure, and password rules,
 * support roles or locks on domains are settings, not access.
 */
export const classOverrides: Readonly<Record<string, string>> = {
  "missing-edge-control":
    "ec2_ami_account_block_public_access ec2_ebs_snapshot_account_block_public_access emr_cluster_account_public_block_enabled",
  configuration:
    "accessanalyzer_enabled accessanalyzer_enabled_without_findings iam_password_policy_expires_passwords_within_90_days_or_less iam_password_policy_lowercase iam_password_policy_minimum_length_14 iam_password_policy_number iam_password_policy_reuse_24 iam_password_policy_symbol iam_password_policy_uppercase cognito_user_pool_password_policy_lowercase cognito_user_pool_password_policy_minimum_length_14 cognito_user_pool_password_policy_number cognito_user_pool_password_policy_symbol cognito_user_pool_password_policy_uppercase cognito_user_pool_temporary_password_expiration iam_support_role_created iam_securityaudit_role_created s3_bucket_no_mfa_delete cloudtrail_bucket_requires_mfa_delete s3_bucket_acl_prohibited route53_domains_transferlock_enabled ses_identity_dkim_enabled config_recorder_using_aws_service_role organizations_account_part_of_organizations organizations_scp_check_deny_regions cloudfront_distributions_https_enabled fms_policy_compliant appstream_fleet_session_idle_disconnect_timeout rds_cluster_default_admin rds_instance_default_admin redshift_cluster_non_default_username guardduty_delegated_admin_enabled_all_regions securityhub_delegated_admin_enabled_all_regions config_delegated_admin_and_org_aggregator_all_regions iam_root_hardware_mfa_enabled iam_user_hardware_mfa_enabled ec2_securitygroup_not_used ec2_networkacl_unused ec2_instance_uses_single_eni",
};

/**
 * Checks whose failing state exposes nothing by itself, whatever their categories say, by the reason. They are settings:
 * read and counted, and cases only where settings are asked for.
 */
export const plainSettings: Readonly<Record<string, string>> = {
  "asks where a thing runs or routes: who gets in is decided by groups, policies and addresses, which other checks read":
    "awslambda_function_inside_vpc bedrock_vpc_endpoints_configured vpc_endpoint_for_ec2_enabled rds_instance_inside_vpc redshift_cluster_enhanced_vpc_routing elasticache_cluster_uses_public_subnet neptune_cluster_uses_public_subnet vpc_subnet_no_public_ip_by_default vpc_subnet_separate_private_public vpc_peering_routing_tables_with_least_privilege workspaces_vpc_2private_1public_subnets_nat ec2_networkacl_allow_ingress_any_port ec2_networkacl_allow_ingress_tcp_port_22 ec2_networkacl_allow_ingress_tcp_port_3389 ec2_securitygroup_default_restrict_traffic ec2_securitygroup_with_many_ingress_egress_rules eks_cluster_network_policy_enabled",
  "asks about traffic that goes out, which lets nobody in":
    "appstream_fleet_default_internet_access_disabled sagemaker_models_network_isolation_enabled sagemaker_models_vpc_settings_configured sagemaker_notebook_instance_vpc_settings_configured sagemaker_notebook_instance_without_direct_internet_access_configured sagemaker_training_jobs_network_isolation_enabled sagemaker_training_jobs_vpc_settings_configured networkfirewall_in_all_vpc networkfirewall_policy_default_action_fragmented_packets networkfirewall_policy_default_action_full_packets networkfirewall_policy_rule_group_associated",
  "asks for a filter or a subscription in front: without it nothing is open that was closed":
    "cloudfront_distributions_geo_restrictions_enabled cloudfront_distributions_using_waf cognito_user_pool_waf_acl_attached shield_advanced_protection_in_associated_elastic_ips shield_advanced_protection_in_classic_load_balancers shield_advanced_protection_in_cloudfront_distributions shield_advanced_protection_in_internet_facing_load_balancers waf_global_rule_with_conditions wafv2_webacl_with_rules ec2_elastic_ip_unassigned route53_domains_privacy_protection_enabled awslambda_function_url_cors_policy",
  "asks about updates to come, names or defaults, not about a flaw that is there":
    "dms_instance_minor_version_upgrade_enabled elasticbeanstalk_environment_managed_updates_enabled memorydb_cluster_auto_minor_version_upgrades mq_broker_auto_minor_version_upgrades rds_cluster_minor_version_upgrade_enabled rds_instance_minor_version_upgrade_enabled redshift_cluster_automatic_upgrades redshift_cluster_non_default_database_name",
  "asks for an option beside what decides access: how a right is attached, one more way to sign in, a feature to manage it":
    "iam_policy_attached_only_to_group_or_roles iam_customer_unattached_policy_no_administrative_privileges iam_check_saml_providers_sts iam_root_credentials_management_enabled ec2_instance_profile_attached rds_cluster_iam_authentication_enabled rds_instance_iam_authentication_enabled neptune_cluster_iam_authentication_enabled opensearch_service_domains_use_cognito_authentication_for_kibana sagemaker_domain_sso_configured directoryservice_radius_server_security_protocol cognito_user_pool_advanced_security_enabled cognito_user_pool_blocks_compromised_credentials_sign_in_attempts cognito_user_pool_blocks_potential_malicious_sign_in_attempts cognito_user_pool_client_prevent_user_existence_errors cognito_user_pool_client_token_revocation_enabled",
};
