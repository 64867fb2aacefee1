-- The audit log only grows. A superuser can still switch a trigger off: what proves the log is its hash chain.
create function sightline_refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger "AuditEntry_append_only" before update or delete on "AuditEntry"
  for each row execute function sightline_refuse_audit_change();

create trigger "AuditEntry_no_truncate" before truncate on "AuditEntry"
  for each statement execute function sightline_refuse_audit_change();
