//! The elements of aggregate reports: which stands in which (RFC 7489 App. C,
//! RFC 9990 App. A and the drafts before them, in one lenient schema).

macro_rules! elements {
    ($(in $parent:ident at $prefix:literal { $($element:ident = $name:literal,)+ })+) => {
        /// An element that is understood. The order of siblings never matters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Element {
            Feedback,
            $($($element,)+)+
        }

        impl Element {
            /// The child with this name.
            pub fn child(self, name: &str) -> Option<Self> {
                match self {
                    $(Self::$parent => match name {
                        $($name => Some(Self::$element),)+
                        _ => None,
                    },)+
                    _ => None,
                }
            }

            /// Its own name.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::Feedback => "feedback",
                    $($(Self::$element => $name,)+)+
                }
            }

            /// Its path from below the root.
            pub const fn path(self) -> &'static str {
                match self {
                    Self::Feedback => "",
                    $($(Self::$element => concat!($prefix, $name),)+)+
                }
            }

            /// Whether it holds a value and no elements.
            pub const fn is_leaf(self) -> bool {
                !matches!(self, $(Self::$parent)|+)
            }
        }
    };
}

elements! {
    in Feedback at "" {
        Version = "version",
        ReportMetadata = "report_metadata",
        PolicyPublished = "policy_published",
        Record = "record",
    }
    in ReportMetadata at "report_metadata/" {
        OrgName = "org_name",
        Email = "email",
        ExtraContactInfo = "extra_contact_info",
        ReportId = "report_id",
        DateRange = "date_range",
        Error = "error",
        Generator = "generator",
    }
    in DateRange at "report_metadata/date_range/" {
        Begin = "begin",
        End = "end",
    }
    in PolicyPublished at "policy_published/" {
        Domain = "domain",
        P = "p",
        Sp = "sp",
        Np = "np",
        Adkim = "adkim",
        Aspf = "aspf",
        Pct = "pct",
        Fo = "fo",
        Testing = "testing",
        DiscoveryMethod = "discovery_method",
    }
    in Record at "record/" {
        Row = "row",
        Identifiers = "identifiers",
        AuthResults = "auth_results",
    }
    in Row at "record/row/" {
        SourceIp = "source_ip",
        Count = "count",
        PolicyEvaluated = "policy_evaluated",
    }
    in PolicyEvaluated at "record/row/policy_evaluated/" {
        Disposition = "disposition",
        EvaluatedDkim = "dkim",
        EvaluatedSpf = "spf",
        Reason = "reason",
    }
    in Reason at "record/row/policy_evaluated/reason/" {
        ReasonType = "type",
        ReasonComment = "comment",
    }
    in Identifiers at "record/identifiers/" {
        HeaderFrom = "header_from",
        EnvelopeFrom = "envelope_from",
        EnvelopeTo = "envelope_to",
    }
    in AuthResults at "record/auth_results/" {
        Dkim = "dkim",
        Spf = "spf",
    }
    in Dkim at "record/auth_results/dkim/" {
        DkimDomain = "domain",
        DkimSelector = "selector",
        DkimResult = "result",
        DkimHumanResult = "human_result",
    }
    in Spf at "record/auth_results/spf/" {
        SpfDomain = "domain",
        SpfScope = "scope",
        SpfResult = "result",
        SpfHumanResult = "human_result",
    }
}

impl Element {
    /// A child under a name that drafts and single reporters use for it.
    pub fn alias(self, name: &str) -> Option<Self> {
        match (self, name) {
            // Drafts before RFC 7489.
            (Self::Record, "identities") => Some(Self::Identifiers),
            // The DMARC tag's name instead of the element's.
            (Self::PolicyPublished, "t") => Some(Self::Testing),
            _ => None,
        }
    }

    /// A grandchild whose name can mean nothing else here: its parent's start
    /// tag was lost. It proves nothing: the words are common.
    pub fn orphan(self, name: &str) -> Option<Self> {
        match self {
            Self::Feedback => match name {
                "row" | "identifiers" | "auth_results" => Self::Record.child(name),
                _ => [Self::ReportMetadata, Self::PolicyPublished, Self::DateRange]
                    .into_iter()
                    .find_map(|parent| parent.child(name)),
            },
            Self::ReportMetadata => Self::DateRange.child(name),
            Self::Record => {
                [Self::Row, Self::Identifiers, Self::AuthResults, Self::PolicyEvaluated]
                    .into_iter()
                    .find_map(|parent| parent.child(name))
            }
            Self::Row => Self::PolicyEvaluated.child(name),
            _ => None,
        }
    }

    /// Whether it stands in the policy.
    pub fn is_of_policy(self) -> bool {
        self.path().starts_with("policy_published/")
    }

    /// Whether it stands in a record.
    pub fn is_of_record(self) -> bool {
        self.path().starts_with("record/")
    }
}

/// The namespaces of the schemas. None at all is the most usual.
pub fn is_known_namespace(namespace: &str) -> bool {
    let namespace = namespace.trim().trim_end_matches('/');
    ["", "http://dmarc.org/dmarc-xml/0.1", "urn:ietf:params:xml:ns:dmarc-2.0"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(namespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        assert_eq!(Element::Feedback.child("record"), Some(Element::Record));
        assert_eq!(Element::SpfScope.path(), "record/auth_results/spf/scope");
        assert_eq!(Element::SpfScope.name(), "scope");
        assert!(Element::SpfScope.is_leaf() && !Element::Spf.is_leaf());
        assert!(Element::Row.is_of_record() && !Element::Record.is_of_record());
    }

    #[test]
    fn lost_parents() {
        assert_eq!(Element::Record.orphan("count"), Some(Element::Count));
        assert_eq!(Element::Record.orphan("dkim"), Some(Element::Dkim));
        assert_eq!(Element::Row.orphan("dkim"), Some(Element::EvaluatedDkim));
        assert_eq!(Element::Feedback.orphan("pct"), Some(Element::Pct));
        assert_eq!(Element::Feedback.orphan("end"), Some(Element::End));
    }
}
