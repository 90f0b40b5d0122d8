//! Formulas: what MathML 3 has and renderers of MathML Core leave to style sheets.

/// The columns of tables. A class says how they stand: a matrix, cases, formulas that are
/// aligned at their signs.
pub(super) const TABLES: &str = r#"mtd { padding: 0.25em 0.5em; }
mtd[columnalign="left"] { text-align: left; text-align: -webkit-left; }
mtd[columnalign="right"] { text-align: right; text-align: -webkit-right; }
mtable.aligned > mtr > mtd, mtable.alignat > mtr > mtd { padding: 0.4em 0; }
mtable.aligned > mtr > mtd:nth-child(2n+3) { padding-inline-start: 1em; }
mtable.cases > mtr > mtd { padding-inline: 0; }
mtable.cases > mtr > mtd + mtd { padding-inline-start: 1em; }
mtable.small > mtr > mtd { padding: 0.1em 0.2em; }
mtable.close > mtr > mtd { padding: 0.1em 0; }
mtable.diagram > mtr > mtd { padding: 0.25em; }
mtable.proof > mtr > mtd { padding: 0.15em 0.5em; }
mtable.premises > mtr > mtd { padding: 0 0.5em; vertical-align: bottom; }
mtable.matrix > mtr > mtd:first-child { padding-inline-start: 0; }
mtable.matrix > mtr > mtd:last-child { padding-inline-end: 0; }
mtable[class] > mtr > mtd.tag { padding-inline-start: 1em; }
mpadded.llap > mrow { transform: translateX(-100%); }
mpadded.clap > mrow { transform: translateX(-50%); }
mrow.ground { padding: 0.3em; }
math [href] { color: LinkText; text-decoration: underline; }
"#;

/// What `menclose` draws, for renderers that do not know it: those that do are told apart
/// by what they alone support, `WebKit` by a font and Gecko by a property.
pub(super) const ENCLOSURES: &str = r#"@supports (not (font: -apple-system-body)) and (not (-moz-appearance: none)) {
menclose[notation="box"] { border: 0.04em solid; padding: 0.3em; }
menclose[notation="top"] { border-block-start: 0.04em solid; padding-block-start: 0.15em; }
menclose[notation="bottom"] { border-block-end: 0.04em solid; padding-block-end: 0.15em; }
menclose[notation="actuarial"] { border-block-start: 0.04em solid; border-inline-end: 0.04em solid; padding: 0.15em 0.1em 0 0; }
menclose[notation="phasorangle"] { border-block-end: 0.04em solid; padding: 0 0 0.1em 0.6em; background: linear-gradient(to bottom right, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)) 0 0 / 0.6em 100% no-repeat; }
menclose[notation="horizontalstrike"] { background: linear-gradient(to bottom, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)); }
menclose[notation="updiagonalstrike"] { padding: 0.1em; background: linear-gradient(to top left, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)); }
menclose[notation="downdiagonalstrike"] { padding: 0.1em; background: linear-gradient(to top right, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)); }
menclose[notation="updiagonalstrike downdiagonalstrike"] { padding: 0.1em; background: linear-gradient(to top left, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)), linear-gradient(to top right, transparent calc(50% - 0.03em), currentColor calc(50% - 0.03em) calc(50% + 0.03em), transparent calc(50% + 0.03em)); }
}
"#;
