//! What is derived from the facts: alignment, by cases and against what real
//! reporters say.

mod alignment;
mod corpus;
