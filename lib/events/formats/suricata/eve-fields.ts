import type { FieldMap } from "../../fill-fields";

/** What every EVE record may say of its connection. community_id, where Suricata is told to write it, joins with other sensors; flow_id within this one. */
export const EVE_COMMON: FieldMap = [
  ["src_ip", "src_ip"], ["src_port", "src_port"], ["dest_ip", "dst_ip"], ["dest_port", "dst_port"], ["proto", "proto"], ["app_proto", "app_proto"], ["community_id", "conn_uid"], ["flow_id", "conn_uid"], ["direction", "direction"],
];

/** By event type: native paths -> canonical fields. The decoded content (payload) is the most telling path here, else the type's whole object. */
export const EVE: Readonly<Record<string, FieldMap>> = {
  flow: [["flow.bytes_toserver", "bytes_out"], ["flow.bytes_toclient", "bytes_in"], ["flow.pkts_toserver", "packets"], ["flow.age", "duration"]],
  netflow: [["netflow.bytes", "bytes_out"], ["netflow.pkts", "packets"], ["netflow.age", "duration"]],
  alert: [
    ["alert.signature_id", "app_event"], ["alert.signature", "app_msg"], ["alert.action", "fw_state"], ["http.url", "url"], ["http.hostname", "dst_host"], ["http.http_method", "http_method"], ["http.http_user_agent", "user_agent"],
    ["tls.sni", "tls_sni"], ["dns.query.0.rrname", "dns_query"], ["dns.queries.0.rrname", "dns_query"], ["payload_printable", "payload"], ["payload", "payload"], ["http.url", "payload"], ["tls.sni", "payload"], ["alert.signature", "payload"],
  ],
  anomaly: [["anomaly.event", "app_event"], ["anomaly.type", "app_msg"]],
  dns: [["dns.rrname", "dns_query"], ["dns.query.0.rrname", "dns_query"], ["dns.queries.0.rrname", "dns_query"], ["dns.rdata", "rdata"], ["dns.grouped.A", "rdata"], ["dns.grouped.AAAA", "rdata"], ["dns.answers.0.rdata", "rdata"], ["dns.rcode", "cloud_result"]],
  http: [["http.url", "url"], ["http.hostname", "dst_host"], ["http.http_method", "http_method"], ["http.status", "http_status"], ["http.http_user_agent", "user_agent"], ["http.length", "bytes_in"], ["http.url", "payload"]],
  http2: [["http.url", "url"], ["http.hostname", "dst_host"], ["http.http_method", "http_method"], ["http.status", "http_status"], ["http.http_user_agent", "user_agent"], ["http.url", "payload"]],
  tls: [["tls.sni", "tls_sni"], ["tls.subject", "cert_subject"], ["tls.issuerdn", "cert_issuer"], ["tls.fingerprint", "cert_fp"], ["tls.serial", "cert_fp"], ["tls.sni", "payload"], ["tls.ja3.hash", "payload"], ["tls.version", "payload"]],
  quic: [["quic.sni", "tls_sni"], ["quic.ua", "user_agent"], ["quic.sni", "payload"]],
  fileinfo: [["fileinfo.filename", "file_path"], ["fileinfo.sha256", "file_hash"], ["fileinfo.sha1", "file_hash"], ["fileinfo.md5", "file_hash"], ["http.hostname", "dst_host"], ["http.url", "url"], ["fileinfo.filename", "payload"]],
  ssh: [["ssh.client.software_version", "user_agent"], ["ssh.client.software_version", "payload"], ["ssh.server.software_version", "banner"]],
  smb: [["smb.filename", "file_path"], ["smb.share", "share_name"], ["smb.named_pipe", "pipe_name"], ["smb.ntlmssp.user", "user"], ["smb.session_id", "session_id"], ["smb.status", "auth_reason"], ["smb.command", "payload"]],
  krb5: [["krb5.cname", "user"], ["krb5.sname", "krb_service"], ["krb5.encryption", "krb_enc"], ["krb5.error_code", "auth_reason"], ["krb5.msg_type", "payload"]],
  dcerpc: [["dcerpc.req.opnum", "api_name"], ["dcerpc.interfaces.0.uuid", "payload"], ["dcerpc.request", "payload"]],
  ldap: [["ldap.request.operation", "api_name"], ["ldap.request.search_request.filter", "payload"], ["ldap.request.bind_request.name", "user"]],
  rdp: [["rdp.cookie", "user"], ["rdp.event_type", "payload"]],
  ftp: [["ftp.command", "payload"], ["ftp.command_data", "file_path"]],
  ftp_data: [["ftp_data.filename", "file_path"], ["ftp_data.command", "file_op"], ["ftp_data.filename", "payload"]],
  smtp: [["smtp.mail_from", "user"], ["email.subject", "payload"], ["smtp.helo", "payload"]],
  nfs: [["nfs.filename", "file_path"], ["nfs.procedure", "file_op"], ["nfs.procedure", "payload"]],
  tftp: [["tftp.file", "file_path"], ["tftp.packet", "file_op"], ["tftp.file", "payload"]],
  sip: [["sip.method", "payload"], ["sip.response_line", "payload"]],
  snmp: [["snmp.usm", "user"], ["snmp.community", "payload"], ["snmp.pdu_type", "payload"]],
  dhcp: [["dhcp.assigned_ip", "rdata"], ["dhcp.client_mac", "device_id"], ["dhcp.hostname", "payload"], ["dhcp.dhcp_type", "payload"]],
  drop: [["drop.reason", "fw_detail"], ["alert.signature", "fw_rule"]],
  stats: [["stats.capture.kernel_drops", "sensor_state"], ["stats.uptime", "sensor_state"]],
};
