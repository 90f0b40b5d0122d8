//! What the program tells other programs: findings as JSON, for GitHub, as SARIF.

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use common::{Project, Run};
use seihon::diag::Code;
use serde_json::{Value, json};

const BOOK: &str = "title: 題名\nauthors: [著者]\nchapters: [a.md]\n";

/// A book with two errors, one of them with another place, and with signs in the name of its
/// folder that mean something to the formats.
fn faulty() -> Project {
    Project::new()
        .write("本, 100%/book.yaml", "title: 題\nchapters: [a.md, a.md]\nchapter: 0\n")
        .write("本, 100%/a.md", "# 章\n")
}

/// A book with a warning whose words have braces, on two lines.
fn odd() -> Project {
    Project::new()
        .write("book.yaml", BOOK)
        .write("a.md", "# 章\n\n[道\nなき道]({x}.md)\n")
}

#[test]
fn findings_come_as_json_on_stdout() {
    let project = Project::new()
        .write("b/book.yaml", "title: 題\nchapters: [a.md, あ.md]\nchapter: [a.md]\n")
        .write("b/a.md", "# 章\n");
    let run = project.run(["check", "b", "--message-format", "json"]);
    run.code(1).stderr("");
    let findings: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let expected = json!([
        {
            "path": "b/book.yaml", "line": 2, "column": 18,
            "end": { "line": 2, "column": 22 },
            "code": "missing-file", "severity": "error",
            "message": "cannot find the file `あ.md`",
            "hints": ["there is `a.md`"],
            "related": [],
        },
        {
            "path": "b/book.yaml", "line": 3, "column": 1,
            "end": { "line": 3, "column": 8 },
            "code": "unknown-key", "severity": "error",
            "message": "unknown key `chapter`",
            "hints": ["did you mean `chapters`?"],
            "related": [],
        },
    ]);
    assert_eq!(Value::from(findings), expected);
}

#[test]
fn findings_come_as_workflow_commands_of_github() {
    let run = faulty().run(["check", "本, 100%", "--message-format", "github"]);
    run.code(1).stderr("");
    let file = "file=本%2C 100%25/book.yaml";
    let expected = [
        format!(
            "::error {file},line=2,col=18,endLine=2,endColumn=22,title=duplicate-chapter\
             ::chapter `a.md` is listed twice%0Atake one of the two lines away\
             %0A本, 100%25/book.yaml:2:12: it is listed here first"
        ),
        format!(
            "::error {file},line=3,col=1,endLine=3,endColumn=8,title=unknown-key\
             ::unknown key `chapter`%0Adid you mean `chapters`?"
        ),
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);

    let run = odd().run(["check", "--message-format", "github"]);
    run.code(0)
        .prints("::warning file=a.md,line=3,endLine=4,title=broken-link::");

    let run = faulty().run(["check", "b", "--message-format", "github"]);
    run.code(2).stderr("");
    let hint = "give the folder of a book or a Markdown file";
    assert_eq!(run.stdout, format!("::error::cannot find `b`%0A{hint}\n"));
}

/// The one run of the SARIF document on stdout, which must be whole: what the standard asks
/// of each object that the program writes.
#[track_caller]
fn sarif(run: &Run) -> Value {
    let mut document: Value =
        serde_json::from_str(&run.stdout).expect("stdout is one document");
    assert_eq!(document["version"], "2.1.0");
    assert!(
        document["$schema"]
            .as_str()
            .is_some_and(|it| it.starts_with("https://"))
    );
    assert_eq!(document["runs"].as_array().map(Vec::len), Some(1));
    let run = document["runs"][0].take();
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Seihon");
    assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
    let rules = driver["rules"].as_array().expect("a list of rules");
    let ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(ids, names);
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert_message(&rule[text]);
        }
        assert_level(&rule["defaultConfiguration"]);
    }
    for result in run["results"].as_array().expect("a list of results") {
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert_level(result);
        assert_message(&result["message"]);
        for list in ["locations", "relatedLocations"] {
            result[list]
                .as_array()
                .expect("a list")
                .iter()
                .for_each(assert_location);
        }
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            assert_message(&related["message"]);
        }
    }
    let invocation = &run["invocations"][0];
    let notifications = invocation["toolExecutionNotifications"].as_array();
    let notifications = notifications.expect("a list of notifications");
    for notification in notifications {
        assert_level(notification);
        assert_message(&notification["message"]);
    }
    assert_eq!(invocation["executionSuccessful"], notifications.is_empty());
    run
}

fn assert_level(object: &Value) {
    let level = object["level"].as_str().expect("a level");
    assert!(["error", "warning", "note"].contains(&level), "{level}");
}

fn assert_message(message: &Value) {
    let text = message["text"].as_str().expect("a text");
    let braces = text.replace("{{", "").replace("}}", "");
    assert!(!text.is_empty() && !braces.contains(['{', '}']), "{text}");
}

fn assert_location(location: &Value) {
    let place = &location["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "-._~/%".contains(ch);
    assert!(!uri.is_empty() && uri.chars().all(plain), "{uri}");
    let number = |name: &str| place["region"][name].as_u64().expect("a number");
    let start = (number("startLine"), number("startColumn"));
    assert!(start >= (1, 1) && start <= (number("endLine"), number("endColumn")));
}

#[test]
fn findings_come_as_sarif() {
    let project = faulty();
    let arguments = ["check", "本, 100%", "--message-format", "sarif"];
    let run = project.run(arguments);
    run.code(1).stderr("");
    assert_eq!(project.run(arguments).stdout, run.stdout);
    let uri = "%E6%9C%AC%2C%20100%25/book.yaml";
    let place = |line: u64, start: u64, end: u64| {
        json!({
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": line, "startColumn": start, "endLine": line, "endColumn": end,
            },
        })
    };
    let expected = json!([
        {
            "ruleId": "duplicate-chapter", "ruleIndex": Code::DuplicateChapter as usize,
            "level": "error",
            "message": {
                "text": "chapter `a.md` is listed twice\ntake one of the two lines away",
            },
            "locations": [{ "physicalLocation": place(2, 18, 22) }],
            "relatedLocations": [{
                "physicalLocation": place(2, 12, 16),
                "message": { "text": "it is listed here first" },
            }],
        },
        {
            "ruleId": "unknown-key", "ruleIndex": Code::UnknownKey as usize,
            "level": "error",
            "message": { "text": "unknown key `chapter`\ndid you mean `chapters`?" },
            "locations": [{ "physicalLocation": place(3, 1, 8) }],
            "relatedLocations": [],
        },
    ]);
    assert_eq!(sarif(&run)["results"], expected);
}

#[test]
fn sarif_is_one_whole_document_whatever_happens() {
    let project = odd();
    let check = ["check", "--message-format", "sarif"];
    let run = sarif(project.run(check).code(0));
    let result = &run["results"][0];
    assert_eq!(result["level"], "warning");
    let text = result["message"]["text"].as_str().expect("a text");
    assert!(text.contains("`{{x}}.md`"), "{text}");
    let denied = project.run(check.into_iter().chain(["--deny-warnings"]));
    assert_eq!(sarif(denied.code(1))["results"][0]["level"], "error");

    // What is found is told, and that the file could not be written.
    let project = project.write("dir.pdf/a", "");
    let build = ["build", "-o", "dir.pdf", "--message-format", "sarif"];
    let run = sarif(project.run(build).code(2).stderr(""));
    assert_eq!(run["results"].as_array().map(Vec::len), Some(1));
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = notification["message"]["text"].as_str().unwrap_or_default();
    assert!(text.starts_with("cannot write `dir.pdf`: "), "{text}");

    let run = project.run(["check", "no", "--message-format", "sarif"]);
    let run = sarif(run.code(2).stderr(""));
    assert_eq!(run["results"], json!([]));
    assert_eq!(
        run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
        "cannot find `no`\ngive the folder of a book or a Markdown file"
    );

    let project = project.write("a.md", "# 章\n\n本文です。\n");
    let run = sarif(project.run(check).code(0).stderr(""));
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"], json!([]));
    let run = project.run(["build", "--message-format", "sarif"]);
    run.code(0).tells("dist/");
    sarif(&run);
}
