//! Where hostile input stops. Reaching a limit keeps what was read and is a finding.

/// The bounds of one import, each with its reason. Units are in the names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Decompressed bytes of one file: a year of a very large domain's reports in one archive.
    pub output_bytes_per_file: u64,
    /// Decompressed bytes over input bytes. Judged only past `ratio_floor_bytes`:
    /// ordinary large reports reach 28:1, bombs pass 500:1.
    pub ratio: u64,
    /// Output below this is never called a bomb, whatever its ratio.
    pub ratio_floor_bytes: u64,
    /// Bytes of one mail, inner archive or `.msg`, which are held whole.
    pub buffered_bytes: u64,
    /// Containers within containers.
    pub depth: u32,
    /// Members of one archive.
    pub members: u32,
    /// MIME parts of one mail.
    pub parts_per_mail: u32,
    /// Mails in one mailbox, and with them all parts of one file.
    pub parts_per_file: u32,
    /// Parts of one file that are listed though they hold no report: a mailbox of
    /// a million letters must not weigh as much as a million reports.
    pub plain_parts: u32,
    /// Records of one report.
    pub records_per_report: u64,
    /// Elements of one list inside a record (signatures, reasons) or report (errors, extras).
    pub list_entries: u32,
    /// Failure details of one TLS policy: a large sender lists one per pair of addresses.
    pub tls_failures_per_policy: u32,
    /// Bytes of one text value: longer ones are cut.
    pub text_bytes: usize,
    /// Open elements of an XML report.
    pub xml_depth: u32,
    /// Open arrays and objects of a JSON report.
    pub json_depth: u32,
    /// Bytes of one JSON report, which is held whole.
    pub json_bytes: u64,
    /// Sightings kept of one kind of finding in one part; the rest is counted.
    pub sightings_per_kind: usize,
    /// Bytes of the whole store; batches past it are refused by name.
    pub store_bytes: u64,
}

const MIB: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            output_bytes_per_file: 8 << 30,
            ratio: 500,
            ratio_floor_bytes: 64 * MIB,
            buffered_bytes: 256 * MIB,
            depth: 12,
            members: 200_000,
            parts_per_mail: 10_000,
            parts_per_file: 2_000_000,
            plain_parts: 10_000,
            records_per_report: 50_000_000,
            list_entries: 1_000,
            tls_failures_per_policy: 100_000,
            text_bytes: 16 << 10,
            xml_depth: 200,
            json_depth: 64,
            json_bytes: 64 * MIB,
            sightings_per_kind: 5,
            store_bytes: 3 << 30,
        }
    }
}
