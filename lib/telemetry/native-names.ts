/*
 * Names that systems give to their own records: what a channel's word must be to count as one. Facts, not judgements;
 * which of them carry a data component is said in record-kinds.ts.
 */

/** Endpoint Security notify events, as eslogger spells them (ES_EVENT_TYPE_NOTIFY_ without the prefix, lower case). There is none for IP connections. */
export const ES_EVENTS: ReadonlySet<string> = words(
  "access authentication authorization_judgement authorization_petition btm_launch_item_add btm_launch_item_remove chdir chroot clone close copyfile create cs_invalidated " +
  "deleteextattr dup exchangedata exec exit fcntl file_provider_materialize file_provider_update fork fsgetpath gatekeeper_user_override get_task get_task_inspect " +
  "get_task_name get_task_read getattrlist getextattr iokit_open kextload kextunload link listextattr login_login login_logout lookup lw_session_lock lw_session_login " +
  "lw_session_logout lw_session_unlock mmap mount mprotect od_attribute_set od_attribute_value_add od_attribute_value_remove od_create_group od_create_user " +
  "od_delete_group od_delete_user od_disable_user od_enable_user od_group_add od_group_remove od_group_set od_modify_password open openssh_login openssh_logout proc_check " +
  "proc_suspend_resume profile_add profile_remove pty_close pty_grant readdir readlink remote_thread_create remount rename screensharing_attach screensharing_detach " +
  "searchfs setacl setattrlist setegid seteuid setextattr setflags setgid setmode setowner setregid setreuid settime setuid signal stat su sudo tcc_modify trace truncate " +
  "uipc_bind uipc_connect unlink unmount utimes write xp_malware_detected xp_malware_remediated xpc_connect",
);

/** osquery tables of any platform that log sources and schedules name. */
export const OSQUERY_TABLES: ReadonlySet<string> = words(
  "account_policy_data acpi_tables ad_config alf alf_exceptions alf_explicit_auths app_schemes apparmor_events apparmor_profiles appcompat_shims apps apt_sources " +
  "arp_cache asl augeas authenticode authorization_mechanisms authorizations authorized_keys autoexec background_activities_moderator battery bitlocker_info block_devices " +
  "bpf_process_events bpf_socket_events browser_plugins certificates chassis_info chrome_extension_content_scripts chrome_extensions connectivity cpu_info cpu_time cpuid " +
  "crashes crontab cups_destinations cups_jobs deb_packages default_environment device_file device_firmware device_hash device_partitions disk_encryption disk_events " +
  "disk_info dns_cache dns_resolvers docker_containers drivers elf_dynamic elf_info elf_sections elf_segments elf_symbols es_process_events es_process_file_events " +
  "etc_hosts etc_protocols etc_services event_taps extended_attributes fan_speed_sensors fbsd_kmods file file_events firefox_addons gatekeeper gatekeeper_apps groups " +
  "hardware_events hash homebrew_packages hvci_status ibridge_info ie_extensions intel_me_info interface_details interface_ipv6 interfaces iokit_devicetree iokit_registry " +
  "iptables kernel_extensions kernel_info kernel_modules kernel_panics keychain_acls keychain_items known_hosts kva_speculative_info last launchd launchd_overrides " +
  "listening_ports lldp_neighbors logged_in_users logical_drives logon_sessions magic managed_policies mdfind mdls memory_array_mapped_addresses memory_arrays " +
  "memory_device_mapped_addresses memory_devices memory_error_info memory_info memory_map mounts nfs_shares npm_packages ntdomains ntfs_acl_permissions " +
  "ntfs_journal_events oem_strings office_mru opera_extensions os_version osquery_info package_bom package_receipts patches pci_devices pipes platform_info plist " +
  "portage_keywords portage_packages portage_use powershell_events preferences process_envs process_events process_file_events process_memory_map process_namespaces " +
  "process_open_files process_open_pipes process_open_sockets processes programs python_packages quicklook_cache registry routes rpm_package_files rpm_packages " +
  "running_apps safari_extensions sandboxes scheduled_tasks screenlock selinux_events selinux_settings services shadow shared_folders shared_memory shared_resources " +
  "sharing_preferences shell_history shimcache signature sip_config smbios_tables socket_events ssh_configs startup_items sudoers suid_bin syslog_events system_controls " +
  "system_extensions system_info systemd_units time_machine_backups time_machine_destinations ulimit_info unified_log usb_devices user_events user_groups user_ssh_keys " +
  "userassist users video_info virtual_memory_info wifi_status winbaseobj windows_crashes windows_optional_features windows_security_center windows_security_products " +
  "wmi_bios_info wmi_cli_event_consumers wmi_event_filters wmi_filter_consumer_binding wmi_script_event_consumers xattr_where_from xprotect_entries xprotect_meta " +
  "xprotect_reports yara yara_events",
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
