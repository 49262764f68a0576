//! The command line, run as a program.

mod arguments;
mod check;
mod convert;
mod corpus;
mod inspect;
mod source;
mod sums;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output as lines of JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }
}

/// Runs `vitrail` at the root of the repository.
pub fn vitrail<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    vitrail_reading(arguments, b"")
}

/// Runs `vitrail` with these bytes on its standard input.
pub fn vitrail_reading<A: AsRef<std::ffi::OsStr>>(
    arguments: impl IntoIterator<Item = A>,
    stdin: &[u8],
) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("vitrail starts");
    // A run that reads no input may be gone before it is all written.
    let _ = child.stdin.take().expect("its input").write_all(stdin);
    let output = child.wait_with_output().expect("vitrail ends");
    let text = |bytes| String::from_utf8(bytes).expect("output in UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

pub fn command<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrail"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

/// A fresh folder with these files.
pub fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for tests");
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for tests");
        std::fs::write(path, bytes).expect("a writable folder");
    }
    folder
}

/// A small aggregate report with one record of `count` messages.
pub fn report(id: &str, org_name: &str, count: u64) -> String {
    format!(
        "<?xml version=\"1.0\"?>
<feedback>
  <version>1.0</version>
  <report_metadata>
    <org_name>{org_name}</org_name>
    <email>dmarc@reporter.test</email>
    <report_id>{id}</report_id>
    <date_range><begin>1788739200</begin><end>1788825599</end></date_range>
  </report_metadata>
  <policy_published>
    <domain>example.com</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct>
  </policy_published>
  <record>
    <row>
      <source_ip>192.0.2.1</source_ip>
      <count>{count}</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>
    </row>
    <identifiers><envelope_from>example.com</envelope_from><header_from>example.com</header_from></identifiers>
    <auth_results>
      <dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>
      <spf><domain>example.com</domain><scope>mfrom</scope><result>fail</result></spf>
    </auth_results>
  </record>
</feedback>
"
    )
}
