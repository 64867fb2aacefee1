/** A list of [path in the event, canonical id]: the first path of an id that holds something wins. */
export type PathMap = readonly (readonly [path: string, canonical: string])[];

/** Attribute names of the schema; 1.0 wrote account_uid and cmd_line where later versions nest. */
export const PROCESS: PathMap = [
  ["process.file.path", "image"], ["process.path", "image"], ["process.name", "image"], ["process.cmd_line", "cmd"], ["process.pid", "pid"], ["process.uid", "proc_uid"], ["process.user.name", "user"],
  ["process.parent_process.file.path", "parent_image"], ["process.parent_process.name", "parent_image"], ["process.parent_process.cmd_line", "parent_cmd"], ["process.parent_process.pid", "ppid"],
  ["process.integrity", "integrity"], ["process.session.uid", "session_id"], ["actor.session.uid", "session_id"], ["process.working_directory", "cwd"], ["process.file.signature.certificate.subject", "proc_signer"], ["exit_code", "exit_code"],
];

/** Who launched a process is its parent, where the process itself does not name one. */
export const STARTER: PathMap = [["actor.process.file.path", "parent_image"], ["actor.process.name", "parent_image"], ["actor.process.cmd_line", "parent_cmd"], ["actor.process.pid", "ppid"]];

export const ACTOR: PathMap = [
  ["actor.process.file.path", "image"], ["actor.process.name", "image"], ["actor.process.cmd_line", "cmd"], ["actor.process.pid", "pid"], ["actor.process.uid", "proc_uid"],
  ["actor.process.parent_process.file.path", "parent_image"], ["actor.process.parent_process.pid", "ppid"], ["actor.process.integrity", "integrity"],
  ["actor.user.name", "user"], ["actor.process.user.name", "user"], ["actor.user.email_addr", "user"], ["actor.user.uid", "user"], ["actor.session.uid", "session_id"],
];

export const FILE: PathMap = [["file.path", "file_path"], ["file.name", "file_path"], ["file.owner.name", "file_owner"], ["file.modified_time", "file_mtime"], ["file.security_descriptor", "file_mode"], ["file.signature.certificate.subject", "file_signer"], ["file.hashes.0.value", "file_hash"]];
export const MODULE: PathMap = [
  ["module.file.path", "module_path"], ["module.file.name", "module_path"], ["driver.file.path", "driver_path"], ["driver.file.name", "driver_path"], ["driver.file.path", "module_path"], ["module.file.signature.certificate.subject", "module_signer"],
];
export const MEMORY: PathMap = [["process.file.path", "target_image"], ["process.name", "target_image"], ["process.pid", "target_pid"], ["requested_permissions", "access_mask"]];
export const JOB: PathMap = [["job.name", "job_name"], ["job.cmd_line", "job_action"], ["job.file.path", "job_action"], ["job.desc", "job_trigger"], ["job.user.name", "user"]];
export const SCRIPT: PathMap = [["script.script_content.value", "script_text"], ["script.script_content", "script_text"], ["script.file.path", "script_path"], ["script.name", "script_path"]];
export const PERIPHERAL: PathMap = [["peripheral_device.serial_number", "device_id"], ["peripheral_device.uid", "device_id"], ["peripheral_device.name", "device_class"], ["peripheral_device.class", "device_class"]];

export const IDENTITY: PathMap = [["user.name", "target_user"], ["user.uid", "target_user"], ["src_endpoint.ip", "src_ip"], ["http_request.user_agent", "user_agent"]];
export const GROUP: PathMap = [["user.name", "target_user"], ["user.uid", "target_user"], ["group.name", "target_group"], ["group.uid", "target_group"]];
export const AUTHENTICATION: PathMap = [
  ["user.name", "user"], ["user.email_addr", "user"], ["user.uid", "user"], ["src_endpoint.ip", "src_ip"], ["src_endpoint.port", "src_port"], ["auth_protocol", "auth_method"], ["logon_type", "logon_type"], ["logon_type_id", "logon_type"],
  ["status_detail", "auth_reason"], ["status_code", "auth_reason"], ["session.uid", "session_id"], ["http_request.user_agent", "user_agent"], ["dst_endpoint.hostname", "dst_host"],
];

export const NETWORK: PathMap = [
  ["src_endpoint.ip", "src_ip"], ["src_endpoint.port", "src_port"], ["dst_endpoint.ip", "dst_ip"], ["dst_endpoint.port", "dst_port"], ["dst_endpoint.hostname", "dst_host"], ["dst_endpoint.domain", "dst_host"],
  ["connection_info.direction", "direction"], ["connection_info.community_uid", "conn_uid"], ["connection_info.uid", "conn_uid"], ["traffic.bytes_in", "bytes_in"], ["traffic.bytes_out", "bytes_out"], ["traffic.packets", "packets"], ["duration", "duration"],
  ["app_name", "app_proto"], ["http_request.url.url_string", "url"], ["http_request.url.path", "url"], ["url.url_string", "url"], ["http_request.http_method", "http_method"], ["http_request.user_agent", "user_agent"], ["http_response.code", "http_status"],
  ["http_request.url.hostname", "domain"], ["query.hostname", "dns_query"], ["tls.sni", "tls_sni"], ["tls.certificate.subject", "cert_subject"], ["tls.certificate.issuer", "cert_issuer"], ["share", "share_name"], ["file.path", "file_path"], ["file.name", "file_path"],
];

export const REGISTRY: PathMap = [["reg_key.path", "reg_key"], ["reg_value.path", "reg_key"], ["prev_reg_key.path", "reg_key"], ["reg_value.name", "reg_value"], ["reg_value.data", "reg_data"]];
export const SERVICE: PathMap = [["win_service.name", "svc_name"], ["win_service.cmd_line", "svc_path"], ["win_service.file.path", "svc_path"], ["win_service.service_start_name", "svc_account"], ["win_service.service_start_type", "svc_start"], ["win_service.run_state", "svc_state"]];
export const FINDING: PathMap = [["finding_info.title", "app_msg"], ["finding.title", "app_msg"], ["message", "app_msg"], ["metadata.product.name", "app_name"], ["finding_info.uid", "app_event"], ["finding.uid", "app_event"], ["malware.0.name", "mal_family"]];

export const CLOUD: PathMap = [
  ["api.operation", "cloud_action"], ["api.service.name", "cloud_service"], ["cloud.region", "cloud_region"], ["cloud.account.uid", "cloud_account"], ["cloud.account_uid", "cloud_account"], ["actor.user.account.uid", "cloud_account"],
  ["api.response.error", "cloud_result"], ["api.request.data", "cloud_params"], ["actor.user.credential_uid", "cred_id"], ["actor.session.credential_uid", "cred_id"], ["src_endpoint.ip", "src_ip"], ["http_request.user_agent", "user_agent"],
  ["metadata.product.name", "app_name"], ["metadata.event_code", "app_event"],
];
