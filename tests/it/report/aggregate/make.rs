//! Sound reports as text, for tests to change.

/// A report with these records.
pub fn report(records: &str) -> String {
    format!(
        "<feedback>\n\
         <report_metadata><org_name>Reporter</org_name><email>dmarc@reporter.example</email>\
         <report_id>20261123.1</report_id>\
         <date_range><begin>1795392000</begin><end>1795478399</end></date_range><error/></report_metadata>\n\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\n\
         {records}</feedback>\n"
    )
}

/// A record with something more among its results.
pub fn record(results: &str) -> String {
    format!(
        "<record><row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated>\
         <disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>\
         <identifiers><header_from>example.com</header_from></identifiers>\
         <auth_results>{results}</auth_results></record>\n"
    )
}
