//! The Japanese line against JLReq: its tables, its worked cases, and what must hold for
//! any line.

mod cases;
mod dense;
mod ledger;
mod pages;
mod properties;
mod tables;
