import type { FieldMap } from "../../fill-fields";

/** Columns that mean the same in every Zeek log (names as in TSV; JSON with underscores is looked up likewise). */
export const ZEEK_COMMON: FieldMap = [
  ["id.orig_h", "src_ip"], ["id.orig_p", "src_port"], ["id.resp_h", "dst_ip"], ["id.resp_p", "dst_port"], ["uid", "conn_uid"], ["proto", "proto"],
];

const CERT: FieldMap = [["certificate.subject", "cert_subject"], ["certificate.issuer", "cert_issuer"], ["fingerprint", "cert_fp"], ["certificate.serial", "cert_fp"]];

/** By log (Zeek path). "payload" is the decoded content of the protocol: what this log says beyond the connection. */
export const ZEEK: Readonly<Record<string, FieldMap>> = {
  conn: [["service", "app_proto"], ["duration", "duration"], ["orig_bytes", "bytes_out"], ["resp_bytes", "bytes_in"], ["orig_pkts", "packets"]],
  dns: [["query", "dns_query"], ["answers", "rdata"], ["query", "payload"]],
  http: [["uri", "url"], ["method", "http_method"], ["status_code", "http_status"], ["user_agent", "user_agent"], ["host", "dst_host"], ["uri", "payload"], ["method", "payload"], ["resp_mime_types", "payload"]],
  ssl: [["server_name", "tls_sni"], ["subject", "cert_subject"], ["issuer", "cert_issuer"], ["server_name", "payload"], ["ja3", "payload"], ["cipher", "payload"]],
  x509: CERT,
  files: [["filename", "file_path"], ["sha256", "file_hash"], ["sha1", "file_hash"], ["md5", "file_hash"], ["mime_type", "payload"], ["fuid", "conn_uid"]],
  smb_files: [["name", "file_path"], ["path", "share_name"], ["action", "file_op"], ["name", "payload"]],
  smb_mapping: [["path", "share_name"], ["path", "payload"], ["share_type", "payload"]],
  kerberos: [["client", "user"], ["service", "krb_service"], ["cipher", "krb_enc"], ["success", "auth_result"], ["error_msg", "auth_reason"], ["service", "payload"]],
  ntlm: [["username", "user"], ["success", "auth_result"], ["username", "payload"], ["server_nb_computer_name", "payload"]],
  ssh: [["auth_success", "auth_result"], ["client", "user_agent"], ["client", "payload"], ["direction", "direction"]],
  rdp: [["cookie", "user"], ["result", "auth_result"], ["client_name", "payload"], ["security_protocol", "payload"], ["result", "payload"]],
  ftp: [["user", "user"], ["command", "payload"], ["arg", "file_path"]],
  smtp: [["mailfrom", "user"], ["subject", "payload"], ["helo", "payload"]],
  dce_rpc: [["operation", "api_name"], ["named_pipe", "pipe_name"], ["endpoint", "payload"], ["operation", "payload"]],
  notice: [["note", "app_event"], ["msg", "app_msg"], ["msg", "payload"]],
  weird: [["name", "app_event"], ["addl", "app_msg"]],
  dhcp: [["client_addr", "src_ip"], ["host_name", "payload"], ["mac", "device_id"]],
  software: [["host", "src_ip"], ["unparsed_version", "banner"]],
};

/** JSON without a path: the log that these columns belong to, the most telling first. */
export const ZEEK_BY_COLUMNS: readonly (readonly [log: string, columns: readonly string[]])[] = [
  ["conn", ["conn_state"]], ["dns", ["qtype_name"]], ["dns", ["query", "rcode"]], ["http", ["method", "status_code"]], ["http", ["uri", "method"]], ["ssl", ["cipher", "established"]],
  ["files", ["fuid", "mime_type"]], ["kerberos", ["request_type"]], ["ntlm", ["domainname"]], ["smb_mapping", ["share_type"]], ["smb_files", ["action", "name"]],
  ["dce_rpc", ["endpoint", "operation"]], ["ssh", ["auth_attempts"]], ["rdp", ["security_protocol"]], ["ftp", ["reply_code"]], ["x509", ["certificate.serial"]], ["notice", ["note"]], ["weird", ["peer", "name"]],
];
