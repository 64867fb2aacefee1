import type { JsonObject } from "../../frame/plain-value";

/** Tables whose rows have no action. */
const PLAIN_TABLES = new Set(["DeviceInfo", "DeviceNetworkInfo", "DeviceFileCertificateInfo", "AlertInfo", "AlertEvidence"]);
const ACTION_TABLES = new Set(["DeviceProcessEvents", "DeviceNetworkEvents", "DeviceFileEvents", "DeviceRegistryEvents", "DeviceLogonEvents", "DeviceImageLoadEvents", "DeviceEvents"]);

/** Actions by table, from Microsoft's schema reference. Those of DeviceEvents are open: only what is known there is inferred. */
const ACTIONS: Readonly<Record<string, string>> = {
  DeviceProcessEvents: "ProcessCreated OpenProcess",
  DeviceNetworkEvents:
    "ConnectionSuccess ConnectionFailed ConnectionRequest ConnectionFound ConnectionAttempt ConnectionAcknowledged InboundConnectionAccepted InboundConnectionAttempt ListeningConnectionCreated HttpConnectionInspected DnsConnectionInspected SslConnectionInspected SshConnectionInspected FtpConnectionInspected SmtpConnectionInspected IcmpConnectionInspected NtlmAuthenticationInspected KerberosConnectionInspected NetworkSignatureInspected",
  DeviceFileEvents: "FileCreated FileModified FileDeleted FileRenamed",
  DeviceRegistryEvents: "RegistryKeyCreated RegistryKeyDeleted RegistryKeyRenamed RegistryValueSet RegistryValueDeleted",
  DeviceLogonEvents: "LogonSuccess LogonFailed LogonAttempted",
  DeviceImageLoadEvents: "ImageLoaded",
  DeviceEvents:
    "AccountCheckedForBlankPassword AmsiScriptContent AmsiScriptDetection AntivirusDetection AntivirusReport AuditPolicyModification BrowserLaunchedToOpenUrl CreateRemoteThreadApiCall DirectoryServiceObjectCreated DirectoryServiceObjectModified DnsQueryResponse DpapiAccessed DriverLoad FileTimestampModificationEvent FirewallInboundConnectionBlocked FirewallInboundConnectionToAppBlocked FirewallOutboundConnectionBlocked FirewallServiceStopped GetAsyncKeyStateApiCall GetClipboardData KernelModuleLoad LdapSearch MemoryRemoteProtect NamedPipeEvent NetworkShareObjectAccessChecked NetworkShareObjectAdded NetworkShareObjectDeleted NetworkShareObjectModified NtAllocateVirtualMemoryApiCall NtAllocateVirtualMemoryRemoteApiCall NtMapViewOfSectionRemoteApiCall NtProtectVirtualMemoryApiCall OpenProcessApiCall PasswordChangeAttempt PlistPropertyModified PnpDeviceConnected PowerShellCommand ProcessCreatedUsingWmiQuery ProcessPrimaryTokenModified QueueUserApcRemoteApiCall ReadProcessMemoryApiCall RemoteWmiOperation RemovableStorageFileEvent ScheduledTaskCreated ScheduledTaskDeleted ScheduledTaskDisabled ScheduledTaskEnabled ScheduledTaskUpdated ScreenshotTaken ScriptContent SecurityGroupCreated SecurityGroupDeleted SecurityLogCleared SensitiveFileRead ServiceInstalled SetThreadContextRemoteApiCall ShellLinkCreateFileEvent SmartScreenAppWarning SmartScreenUrlWarning TamperingAttempt UsbDriveMount UsbDriveMounted UsbDriveUnmounted UserAccountAddedToLocalGroup UserAccountCreated UserAccountDeleted UserAccountModified UserAccountRemovedFromLocalGroup WmiBindEventFilterToConsumer WriteProcessMemoryApiCall",
};
const TABLE_OF_ACTION = new Map(Object.entries(ACTIONS).flatMap(([table, actions]) => actions.split(" ").map((action): [string, string] => [action, table])));
/** Groups of DeviceEvents by the names that Microsoft gives them. */
const DEVICE_EVENTS = /^(?:Asr|AppControl|AppGuard|AppLocker|Antivirus|ExploitGuard|ControlledFolderAccess|Firewall|SmartScreen|UsbDrive)[A-Z]/;

/**
 * The table of a row: Sentinel's Type or TableName, else inferred from its action where the row is a device's. null for
 * what is no row of these tables, and for a row whose action no list knows: it is not guessed.
 */
export function tableOfRow(row: JsonObject): string | null {
  if (typeof row["Timestamp"] !== "string" && typeof row["TimeGenerated"] !== "string") return null;
  const named = [row["Type"], row["TableName"], row["$table"]].find((name) => typeof name === "string" && (ACTION_TABLES.has(name) || PLAIN_TABLES.has(name)));
  if (typeof named === "string") return named;
  const action = row["ActionType"];
  if (typeof row["DeviceId"] !== "string" && typeof row["DeviceName"] !== "string") return null;
  if (typeof action === "string") return TABLE_OF_ACTION.get(action) ?? (DEVICE_EVENTS.test(action) ? "DeviceEvents" : null);
  if ("AlertId" in row && "EntityType" in row) return "AlertEvidence";
  return "OnboardingStatus" in row && "OSPlatform" in row ? "DeviceInfo" : null;
}

/** Table and action, or the kind of evidence; the table alone where its rows have neither. */
export function keyOfRow(table: string, row: JsonObject): string {
  const second = table === "AlertEvidence" ? row["EntityType"] : row["ActionType"];
  return typeof second === "string" && second !== "" && !(PLAIN_TABLES.has(table) && table !== "AlertEvidence") ? `${table}/${second}` : table;
}
