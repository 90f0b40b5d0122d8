//! The Japanese line: JLReq's rules over boxes, without fonts, in integers.
