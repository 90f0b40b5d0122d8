//! The Japanese line against JLReq: its tables, its worked cases, and what must hold for
//! any line.

mod cases;
mod pages;
mod properties;
mod tables;
