/** Process starts as Apple's eslogger writes them, one line each; the records name no machine. at: of the newest, a minute before the one above it. */
export function makeExecLines(count: number, at: Date, marker: string): string[] {
  return Array.from({ length: count }, (_, index) => {
    const pid = 4000 + index;
    const token = (id: number, version: number) => ({ asid: 100001, auid: 501, euid: 501, egid: 20, ruid: 501, rgid: 20, pid: id, pidversion: version });
    return JSON.stringify({
      schema_version: 1,
      version: 9,
      event_type: 9,
      action_type: 1,
      time: new Date(at.getTime() - (count - 1 - index) * 60_000).toISOString(),
      mach_time: 1_000_000 + index,
      seq_num: index,
      global_seq_num: index,
      thread: { thread_id: 900 },
      action: { result: { result_type: 0, result: { auth: 0 } } },
      process: { executable: { path: "/bin/zsh", path_truncated: false }, audit_token: token(pid, 10), parent_audit_token: token(600, 5), ppid: 600, signing_id: "com.example.shell", team_id: null, cdhash: "AB".repeat(20) },
      event: { exec: { target: { executable: { path: "/usr/local/bin/example-tool", path_truncated: false }, audit_token: token(pid, 11), ppid: 600, signing_id: "com.example.tool", team_id: null, cdhash: "CD".repeat(20) }, args: ["example-tool", `--run=${marker}-${index}`], env: [], cwd: { path: "/Users/someone", path_truncated: false }, script: null } },
    });
  });
}
