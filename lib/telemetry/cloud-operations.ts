/*
 * CloudTrail knows thousands of operations; the table names those that analytics cite or that are common, and the rest are
 * judged by their verb and noun, conservatively: a rule states what the operation does, never what it might be used for.
 */
const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(Describe|List)\w*Snapshots?$/, ["DC0047", "DC0062"]],
  [/^(Describe|List)\w*Volumes?$/, ["DC0095", "DC0100"]],
  [/^(Describe|List)\w*Instances?$/, ["DC0075", "DC0086"]],
  [/^(Describe|List)\w*(SecurityGroups|Firewalls)$/, ["DC0044", "DC0053"]],
  [/^(Create|Delete|Update|Enable|Deactivate|Resync|Upload|Reset|Tag|Untag)\w*(User|LoginProfile|AccessKey|SSHPublicKey|SigningCertificate|ServiceSpecificCredential|MFADevice)$/, ["DC0010", "DC0013"]],
  [/^(Create|Delete|Update|Put|Set|Tag|Untag|Attach|Detach)\w*(Role|Policy|PolicyVersion|PermissionsBoundary|AccountAlias)$/, ["DC0013", "DC0069"]],
  [/^List\w*(Role|Roles|Policy|Policies|User|Users|Aliases|Credentials|Certificates|AccessKeys|SSHPublicKeys|MFADevices)(Tags|Versions)?$|^ListPolic\w+$/, ["DC0013", "DC0083"]],
  [/^(Get|Simulate|Generate)\w*(Role|RolePolicy|Policy|PolicyVersion|UserPolicy|CredentialReport|AccountSummary|LoginProfile)$|^GetContextKeysFor/, ["DC0013"]],
  [/^(Describe|List)/, ["DC0083"]],
  [/^(Disable|Stop)\w*(Logging|Logs|Monitoring|Detector|Recorder|SecurityHub|GuardDuty|Macie\w*)$/, ["DC0069", "DC0090"]],
  [/^Delete\w*(Logging|Trail|FlowLogs|LogGroup|LogStream|Detector|Recorder)$/, ["DC0069", "DC0090"]],
  [/^(Create|Update|Put|Modify|Delete|Enable|Disable|Attach|Detach|Associate|Disassociate|Register|Deregister|Tag|Untag|Set|Add|Remove|Start|Stop)[A-Z]/, ["DC0069"]],
];

/** DC ids that a CloudTrail record of an operation outside the table carries; none where neither verb nor noun tells. */
export function cloudOperationComponents(eventName: string): readonly string[] {
  return RULES.find(([pattern]) => pattern.test(eventName))?.[1] ?? [];
}

// What ATT&CK cites -> what CloudTrail writes into eventName. API versions are part of Lambda's names; consoles and products have names of their own.
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  CreateFunction: ["CreateFunction20150331"],
  UpdateFunctionConfiguration: ["UpdateFunctionConfiguration20150331v2"],
  UpdateFunctionCode: ["UpdateFunctionCode20150331v2"],
  DeleteFunction: ["DeleteFunction20150331"],
  ListFunctions: ["ListFunctions20150331"],
  GetFunction: ["GetFunction20150331v2"],
  InvokeFunction: ["Invoke"],
  RunCommand: ["SendCommand"],
  EC2InstanceConnect: ["SendSSHPublicKey"],
  DisableMFA: ["DeactivateMFADevice"],
  DisableMonitoring: ["UnmonitorInstances"],
  PutLifecycleConfiguration: ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"],
  SetBucketLifecycle: ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"],
  ListObjectsV2: ["ListObjects", "ListObjectsV2"],
  ModifyTrafficMirrorTarget: ["ModifyTrafficMirrorSession"],
};

/** The names under which CloudTrail logs a cited operation: mostly the name itself. */
export function loggedNames(operation: string): readonly string[] {
  return ALIASES[operation] ?? [operation];
}

const IMDS = "the instance metadata service answers inside the instance: no API call reaches CloudTrail";

/** Operations that ATT&CK cites and CloudTrail never writes: why, and what shows the same act. */
export const NEVER_LOGGED: ReadonlyMap<string, { readonly reason: string; readonly substitute: string; readonly source: string }> = new Map([
  [
    "PassRole",
    {
      reason: "iam:PassRole is a permission that is checked, not an API operation: CloudTrail writes no such event",
      substitute: "the call that passes the role, with its role in requestParameters (RunInstances, CreateFunction20150331, CreateStack ...)",
      source: "AWS documentation, IAM User Guide, Granting a user permissions to pass a role to an AWS service",
    },
  ],
  ...["GetInstanceIdentityDocument", "GetMetadata", "DescribeInstanceIdentity"].map(
    (name) =>
      [
        name,
        { reason: IMDS, substitute: "network or process telemetry of requests to 169.254.169.254 inside the instance", source: "AWS documentation, EC2 User Guide, Instance metadata service" },
      ] as const,
  ),
]);
