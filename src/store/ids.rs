//! Ids of the store's tables. Each names an entry of the tables that gave it
//! out, until those change; only [`FileId`](crate::base::FileId) lives longer.

crate::base::ids::ids! {
    /// A text: 0 is "not stated", 1 is the empty text.
    TermId;
    /// A sequence of terms: 0 is the empty one.
    ListId;
    /// An address: 0 is "not stated".
    AddressId;
    /// One `<record>` of an aggregate report; one line of a TLS report.
    RowId;
    /// One report, however often it was read.
    ReportId;
    /// What one copy of a report says of itself.
    HeaderId;
    /// One part of a file.
    PartId;
    /// What we make of a record, and of each of its results.
    JudgementId;
    /// One file, by its place in the table of files.
    FileIndex;
}
